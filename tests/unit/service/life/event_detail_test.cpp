#include "gateway/service/life/event_detail.hpp"

#include "gateway/service/registry/erase.hpp"
#include "tests/unit/service/life/living.hpp"

namespace passerelle::service {
namespace {

using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* rpls = R"("rpls":"63AB00421C")";

/// One item of the list of candidatures about one dwelling, and what else it says.
std::string candidature(const std::string& more = {}) {
  return fmt::format(R"("candidatures":[{{{}{}}}])", rpls, more);
}

constexpr const char* let = R"("attribution":{"rpls":"63AB00421C","accordCollectif":"aucun","dalo":"non",)"
                            R"("reservataire":"prefetAgents","agentEtat":"oui"})";
constexpr const char* let_without_identifier =
    R"("attribution":{"adresse":{"voie":"rue des Oliviers","commune":"63113"},"categorie":"appartement",)"
    R"("typeLogement":"t3","surface":61,"accordCollectif":"aucun","dalo":"oui","reservataire":"aucun",)"
    R"("agentEtat":"non"})";

/// An event, who causes it in which role and for what, what it says, and what it refuses for want of a word.
struct Line {
  const char* event;
  const char* account;
  const char* role;
  const char* purpose;
  std::string says;
  std::string lacks;
};

const std::vector<Line>& lines() {
  static const std::vector<Line> all = {
      {"documents_requested", "", "", "", R"("pieces":[{"nature":"avisImposition"}])",
       R"("pieces":[{"rang":1}])"},
      {"dalo_recognised", "etat.un", "etat", "dalo",
       R"("dalo":{"statut":"actif","dateDecision":"2026-01-10"})", R"("dalo":{"statut":"actif"})"},
      {"priority_recognised", "etat.un", "etat", "contingent",
       R"("faitsEtablis":[{"publicPrioritaire":"handicap"}])",
       R"("faitsEtablis":[{"nature":"violOuAgressionSexuelle"}])"},
      {"contingent_eligible", "etat.un", "etat", "contingent",
       R"("contingents":[{"reservataire":"prefetPrioritaires"}])",
       R"("contingents":[{"depuis":"2026-01-01"}])"},
      {"designated", "volcan.un", "bailleur", "instruction", candidature(),
       R"("candidatures":[{"commune":"63113"}])"},
      {"visit_proposed", "volcan.un", "bailleur", "instruction", candidature(), ""},
      {"visit_made", "volcan.un", "bailleur", "instruction", candidature(), ""},
      {"enrolled", "volcan.un", "bailleur", "instruction", candidature(R"(,"dateCommission":"2026-01-20")"),
       candidature()},
      {"allocated", "", "", "", candidature(), ""},
      {"allocated_ranked", "", "", "", candidature(R"(,"rang":2)"), candidature()},
      {"allocated_on_condition", "", "", "",
       candidature(R"(,"piecesManquantes":["avis d'imposition"],"dateLimitePieces":"2026-02-01")"),
       candidature(R"(,"dateLimitePieces":"2026-02-01")")},
      {"not_allocated", "", "", "", candidature(R"(,"motifDecision":"ressources insuffisantes")"),
       candidature()},
      {"offer_made", "volcan.un", "bailleur", "instruction", candidature(R"(,"dateOffre":"2026-01-21")"), ""},
      {"offer_accepted", "volcan.un", "bailleur", "instruction", candidature(), ""},
      {"offer_refused", "volcan.un", "bailleur", "instruction", candidature(R"(,"motifRefus":"trop loin")"),
       ""},
      {"housed", "volcan.un", "bailleur", "attribution", let, R"("attribution":{"rpls":"63AB00421C"})"},
  };
  return all;
}

class SharedHistory : public LivingTest {
 protected:
  SharedHistory() {
    run_as_administrator(R"(
      SET search_path = passerelle;
      INSERT INTO body VALUES ('ddets', 'x', 'etat', NULL, '[2010-01-01,)', 'x');
      INSERT INTO body_area VALUES ('063', 'ddets', NULL, '[2010-01-01,)', 'x');
      INSERT INTO account VALUES ('etat.un', 'agent', 'ddets', 'x', '[2010-01-01,)', 'x');
      INSERT INTO access VALUES (gen_random_uuid(), '063', 'etat.un', 'etat', 'ddets', '[2010-01-01,)', 'x', 'x',
        '2010-01-01', '2099-01-01'))");
  }
  /// A demande to which whatever must be true is.
  Numero candidate(char who) {
    const Numero numero = file(who);
    run_as_administrator(fmt::format(
        "INSERT INTO passerelle.demande_tie SELECT territory, demande_id, tie, NULL, NULL, '[2010-01-01,)', "
        "'x' "
        "FROM passerelle.numero, unnest(ARRAY['contingent', 'designation', 'commission', 'bail']) AS tie "
        "WHERE numero = '{}'",
        numero.text().reveal()));
    return numero;
  }
  tl::expected<LifeAnswer, model::Faults> told(const Line& line, const Numero& numero,
                                               const std::string& says) {
    const Requester who =
        *line.account == 0 ? holder_of_keys() : acting(line.account, line.role, line.purpose);
    const auto decision = authorize_on(m_telling, who, *action_of(life_rules(), line.event), numero);
    EXPECT_TRUE(decision) << line.event;
    return live_demande(m_telling, *decision, life_rules(), numero, order(line.event, says, "2026-01-15"));
  }
  std::string tell(const std::string& event, const Numero& numero, const std::string& says) {
    const auto line = std::ranges::find(lines(), event, &Line::event);
    return code_of(told(*line, numero, says));
  }
  std::string shown(const Requester& who, const Numero& numero, int rank) {
    const auto decision = *authorize_on(m_showing, who, policy::Action::list_events, numero);
    const auto detail = show_detail(m_showing, decision, numero, rank);
    return detail ? detail->reveal() : "nothing";
  }
};

TEST_F(SharedHistory, has_each_event_with_its_day_its_body_and_what_it_says_sealed) {
  for (char who : {'B', 'C'}) ASSERT_EQ(tell("designated", candidate(who), candidature()), "");
  const Numero numero = candidate('A');
  int rank = 1;
  for (const Line& line : lines()) {
    ASSERT_EQ(code_of(told(line, numero, line.says)), "") << line.event;
    ++rank;
    EXPECT_EQ(count(fmt::format("event WHERE kind = '{}' AND rank = {} AND happened_on = '2026-01-15' AND "
                                "recorded_at > '2026-01-15' AND body_id <> ''",
                                line.event, rank)),
              1)
        << line.event;
    EXPECT_EQ(count(fmt::format("event_detail WHERE rank = {}", rank)), rank == 2 ? 3 : 1) << line.event;
    EXPECT_EQ(count(fmt::format("fact WHERE kind = '{}'", line.event)),
              std::string_view(line.event) == "designated" ? 3 : 1)
        << line.event;
    if (std::string_view(line.event) != "housed") {
      EXPECT_EQ(shown(holder_of_keys(), numero, rank), fmt::format("{{\"pivot\":\"1\",{}}}\n", line.says));
    }
  }
  EXPECT_EQ(count("event_detail WHERE position('63AB00421C'::bytea IN sealed) > 0"), 0);
}

TEST_F(SharedHistory, refuses_what_is_missing_with_all_its_faults) {
  const Numero numero = candidate('A');
  for (const Line& line : lines())
    EXPECT_EQ(code_of(told(line, numero, line.lacks)), "PAS-VIE-010") << line.event;
  const auto lease =
      std::ranges::find(lines(), "housed", [](const Line& line) { return std::string(line.event); });
  std::vector<std::string> paths;
  const auto nothing_said = told(*lease, numero, "");
  for (const model::Fault& fault : nothing_said.error()) paths.push_back(fault.path);
  EXPECT_THAT(paths,
              testing::ElementsAre("attribution.rpls", "attribution.accordCollectif", "attribution.dalo",
                                   "attribution.reservataire", "attribution.agentEtat"));
  EXPECT_EQ(tell("housed", numero,
                 R"("attribution":{"rpls":"63AB00421C","accordCollectif":"nonRenseigne","dalo":"non",)"
                 R"("reservataire":"aucun","agentEtat":"non"})"),
            "PAS-VIE-010")
      << "not known is not said";
  EXPECT_EQ(count("event"), 1);
}

TEST_F(SharedHistory, refuses_what_is_not_of_the_event_and_what_is_no_piece_of_the_pivot) {
  const Numero numero = candidate('A');
  EXPECT_EQ(tell("designated", numero, candidature() + R"(,"demandeur":{"nom":"X"})"), "PAS-VIE-011");
  EXPECT_EQ(tell("designated", numero, fmt::format(R"("candidatures":[{{{0}}},{{{0}}}])", rpls)),
            "PAS-VIE-011")
      << "one dwelling";
  EXPECT_EQ(tell("designated", numero, R"("candidatures":[{"rpls":"trop long pour un identifiant"}])"),
            "PAS-VAL-014");
  EXPECT_EQ(tell("designated", numero, "}"), "PAS-DOC-001");
  EXPECT_EQ(happen("frozen", numero, candidature()), "PAS-VIE-011") << "which says nothing";
}

TEST_F(SharedHistory, takes_a_dwelling_without_identifier_by_its_place_and_features) {
  EXPECT_EQ(tell("housed", candidate('A'), let_without_identifier), "");
  EXPECT_EQ(tell("designated", candidate('B'),
                 R"("candidatures":[{"logement":"LGT-12","bailleur":{"siren":"732829320"}}])"),
            "");
}

TEST_F(SharedHistory, has_three_candidates_for_a_dwelling_before_a_commission_allocates_it) {
  const Numero numero = candidate('A');
  ASSERT_EQ(tell("designated", numero, candidature()), "");
  EXPECT_EQ(tell("allocated", numero, candidature()), "PAS-VIE-012");
  EXPECT_EQ(tell("allocated", numero, candidature(R"(,"exceptionTroisCandidats":"candidatsInsuffisants")")),
            "");
  EXPECT_EQ(tell("not_allocated", numero, candidature(R"(,"motifDecision":"aucun")")), "");
  for (char who : {'B', 'C'}) ASSERT_EQ(tell("designated", candidate(who), candidature()), "");
  EXPECT_EQ(tell("allocated_ranked", numero, candidature(R"(,"rang":1)")), "");
  ASSERT_EQ(tell("housed", numero, let), "");
  set_day("2026-01-16");
  EXPECT_EQ(tell("allocated", candidate('D'), candidature()), "PAS-VIE-012") << "it is let: others count";
}

TEST_F(SharedHistory, shows_of_an_event_what_the_rules_show) {
  const Numero numero = candidate('A');
  ASSERT_EQ(happen("found_inadmissible", numero), "");
  ASSERT_EQ(happen("notice_inadmissible", numero, no_residence), "");
  EXPECT_THAT(shown(holder_of_keys(), numero, 3), HasSubstr("irregulariteSejour"));
  EXPECT_THAT(shown(acting("bureau", "guichet", "enregistrement"), numero, 3),
              HasSubstr("irregulariteSejour"));
  EXPECT_THAT(shown(managing("gestion"), numero, 3), Not(HasSubstr("irregulariteSejour")))
      << "nationality is not for them";
  EXPECT_EQ(shown(holder_of_keys(), numero, 2), "nothing");
  EXPECT_EQ(shown(holder_of_keys(), numero, 9), "nothing");
}

TEST_F(SharedHistory, forgets_what_events_said_with_the_demande) {
  const Numero numero = candidate('A');
  ASSERT_EQ(tell("designated", numero, candidature()), "");
  const auto decision = *authorize_on(m_registry, holder_of_keys(), policy::Action::erase_demande, numero);
  ASSERT_TRUE(erase_registered(m_registry, decision, numero, "x", m_erasures));
  EXPECT_EQ(count("event_detail"), 0);
}

TEST(DetailTable, names_places_of_the_pivot_alone) {
  static const auto pivot = mapping::load_pivot(PASSERELLE_SOURCE "/mappings/pivot", {});
  std::set<std::string> paths;
  for (const mapping::PivotField& field : pivot->fields()) {
    std::string path = field.path;
    std::erase_if(path, [](char c) { return c == '[' || c == ']'; });
    paths.insert(path);
  }
  for (const life::DetailPlace& place : life_rules().details.places()) {
    EXPECT_TRUE(paths.contains(place.path)) << place.path;
    for (const std::string& path : place.instead) EXPECT_TRUE(paths.contains(path)) << path;
  }
}

}  // namespace
}  // namespace passerelle::service
