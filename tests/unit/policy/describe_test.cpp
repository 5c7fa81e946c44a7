#include "gateway/policy/describe.hpp"

#include <gmock/gmock.h>

#include "tests/unit/policy/access_properties.hpp"
#include "tests/unit/policy/shipped_tables.hpp"

namespace passerelle::policy {
namespace {

using testing::HasSubstr;
using testing::Not;

AccessRequest reads(Purpose purpose, Ties ties) {
  AccessRequest request = usual_request(ties);
  request.purpose = purpose;
  request.action = Action::show_demande;
  request.state = State::active;
  return request;
}

TEST(Explain, tells_a_permit_with_its_rule_basis_classes_and_duties) {
  const std::string text = explain_request(
      shipped_tables(), "bailleur",
      reads(Purpose::instruction, {Tie::habilitation, Tie::localisation, Tie::parc, Tie::seconde_personne}));
  EXPECT_THAT(text, HasSubstr("permis par la règle « bailleur-faits-graves »"));
  EXPECT_THAT(text, HasSubstr("fondement : CCH R441-2-6 a"));
  EXPECT_THAT(text, HasSubstr("caché : numéro de sécurité sociale"));
  EXPECT_THAT(text,
              HasSubstr("à faire : faire relire cet accès par une autre personne ; garder le motif écrit"));
}

TEST(Explain, tells_what_each_rule_lacks_when_it_denies) {
  const std::string text =
      explain_request(shipped_tables(), "bailleur", reads(Purpose::instruction, {Tie::habilitation}));
  EXPECT_THAT(text, HasSubstr("refusé (refus-par-defaut)"));
  EXPECT_THAT(
      text,
      HasSubstr(
          "il manque à « bailleur-lecture » : lien : la demande souhaite une commune du ressort de l'acte ; "
          "lien : le bailleur a des logements"));
}

TEST(Explain, tells_a_role_that_no_rule_permits_and_a_territory_that_is_not_granted) {
  AccessRequest request = reads(Purpose::statistique, {Tie::habilitation});
  EXPECT_THAT(explain_request(shipped_tables(), "dreal", request),
              HasSubstr("aucune règle ne permet cette action à ce rôle"));
  request.asked.insert("069");
  EXPECT_THAT(explain_request(shipped_tables(), "dreal", request), HasSubstr("refus-territoire"));
}

TEST(Document, names_every_actor_rule_and_class) {
  const std::string text = document_access(shipped_tables());
  for (const ActorLine& actor : shipped_tables().actors) EXPECT_THAT(text, HasSubstr(actor.label));
  for (const RuleLine& rule : shipped_tables().rules) EXPECT_THAT(text, HasSubstr("`" + rule.rule + "`"));
  EXPECT_THAT(text, HasSubstr("| `new-address` | adresse et identifiant du logement attribué |"));
  EXPECT_THAT(text, Not(HasSubstr("| `new-address` | adresse et identifiant du logement attribué | 0 |")));
}

}  // namespace
}  // namespace passerelle::policy
