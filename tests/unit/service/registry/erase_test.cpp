#include "gateway/service/registry/erase.hpp"

#include <gmock/gmock.h>

#include "gateway/service/registry/read_demande.hpp"
#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {
namespace {

using policy::Action;

class EraseTest : public Registering {
 protected:
  bool erase(const model::NumeroUnique& numero) {
    return erase_registered(m_registry, decision(Action::erase_demande), numero, "un an après radiation",
                            m_erasures);
  }
  const model::NumeroUnique m_numero = *send(filing({person('a', 1), person('b', 2)}), "k1")->numero;
};

TEST_F(EraseTest, leaves_neither_key_nor_version_nor_person) {
  EXPECT_TRUE(erase(m_numero));
  for (const char* table :
       {"demande_key", "demande_version", "numero", "holder_key", "nir", "wanted_commune", "inbox"})
    EXPECT_EQ(count(table), 0) << table;
  EXPECT_FALSE(show_demande(m_registry, decision(Action::show_demande), m_numero));
  EXPECT_FALSE(erase(m_numero)) << "once";
}

TEST_F(EraseTest, keeps_what_names_nobody_and_tells_partners) {
  EXPECT_TRUE(erase(m_numero));
  EXPECT_EQ(count("fact"), 2) << "that it came, and that it left";
  EXPECT_EQ(count("event WHERE kind = 'erasure'"), 1);
  EXPECT_EQ(count("outbox"), 2);
  EXPECT_EQ(count("erasure"), 1);
}

TEST_F(EraseTest, lets_the_person_file_again) {
  EXPECT_TRUE(erase(m_numero));
  const auto again = send(filing({person('a', 1)}), "k2");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->outcome, Registered::anew);
  EXPECT_NE(again->numero, m_numero);
}

TEST_F(EraseTest, writes_it_in_the_journal_without_number) {
  EXPECT_TRUE(erase(m_numero));
  const auto lines = m_erasures.read();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].territory, "063");
  EXPECT_EQ(lines[0].rank, 2) << "of its event";
  EXPECT_EQ(lines[0].at, m_clock.now());
  EXPECT_EQ(lines[0].act, store::act_digest("un an après radiation"));
}

TEST_F(EraseTest, erases_nothing_that_the_journal_cannot_have) {
  fs::create_directory(m_erasures.path());
  EXPECT_THROW(erase(m_numero), std::system_error);
  EXPECT_EQ(count("demande_key"), 1);
  EXPECT_EQ(count("event WHERE kind = 'erasure'"), 0);
}

}  // namespace
}  // namespace passerelle::service
