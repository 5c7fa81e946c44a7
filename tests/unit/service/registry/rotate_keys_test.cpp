#include "gateway/service/registry/rotate_keys.hpp"

#include <gmock/gmock.h>

#include "gateway/service/registry/read_demande.hpp"
#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {
namespace {

using policy::Action;
using store::KeyUse;

class RotateKeysTest : public Registering {
 protected:
  std::uint64_t rewrite(KeyUse use) {
    return rewrite_under_present_key(m_registry, decision(Action::administer), use);
  }
  bool forget(KeyUse use, store::KeyFile::Generation generation) {
    return forget_generation(m_registry, decision(Action::administer), m_keys, {use, generation});
  }
  bool is_shown() { return show_demande(m_registry, decision(Action::show_demande), m_numero).has_value(); }

  const model::NumeroUnique m_numero = *send(filing({person('a', 1), person('b', 2)}), "k1")->numero;
};

TEST_F(RotateKeysTest, wraps_the_key_of_each_demande_again_then_forgets_the_old_one) {
  EXPECT_EQ(m_keys.rotate(KeyUse::demande), 2);
  EXPECT_TRUE(is_shown()) << "the old generation still reads";
  EXPECT_FALSE(forget(KeyUse::demande, 1)) << "it is needed";
  EXPECT_EQ(rewrite(KeyUse::demande), 1U);
  EXPECT_EQ(rewrite(KeyUse::demande), 0U);
  EXPECT_TRUE(forget(KeyUse::demande, 1));
  EXPECT_FALSE(m_keys.holds(KeyUse::demande, 1));
  EXPECT_TRUE(is_shown());
}

TEST_F(RotateKeysTest, seals_each_nir_again) {
  m_keys.rotate(KeyUse::nir);
  EXPECT_EQ(rewrite(KeyUse::nir), 2U);
  EXPECT_EQ(count("nir WHERE generation = 2"), 2);
  EXPECT_TRUE(forget(KeyUse::nir, 1));
  m_keys.rotate(KeyUse::nir);
  EXPECT_EQ(rewrite(KeyUse::nir), 2U) << "what was sealed again can be opened";
}

TEST_F(RotateKeysTest, leaves_messages_to_their_retention) {
  m_keys.rotate(KeyUse::message);
  EXPECT_EQ(rewrite(KeyUse::message), 0U);
  EXPECT_FALSE(forget(KeyUse::message, 1));
  run_as_administrator("DELETE FROM passerelle.inbox");
  EXPECT_TRUE(forget(KeyUse::message, 1));
}

TEST_F(RotateKeysTest, keeps_the_same_household_and_the_same_answers) {
  m_keys.rotate(KeyUse::demande);
  static_cast<void>(rewrite(KeyUse::demande));
  EXPECT_EQ(send(filing({person('a', 1), person('b', 2)}), "k1")->outcome, Registered::anew) << "the repeat";
  EXPECT_EQ(send(filing({person('a', 1)}), "k2")->numero, m_numero);
}

}  // namespace
}  // namespace passerelle::service
