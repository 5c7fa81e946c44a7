#include "gateway/service/registry/list_since.hpp"

#include <gmock/gmock.h>

#include "gateway/service/life/live_demande.hpp"
#include "tests/unit/service/registry/changing.hpp"

namespace passerelle::service {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

class ListSince : public Changing {
 protected:
  std::vector<std::string> told(SinceKind kind, model::Time since, int most = 100) {
    const auto lines =
        list_since(m_linked, decision(policy::Action::export_changes), life_rules(), {kind, since, most});
    if (!lines) return {std::string(model::catalogue_entry(lines.error().at(0).code).code)};
    std::vector<std::string> texts;
    for (const auto& line : *lines) texts.push_back(line.reveal());
    return texts;
  }
  void recognise(const Numero& numero) {
    run_as_administrator(R"(
      SET search_path = passerelle;
      INSERT INTO body VALUES ('ddets', 'x', 'etat', NULL, '[2010-01-01,)', 'x');
      INSERT INTO body_area VALUES ('063', 'ddets', NULL, '[2010-01-01,)', 'x');
      INSERT INTO account VALUES ('etat.un', 'agent', 'ddets', 'x', '[2010-01-01,)', 'x');
      INSERT INTO access VALUES (gen_random_uuid(), '063', 'etat.un', 'etat', 'ddets', '[2010-01-01,)', 'x', 'x',
        '2010-01-01', '2099-01-01'))");
    const Requester state{
        .actor = {.body = "ddets", .agent = "etat.un", .account = "etat.un", .role = "etat"},
        .purpose = policy::Purpose::dalo,
        .channel = policy::Channel::agent,
        .reason = {}};
    const auto decided = authorize_on(m_linked, state, policy::Action::set_dalo, numero);
    ASSERT_TRUE(decided);
    const LifeOrder order{
        .event = "dalo_recognised",
        .on = {},
        .detail = model::Personal<std::string>(R"({"pivot":"1","dalo":{"dateDecision":"2026-01-10"}})")};
    const auto answer = live_demande(m_linked, *decided, life_rules(), numero, order);
    ASSERT_TRUE(answer) << model::catalogue_entry(answer.error().front().code).code << ' '
                        << answer.error().front().path;
  }
};

TEST_F(ListSince, tells_a_recognised_right_with_its_day_from_its_recording_on) {
  const Numero numero = registered({holder({})}, "r");
  const model::Time before = m_linked.clock.now();
  recognise(numero);
  const auto lines = told(SinceKind::dalo, before);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_THAT(lines[0], HasSubstr(numero.text().reveal()));
  EXPECT_THAT(lines[0], HasSubstr(R"("dalo":{"dateDecision":"2026-01-10"})"));
  EXPECT_THAT(told(SinceKind::dalo, before + std::chrono::days(1)), SizeIs(0));
  EXPECT_THAT(told(SinceKind::radiation, before), SizeIs(0));
  EXPECT_THAT(told(SinceKind::dalo, before, 0), testing::ElementsAre("PAS-LIM-013"));
}

}  // namespace
}  // namespace passerelle::service
