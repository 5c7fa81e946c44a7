#include "gateway/service/access/pivot_mask.hpp"

#include <gmock/gmock.h>

#include "gateway/mapping/pivot_catalogue.hpp"
#include "gateway/policy/engine.hpp"
#include "gateway/policy/read_access_tables.hpp"

namespace passerelle::service {
namespace {

using policy::FieldClasses;
using enum policy::FieldClass;
using policy::Obligations;
using policy::Person;
using policy::Relation;
using policy::Viewing;

const mapping::PivotCatalogue& pivot() {
  static const std::vector<std::string> peers = {"alin"};
  static const auto catalogue = mapping::load_pivot(PASSERELLE_SOURCE "/mappings/pivot", peers);
  return *catalogue;
}

/// The shipped fields under one rule that shows what a test wants.
class PivotMaskTest : public testing::Test {
 protected:
  policy::Decision decide(FieldClasses shown, FieldClasses own = {}, Obligations obligations = {}) {
    policy::RuleLine rule{.rule = "essai", .actors = {0}};
    rule.actions = policy::Actions::all();
    rule.states = policy::States::all();
    rule.relations = policy::Relations::all();
    rule.shown = shown;
    rule.shown_own = shown | own;
    rule.obligations = obligations;
    m_tables.rules = {rule};
    m_engine.put_in_force(m_tables);
    const policy::ActorLine& actor = m_tables.actors[0];
    policy::AccessRequest request{
        .role = *m_engine.role(m_tables.roles[actor.role].role),
        .purpose = actor.purpose,
        .action = policy::Action::show_demande,
        .channel = static_cast<policy::Channel>(std::countr_zero(actor.channels.bits())),
        .date = policy::parse_day("2026-06-01").value()};
    request.asked.insert("063");
    request.granted.insert("063");
    return m_engine.decide({.actor = {.body = "essai", .agent = "essai"}}, request).value();
  }

  /// What is left of a demande, written without its version.
  std::string shown(const std::string& members, const policy::Decision& decision,
                    const Viewing& viewing = {}) {
    const std::string text = R"({"pivot":"1",)" + members + "}\n";
    const std::string left(m_mask.apply(model::Personal(text), decision, viewing).reveal());
    EXPECT_TRUE(left.starts_with(R"({"pivot":"1")") && left.ends_with("}\n")) << left;
    return left.substr(12, left.size() - 14);
  }

