#include "gateway/service/registry/register_demande.hpp"

#include <atomic>
#include <gmock/gmock.h>
#include <mutex>
#include <set>
#include <thread>

#include "gateway/service/registry/erase.hpp"
#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {
namespace {

using model::FaultCode;
using model::Personal;
using store::Connection;
using store::Statement;

class RegisterDemandeTest : public Registering {};

TEST_F(RegisterDemandeTest, gives_a_number_and_leaves_everything_that_goes_with_it) {
  const auto answer = send(filing({person('a', 1), person('b', 2)}), "k1");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->outcome, Registered::anew);
  EXPECT_EQ(answer->numero->text().reveal(), "0631225000001G6301") << "month of the deposit, not of today";
  for (const char* table : {"demande", "demande_key", "demande_version", "numero", "event", "fact", "outbox",
                            "inbox", "idempotency", "audit_leaf"})
    EXPECT_EQ(count(table), 1) << table;
  for (const char* table : {"holder_key", "nir", "wanted_commune"}) EXPECT_EQ(count(table), 2) << table;
}

TEST_F(RegisterDemandeTest, gives_the_same_answer_to_the_same_message) {
  const auto first = send(filing({person('a', 1)}), "k1");
  const auto again = send(filing({person('a', 1)}), "k1");
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *first);
  EXPECT_EQ(count("event"), 1);
  EXPECT_EQ(count("inbox"), 1);
  EXPECT_EQ(count("audit_leaf"), 2) << "each asking leaves its trace";
}

TEST_F(RegisterDemandeTest, refuses_another_content_under_the_same_key) {
  ASSERT_TRUE(send(filing({person('a', 1)}), "k1"));
  EXPECT_EQ(fault(send(filing({person('b', 2)}), "k1", "other")), FaultCode::registry_conflict);
  EXPECT_EQ(count("demande"), 1);
  EXPECT_EQ(count("audit_leaf WHERE NOT allowed AND rule = 'PAS-REG-003'"), 1);
}

TEST_F(RegisterDemandeTest, gives_a_household_its_number_again) {
  const auto first = send(filing({person('a', 1), person('b', 2)}), "k1");
  const auto again = send(filing({person('b', 2), person('a', 1)}), "k2");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->outcome, Registered::known);
  EXPECT_EQ(again->numero, first->numero);
  EXPECT_EQ(count("demande"), 1);
  EXPECT_EQ(count("event WHERE kind = 'filed_again'"), 1);
  EXPECT_EQ(count("outbox"), 2);
}

TEST_F(RegisterDemandeTest, opens_a_review_when_it_is_not_certain) {
  ASSERT_TRUE(send(filing({person('a', 1)}), "k1"));
  const auto other = send(filing({person('a')}), "k2");
  ASSERT_TRUE(other);
  EXPECT_EQ(other->outcome, Registered::anew);
  EXPECT_EQ(count("review WHERE reason = 'identity_only'"), 1);
}

TEST_F(RegisterDemandeTest, keeps_a_number_given_before_and_shows_the_doublon) {
  Filing old = filing({person('a', 1)});
  old.numero = *model::NumeroUnique::parse("0630119004221G6302");
  const auto accepted = send(old, "k1");
  ASSERT_TRUE(accepted);
  EXPECT_EQ(accepted->numero, *old.numero);
  EXPECT_EQ(send(old, "k2")->outcome, Registered::known) << "the number leads to it";
  old.numero = *model::NumeroUnique::parse("0630120000007G6301");
  EXPECT_EQ(send(old, "k3")->outcome, Registered::anew);
  EXPECT_EQ(count("review WHERE reason = 'doublon'"), 1);
}

TEST_F(RegisterDemandeTest, never_gives_a_number_that_another_system_gave) {
  Filing old = filing({person('a', 1)});
  old.numero = *model::NumeroUnique::parse("0631225000001G6301");
  ASSERT_TRUE(send(old, "k1"));
  const auto fresh = send(filing({person('b', 2)}), "k2");
  ASSERT_TRUE(fresh);
  EXPECT_EQ(fresh->numero->text().reveal(), "0631225000002G6301");
}

