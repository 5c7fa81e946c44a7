#include "gateway/service/access/identify.hpp"

#include <gmock/gmock.h>

#include "tests/unit/service/access/people.hpp"

namespace passerelle::service {
namespace {

using testing::ElementsAre;

class Recognising : public AmongPeople {
 protected:
  Recognising() {
    run_as_administrator(R"(
      SET search_path = passerelle;
      INSERT INTO certificate SELECT decode(repeat(octet, 32), 'hex'), account, validity, 'x'
        FROM (VALUES ('01', 'basile', daterange '[2020-01-01,)'), ('02', 'alice', '[2020-01-01,2025-01-01)'),
          ('03', 'programme.un', '[2020-01-01,)')) AS given (octet, account, validity);
      INSERT INTO access SELECT gen_random_uuid(), '111', 'basile', role, 'paris', validity, 'x', 'x', '2010-01-01', '2027-01-01'
        FROM (VALUES ('guichet', daterange '[2010-01-01,)'), ('lecteur', '[2010-01-01,2020-01-01)')) AS given (role, validity))");
  }
  [[nodiscard]] std::optional<KnownAccount> known(std::uint8_t certificate) const {
    return recognise(m_people, store::Bytes(32, certificate));
  }
};

TEST_F(Recognising, a_certificate_makes_its_account_known_with_all_that_acts_open_to_it) {
  const auto basile = known(1);
  ASSERT_TRUE(basile);
  EXPECT_EQ(basile->account, "basile");
  EXPECT_EQ(basile->row.kind, "agent");
  EXPECT_EQ(basile->row.body, "corps");
  EXPECT_THAT(basile->territories(), ElementsAre("063", "111"));
  EXPECT_EQ(basile->accesses.size(), 3);
}

TEST_F(Recognising, an_account_without_access_is_known_and_may_be_nobody) {
  const auto program = known(3);
  ASSERT_TRUE(program);
  EXPECT_TRUE(program->accesses.empty());
  EXPECT_TRUE(program->territories().empty());
  EXPECT_FALSE(identify(*program, policy::shipped_tables(), {}));
}

TEST_F(Recognising, neither_a_stranger_nor_what_has_ended_is_known) {
  EXPECT_FALSE(known(9));
  EXPECT_FALSE(known(2));
  run_as_administrator(
      "UPDATE passerelle.account SET validity = '[2010-01-01,2020-01-01)' WHERE account_id = 'basile'");
  EXPECT_FALSE(known(1));
}

TEST_F(Recognising, whom_a_certificate_makes_known_is_who_the_name_of_the_account_is) {
  const IdentityClaim claim{.account = "basile",
                            .role = "guichet-mandate",
                            .body = "afpbsa",
                            .purpose = {},
                            .reason = model::Personal(std::string()),
                            .through = {}};
  const auto by_name = identify(m_people, policy::shipped_tables(), claim);
  const auto by_certificate = identify(*known(1), policy::shipped_tables(), claim);
  ASSERT_TRUE(by_name && by_certificate);
  EXPECT_EQ(by_certificate->actor.agent, by_name->actor.agent);
  EXPECT_EQ(by_certificate->actor.body, by_name->actor.body);
  EXPECT_EQ(by_certificate->purpose, by_name->purpose);
  EXPECT_EQ(by_certificate->channel, by_name->channel);
}

}  // namespace
}  // namespace passerelle::service
