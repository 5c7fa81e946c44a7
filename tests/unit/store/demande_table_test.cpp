#include "gateway/store/demande_table.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <thread>

#include "tests/unit/store/registry_test.hpp"

namespace passerelle::store {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

static constexpr Statement dump = {
    "dump",
    "SELECT string_agg(query_to_xml(format('SELECT * FROM passerelle.%I', relname), true, false, '')::text, "
    "'') "
    "FROM pg_class WHERE relnamespace = 'passerelle'::regnamespace AND relkind IN ('r', 'p')"};
constexpr Statement lock_waits = {
    "lock_waits",
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"};

const std::string numero = "0630126000001G6301";

class DemandeTableTest : public RegistryTest {};

TEST_F(DemandeTableTest, gives_back_the_version_that_a_number_led_to_at_a_time) {
  const model::Uuid id = add(demande(numero, {holder('a')}));
  const auto found = in_063([](Transaction& transaction) {
    return find_version(transaction, "063", numero, test_time + std::chrono::hours(1));
  });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, id);
  EXPECT_EQ(found->numero, numero);
  EXPECT_EQ(found->version, 1);
  EXPECT_EQ(found->recorded_at, test_time);
  EXPECT_EQ(found->sealed, (Bytes{8, 8}));
  EXPECT_EQ(found->key.octets, Bytes{9});
  EXPECT_FALSE(in_063([](Transaction& transaction) {
    return find_version(transaction, "063", numero, test_time - std::chrono::seconds(1));
  })) << "before it was recorded";
}

TEST_F(DemandeTableTest, is_reached_by_an_old_number_and_answers_the_present_one) {
  const model::Uuid id = add(demande(numero, {holder('a')}));
  run_as_administrator("INSERT INTO passerelle.numero VALUES ('063', '0630118000009G6301', '" + id.text() +
                       "', 1, false, 'merge', '[2018-01-01,)')");
  const auto found = in_063([](Transaction& transaction) {
    return find_version(transaction, "063", "0630118000009G6301", test_time);
  });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->numero, numero);
}

TEST_F(DemandeTableTest, finds_a_household_by_its_number) {
  const model::Uuid id = add(demande(numero, {holder('a', 'n'), holder('b')}));
  const auto found = in_063([](Transaction& transaction) {
    queue_candidate_by_numero(transaction, "063", numero);
    return read_candidate(transaction.flush().back());
  });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, id);
  EXPECT_THAT(found->holders, SizeIs(2));
}

TEST_F(DemandeTableTest, refuses_a_number_twice) {
  add(demande(numero, {holder('a')}));
  try {
    add(demande(numero, {holder('b')}));
    FAIL();
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.constraint(), numero_taken);
  }
}

TEST_F(DemandeTableTest, finds_a_person_again_with_the_whole_household) {
  const model::Uuid couple = add(demande(numero, {holder('a', 'n'), holder('b')}));
  add(demande("0630126000002G6301", {holder('c')}));
  const auto found = candidates({holder('b')});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].id, couple);
  EXPECT_EQ(found[0].numero, numero);
  ASSERT_THAT(found[0].holders, SizeIs(2));
  EXPECT_EQ(found[0].holders[0].nir, Bytes(32, 'n'));
  EXPECT_FALSE(found[0].holders[1].nir);
  EXPECT_EQ(found[0].holders[1].contacts, (std::vector<Bytes>{{1}, {2, 3}}));
  EXPECT_THAT(candidates({holder('d')}), IsEmpty());
}

TEST_F(DemandeTableTest, makes_two_registrations_of_one_person_wait_for_each_other) {
  Connection watcher = connect(Cluster::administrator);
  Connection first_connection = connect("passerelle_application");
  Transaction first(first_connection, scope_of_063());
  queue_person_locks(first, "063", {holder('a'), holder('b')}, {});
  first.flush();
  bool second_found = false;
  std::thread second([&] { second_found = !candidates({holder('c'), holder('a')}).empty(); });
  while (watcher.execute(lock_waits).number(0, 0) == 0) std::this_thread::yield();
  queue_demande(first, demande(numero, {holder('a'), holder('b')}));
  first.commit();
  second.join();
  EXPECT_TRUE(second_found);
}

TEST_F(DemandeTableTest, lists_a_territory_page_by_page) {
  std::vector<model::Uuid> added;
  for (int i = 1; i <= 5; ++i)
    added.push_back(add(demande("063012600000" + std::to_string(i) + "G6301", {holder('a')})));
  std::ranges::sort(added);
  std::vector<model::Uuid> listed;
  while (true) {
    const model::Uuid behind = listed.empty() ? model::Uuid(model::Uuid::Octets{}) : listed.back();
    const auto page =
        in_063([&](Transaction& transaction) { return list_versions(transaction, "063", behind, 2); });
    if (page.empty()) break;
    for (const FoundVersion& version : page) listed.push_back(version.id);
  }
  EXPECT_EQ(listed, added);
}

TEST_F(DemandeTableTest, leaves_nothing_of_an_erased_demande) {
  NewDemande secret = demande(numero, {holder('a', 'n')});
  constexpr std::string_view sealed = "SEALEDVERSION";
  secret.version = Bytes(sealed.begin(), sealed.end());
  secret.communes = {"2A999"};
  const model::Uuid id = add(secret);
  in_063([&](Transaction& transaction) {
    erase_demande(transaction, {"063", id}, {{Bytes{4, 2}, {3, Bytes{7}}}}, "demande de l'intéressé",
                  test_time);
    return true;
  });
  const auto kept = in_063([&](Transaction& transaction) { return list_erased(transaction, {"063", id}); });
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].generation, 3);
  EXPECT_EQ(kept[0].octets, Bytes{7});
  EXPECT_FALSE(
      in_063([](Transaction& transaction) { return find_version(transaction, "063", numero, test_time); }));
  EXPECT_THAT(candidates({holder('a')}), IsEmpty());
  const auto is_erased = [this](const Bytes& mac) {
    return in_063([&](Transaction& transaction) {
      queue_erased(transaction, "063", mac);
      return read_erased(transaction.flush().back());
    });
  };
  EXPECT_TRUE(is_erased(Bytes{4, 2}));
  EXPECT_FALSE(is_erased(Bytes{4, 3}));
  Connection administrator = connect(Cluster::administrator);
  const std::string everything = ask(administrator, dump);
  EXPECT_NE(everything.find(id.text()), std::string::npos) << "the erasure itself is known";
  for (const std::string& value :
       {numero, std::string("2A999"), std::string("U0VBTEVE"), std::string("YWFhYWFh")})
    EXPECT_EQ(everything.find(value), std::string::npos) << "base64 of octets, as XML writes them: " << value;
}

}  // namespace
}  // namespace passerelle::store