TEST_F(RegisterDemandeTest, refuses_with_a_code_and_leaves_nothing_but_its_trace) {
  Filing wrong = filing({person('a', 1)});
  wrong.guichet = *model::Guichet::parse("G9999");
  EXPECT_EQ(fault(send(wrong, "k")), FaultCode::registry_guichet);
  wrong.guichet = *model::Guichet::parse("G6302");
  EXPECT_EQ(fault(send(wrong, "k")), FaultCode::registry_guichet) << "closed since 2020";
  wrong = filing({person('a', 1)});
  wrong.communes = {"75056"};
  EXPECT_EQ(fault(send(wrong, "k")), FaultCode::registry_territory);
  wrong = filing({person('a', 1)});
  wrong.numero = *model::NumeroUnique::parse("0030119004221G6302");
  EXPECT_EQ(fault(send(wrong, "k")), FaultCode::registry_territory);
  wrong = filing({person('a', 1)});
  wrong.guichet = *model::Guichet::parse("G7501");
  wrong.communes = {"92012"};
  EXPECT_EQ(fault(send(wrong, "k", "content", "111")), FaultCode::registry_allocator);
  for (const char* table : {"demande", "idempotency", "inbox", "event", "numero"})
    EXPECT_EQ(count(table), 0) << table;
  EXPECT_EQ(count("audit_leaf"), 5) << "one for each refusal";
  EXPECT_EQ(count("audit_leaf WHERE NOT allowed AND subject IS NULL AND action = 'register'"), 5);
  EXPECT_EQ(count("audit_leaf WHERE rule = 'PAS-REG-002' AND territory = '063'"), 2);
  EXPECT_EQ(count("audit_leaf WHERE rule = 'PAS-REG-004' AND territory = '111'"), 1);
}

TEST_F(RegisterDemandeTest, refuses_a_number_that_another_household_has) {
  Filing first = filing({person('a', 1)});
  first.numero = *model::NumeroUnique::parse("0630119004221G6302");
  ASSERT_TRUE(send(first, "k1"));
  Filing second = filing({person('b', 2)});
  second.numero = first.numero;
  EXPECT_EQ(fault(send(second, "k2")), FaultCode::registry_numero_taken);
}

TEST_F(RegisterDemandeTest, says_when_a_month_has_no_number_left) {
  run_as_administrator("INSERT INTO passerelle.numero_sequence VALUES ('063', '2025-12-01', 1000000)");
  EXPECT_EQ(fault(send(filing({person('a', 1)}), "k1")), FaultCode::registry_exhausted);
}

TEST_F(RegisterDemandeTest, knows_what_was_erased_and_says_no_more) {
  Filing old = filing({person('a', 1)});
  old.numero = *model::NumeroUnique::parse("0630119004221G6302");
  ASSERT_TRUE(send(old, "k1"));
  ASSERT_TRUE(
      erase_registered(m_registry, decision(policy::Action::erase_demande), *old.numero, "test", m_erasures));
  EXPECT_EQ(fault(send(old, "k1")), FaultCode::registry_erased) << "a late repeat";
  EXPECT_EQ(fault(send(old, "k2")), FaultCode::registry_erased) << "the number comes back";
}

TEST_F(RegisterDemandeTest, keeps_no_value_in_clear) {
  ASSERT_TRUE(send(filing({person('a', 1)}), "k1", "Secretissime content"));
  Connection administrator = connect(store::Cluster::administrator);
  static constexpr Statement dump = {
      "dump",
      "SELECT string_agg(encode(query_to_xml(format('SELECT * FROM passerelle.%I', relname), true, false, "
      "'')::text::bytea, 'escape'), '') FROM pg_class WHERE relnamespace = 'passerelle'::regnamespace AND "
      "relkind IN "
      "('r', 'p')"};
  const std::string everything = ask(administrator, dump);
  for (const char* value : {"Secretissime", "PRENOM", "U2VjcmV0aXNz", "190016300"})
    EXPECT_EQ(everything.find(value), std::string::npos) << value;
}

// A small model of what ./dev bench does with processes: each household comes from every sender at once, half
// with one key, half with their own.
TEST_F(RegisterDemandeTest, numbers_each_household_once_whoever_sends_it_at_the_same_time) {
  constexpr int households = 25;
  constexpr int senders = 8;
  std::mutex mutex;
  std::set<std::pair<int, std::string>> numbers;
  std::atomic<int> anew = 0;
  std::vector<std::thread> threads;
  for (int sender = 0; sender < senders; ++sender)
    threads.emplace_back([&, sender] {
      for (int household = 0; household < households; ++household) {
        Filing filed = filing({person('a', household + 1)});
        filed.holders[0].identity = Personal(fmt::format("NOM{}|PRENOM|1990-01-01", household));
        const std::string key = sender % 2 == 0 ? fmt::format("shared-{}", household)
                                                : fmt::format("own-{}-{}", sender, household);
        const auto answer = send(filed, key, key);
        ASSERT_TRUE(answer);
        if (answer->outcome == Registered::anew && sender % 2 == 1) ++anew;
        const std::scoped_lock lock(mutex);
        numbers.emplace(household, answer->numero->text().reveal());
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(numbers.size(), static_cast<std::size_t>(households)) << "one number a household";
  EXPECT_EQ(count("demande"), households);
  EXPECT_EQ(count("event WHERE kind = 'registration'"), households);
  EXPECT_EQ(count("idempotency"), households * (1 + senders / 2));
  EXPECT_EQ(count("event"), households * (1 + senders / 2));
  EXPECT_EQ(count("outbox"), count("event"));
  EXPECT_EQ(count("audit_leaf"), households * senders);
}

}  // namespace
}  // namespace passerelle::service
