#include "gateway/service/registry/read_demande.hpp"

#include <gmock/gmock.h>

#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {
namespace {

using policy::Action;
using testing::IsEmpty;
using testing::SizeIs;

class ReadDemandeTest : public Registering {
 protected:
  std::optional<ReadDemande> show(const model::NumeroUnique& numero, const std::string& territory = "063") {
    return show_demande(m_registry, decision(Action::show_demande, territory), numero);
  }

  const model::NumeroUnique m_numero = *send(filing({person('a', 1)}), "k1")->numero;
};

TEST_F(ReadDemandeTest, shows_what_was_filed) {
  const auto shown = show(m_numero);
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->numero, m_numero);
  EXPECT_EQ(shown->version, 1);
  EXPECT_EQ(shown->recorded_at, store::test_time);
  EXPECT_EQ(shown->pivot.reveal(),
            R"({"pivot":"1","numeroUnique":"0631225000001G6301","demandeur":{"nom":"Secretissime"}})");
}

TEST_F(ReadDemandeTest, shows_nothing_of_a_number_that_leads_nowhere_or_elsewhere) {
  EXPECT_FALSE(show(*model::NumeroUnique::parse("0630126999999G6301")));
  EXPECT_FALSE(show(m_numero, "111"));
}

TEST_F(ReadDemandeTest, shows_a_past_day_where_the_territory_is) {
  const auto on = [this](const std::string& day) {
    return show_demande_at(m_registry, decision(Action::read_past), m_numero, day);
  };
  EXPECT_TRUE(on("2026-01-15"));
  EXPECT_FALSE(on("2026-01-14")) << "not registered yet";
}

TEST_F(ReadDemandeTest, tells_the_history) {
  m_clock.set(store::test_time + std::chrono::hours(23) + std::chrono::minutes(30));
  ASSERT_TRUE(send(filing({person('a', 1)}), "k2"));
  const auto events = list_demande_events(m_registry, decision(Action::list_events), m_numero);
  ASSERT_THAT(events, SizeIs(2));
  EXPECT_EQ(events[0].kind, "registration");
  EXPECT_EQ(events[1].kind, "filed_again");
  EXPECT_EQ(events[1].happened_on, "2026-01-16") << "half past midnight in Paris";
  EXPECT_THAT(list_demande_events(m_registry, decision(Action::list_events, "111"), m_numero), IsEmpty());
}

TEST_F(ReadDemandeTest, leaves_a_trace_of_who_looked_even_in_vain) {
  const auto before = count("audit_leaf");
  static_cast<void>(show(m_numero));
  static_cast<void>(show(*model::NumeroUnique::parse("0630126999999G6301")));
  EXPECT_EQ(count("audit_leaf") - before, 2);
  EXPECT_EQ(count("audit_leaf WHERE action = 'show' AND agent = 'martin' AND allowed"), 2);
  EXPECT_EQ(count("audit_leaf WHERE subject IS NOT NULL"), 2)
      << "the registration and the one that was found";
}

TEST_F(ReadDemandeTest, says_when_the_key_file_is_another) {
  fs::remove(m_key_path);
  const store::KeyFile other = store::KeyFile::create(m_key_path);
  const Registry stranger{m_pool, m_numeros, other, m_clock, m_engine};
  EXPECT_THROW(static_cast<void>(show_demande(stranger, decision(Action::show_demande), m_numero)),
               store::KeyFileError);
}

}  // namespace
}  // namespace passerelle::service