  policy::AccessTables m_tables = [] {
    codec::TableFaults faults;
    return policy::read_access_tables(PASSERELLE_SOURCE "/mappings/access", faults);
  }();
  policy::Engine m_engine{&pivot().shape()};
  PivotMask m_mask{pivot().shape()};
};

Viewing seen_by(Relation relation, std::optional<std::size_t> cotitulaire = {},
                std::string_view declarations = "{}") {
  return {.viewer = {relation, cotitulaire},
          .declarations = policy::Declarations::parse(declarations).value(),
          .pseudonym = {}};
}

TEST_F(PivotMaskTest, leaves_a_text_unread_when_nothing_is_hidden) {
  const model::Personal<std::string> text(std::string("no demande"));
  EXPECT_EQ(m_mask.apply(text, decide(FieldClasses::all()), {}), text);
}

TEST_F(PivotMaskTest, shows_nothing_of_a_text_that_is_no_demande) {
  for (const std::string text : {"", "no demande", R"({"pivot":"1","motifs":[)", R"({"pivot":"1"}})"})
    EXPECT_THROW((void)m_mask.apply(model::Personal(text), decide({reference}), {}), std::logic_error)
        << text;
}

TEST_F(PivotMaskTest, shows_nothing_without_the_shape_or_the_pseudonyms_that_it_needs) {
  const policy::Decision decision = decide({reference}, {}, {policy::Obligation::pseudonymiser});
  EXPECT_THROW((void)shown(R"("territoire":"063")", decision), std::logic_error);
  const auto other = mapping::load_pivot(PASSERELLE_SOURCE "/mappings/pivot", {});
  PivotMask elsewhere(other->shape());
  EXPECT_THROW(
      (void)elsewhere.apply(model::Personal(std::string(R"({"pivot":"1"})")), decide({reference}), {}),
      std::logic_error);
}

TEST_F(PivotMaskTest, leaves_one_line_of_a_demande_of_which_nothing_is_shown) {
  EXPECT_EQ(shown(R"("demandeur":{"nom":"INVENTE"})", decide({})), "");
  EXPECT_EQ(shown(R"("demandeur":{"nom":"INVENTE"})", decide({})), "");
}

TEST_F(PivotMaskTest, shows_a_value_when_all_its_classes_are) {
  const std::string child = R"("personnesACharge":[{"nom":"INVENTE","dateNaissance":"2015-01-01"}])";
  EXPECT_EQ(shown(child, decide({family})), R"(,"personnesACharge":[{"dateNaissance":"2015-01-01"}])");
  EXPECT_EQ(shown(child, decide({identity})), "");
  EXPECT_EQ(shown(child, decide({family, identity})), "," + child);
}

TEST_F(PivotMaskTest, leaves_out_groups_and_lists_left_empty) {
  EXPECT_EQ(
      shown(
          R"("territoire":"063","demandeur":{"telephones":[{"numero":"0600000000"}],"adresse":{"voie":"A"}})",
          decide({reference})),
      R"(,"territoire":"063")");
}

TEST_F(PivotMaskTest, shows_an_empty_list_to_who_would_see_any_item) {
  const std::string empty = R"("demandeur":{"telephones":[]},"motifs":[])";
  EXPECT_EQ(shown(empty, decide({contact, motive})), R"(,"demandeur":{"telephones":[]})");
  EXPECT_EQ(shown(empty, decide({contact, motive, violence, health, expulsion, separation, priority})),
            "," + empty);
}

TEST_F(PivotMaskTest, hides_the_whole_item_of_a_hidden_code) {
  EXPECT_EQ(
      shown(R"("motifs":["violencesFamiliales","demolition"],"faitsEtablis":[{"nature":"procedureExpulsion",)"
            R"("date":"2026-01-05"},{"date":"2026-01-06"}])",
            decide({motive, priority})),
      R"(,"motifs":["demolition"],"faitsEtablis":[{"date":"2026-01-06"}])");
}

TEST_F(PivotMaskTest, hides_the_innermost_item_with_the_lists_inside_it) {
  EXPECT_EQ(
      shown(
          R"("cotitulaires":[{"nom":"INVENTE","ressourcesRecues":[{"nature":"adulteHandicape","montant":"9.00"},)"
          R"({"montant":"1.00"}]}])",
          decide({identity, income})),
      R"(,"cotitulaires":[{"nom":"INVENTE","ressourcesRecues":[{"montant":"1.00"}]}])");
  EXPECT_EQ(
      shown(R"("evenements":[{"nature":"separation","changements":[{"champ":"a"}]},{"date":"2026-01-05"}])",
            decide({history, change})),
      R"(,"evenements":[{"date":"2026-01-05"}])");
}

TEST_F(PivotMaskTest, hides_a_code_outside_lists_alone) {
  EXPECT_EQ(
      shown(R"("radiation":{"sousMotif":"irregulariteSejour","date":"2026-01-05"})", decide({radiation})),
      R"(,"radiation":{"date":"2026-01-05"})");
}

TEST_F(PivotMaskTest, leaves_the_rest_of_an_item_whose_value_without_codes_is_hidden) {
  EXPECT_EQ(shown(R"("verifications":[{"critere":"invente","date":"2026-01-05"}])", decide({document})),
            R"(,"verifications":[{"date":"2026-01-05"}])");
}

TEST_F(PivotMaskTest, hides_a_code_of_no_list_unless_every_line_of_its_place_is_shown) {
  const std::string unknown = R"("motifs":["demolition","inconnu"],"radiation":{"sousMotif":null})";
  EXPECT_EQ(shown(unknown, decide({motive, radiation})), R"(,"motifs":["demolition"])");
  EXPECT_EQ(shown(unknown, decide({motive, violence, health, expulsion, separation, priority, radiation,
                                   income, nationality})),
            "," + unknown);
}

TEST_F(PivotMaskTest, takes_complements_for_one_place) {
  const std::string parked = R"("territoire":"063","complements":{"alin":{"a/b":"x","motifs":"y"}})";
  EXPECT_EQ(shown(parked, decide({reference})), R"(,"territoire":"063")");
  EXPECT_EQ(shown(parked, decide({reference, complement})), "," + parked);
}

TEST_F(PivotMaskTest, shows_own_values_to_their_person_only) {
  const std::string people =
      R"("demandeur":{"email":"a@exemple.invalid"},"cotitulaires":[{"email":"b@exemple.invalid"},)"
      R"({"email":"c@exemple.invalid"}],"logementActuel":{"surface":40})";
  const policy::Decision own = decide({}, {contact, housing});
  EXPECT_EQ(shown(people, own, seen_by(Relation::cotitulaire, 1)),
            R"(,"cotitulaires":[{"email":"c@exemple.invalid"}],"logementActuel":{"surface":40})");
  const std::string of_the_demandeur =
      R"(,"demandeur":{"email":"a@exemple.invalid"},"logementActuel":{"surface":40})";
  EXPECT_EQ(shown(people, own, seen_by(Relation::demandeur)), of_the_demandeur);
  EXPECT_EQ(shown(people, own, seen_by(Relation::representant)), of_the_demandeur);
  for (const Relation relation :
       {Relation::aucune, Relation::membre, Relation::ancien, Relation::cotitulaire})
    EXPECT_EQ(shown(people, own, seen_by(relation)), "");
}

TEST_F(PivotMaskTest, shows_what_was_declared_to_its_declarant) {
  const std::string facts =
      R"("motifs":["handicap","raisonsSante","violencesFamiliales"],"texteLibre":"invente")";
  const policy::Decision own = decide({}, {health, violence, free_text});
  const std::string_view declared = R"({"":"demandeur","motifs[1]":"cotitulaires[0]","texteLibre":""})";
  EXPECT_EQ(shown(facts, own, seen_by(Relation::demandeur, {}, declared)),
            R"(,"motifs":["handicap","violencesFamiliales"])");
  EXPECT_EQ(shown(facts, own, seen_by(Relation::cotitulaire, 0, declared)), R"(,"motifs":["raisonsSante"])");
  EXPECT_EQ(shown(facts, own, seen_by(Relation::cotitulaire, 1, declared)), "");
  EXPECT_EQ(shown(facts, own, seen_by(Relation::demandeur)), "") << "nobody is known to have declared it";
}

TEST_F(PivotMaskTest, answers_pseudonyms_for_numbers) {
  Viewing viewing;
  viewing.pseudonym = [](std::string_view numero) { return "P" + std::string(numero.substr(10)); };
  const Obligations pseudonymiser{policy::Obligation::pseudonymiser};
  const std::string numbers =
      R"("numeroUnique":"0630119004221G6302","numerosAnterieurs":[{"numero":"0630119004222G6302"}],)"
      R"("doublons":[{"numeroUnique":"0630119004223G6302"}])";
  EXPECT_EQ(shown(numbers, decide({reference}, {}, pseudonymiser), viewing),
            R"(,"numeroUnique":"P221G6302","numerosAnterieurs":[{"numero":"P222G6302"}])");
  EXPECT_EQ(shown(numbers, decide({family}, {}, pseudonymiser), viewing), R"(,"numeroUnique":"P221G6302")");
  EXPECT_EQ(shown(numbers, decide(FieldClasses::all(), {}, pseudonymiser), viewing),
            R"(,"numeroUnique":"P221G6302","numerosAnterieurs":[{"numero":"P222G6302"}],)"
            R"("doublons":[{"numeroUnique":"P223G6302"}])");
}

}  // namespace
}  // namespace passerelle::service
