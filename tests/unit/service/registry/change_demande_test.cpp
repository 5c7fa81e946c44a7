#include "gateway/service/registry/change_demande.hpp"

#include "tests/unit/service/registry/changing.hpp"

namespace passerelle::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* moved_out = R"("dateCreation":"2026-01-01","demandeur":{"nom":"Y","prenoms":"Z"})";

class ChangeDemande : public Changing {};

TEST_F(ChangeDemande, puts_a_version_under_the_same_number_and_deposit_date) {
  const Numero numero = registered({holder({})}, "r");
  Filing filed = said({holder({.telephone = "0699999999"})}, moved_out);
  filed.communes = {"63300", "63113"};
  filed.deposited_on = "2026-01-01";
  EXPECT_EQ(change(numero, filed), "");
  EXPECT_THAT(shown(numero), HasSubstr(R"("dateCreation":"2025-12-24")"));
  EXPECT_THAT(shown(numero), HasSubstr(R"("nom":"Y","prenoms":"Z")"));
  EXPECT_EQ(count("demande WHERE version = 2 AND events = 2 AND deposited_on = '2025-12-24'"), 1);
  EXPECT_EQ(count("numero"), 1);
  EXPECT_EQ(count("wanted_commune WHERE rank = 1 AND commune = '63300'"), 1);
  EXPECT_EQ(count("wanted_commune"), 2);
  EXPECT_EQ(count("event WHERE kind = 'modified' AND rank = 2 AND version = 2"), 1);
  EXPECT_EQ(count("outbox WHERE rank = 2 AND recipient = 'sne' AND version = 2"), 1);
  EXPECT_EQ(count("audit_leaf WHERE action = 'modify' AND allowed AND subject IS NOT NULL"), 1);
  EXPECT_EQ(count("inbox WHERE demande_id IS NOT NULL"), 2);
}

TEST_F(ChangeDemande, finds_the_household_by_its_new_words_and_not_by_the_old_ones) {
  const Numero numero = registered({holder({})}, "r");
  EXPECT_EQ(count("presentation"), 1);
  EXPECT_EQ(change(numero,
                   said({holder({.telephone = "0699999999", .email = "autre@exemple.invalid"})}, moved_out)),
            "");
  EXPECT_EQ(count("presentation"), 1);
  EXPECT_EQ(count("holder_key"), 1);
  const auto again = file({holder({.telephone = "0699999999", .email = "autre@exemple.invalid"})}, "again");
  EXPECT_EQ(again->outcome, Registered::known);
  EXPECT_EQ(again->numero, numero);
}

TEST_F(ChangeDemande, gives_the_same_message_the_same_answer_and_another_content_a_conflict) {
  const Numero numero = registered({holder({})}, "r");
  const Filing filed = said({holder({})}, moved_out);
  EXPECT_EQ(change(numero, filed), "");
  EXPECT_EQ(change(numero, filed), "");
  EXPECT_EQ(count("event"), 2);
  EXPECT_EQ(change(numero, said({holder({})}, R"("demandeur":{"nom":"W"})")), "PAS-REG-003");
  EXPECT_EQ(change(holder_of_keys(), numero, filed, "change", "renewed"), "PAS-REG-003") << "another event";
  EXPECT_EQ(count("demande_version"), 2);
}

TEST_F(ChangeDemande, renews_with_all_that_came) {
  const Numero numero = registered({holder({})}, "r");
  EXPECT_EQ(change(holder_of_keys(), numero, said({holder({})}, moved_out), "n", "renewed"), "");
  EXPECT_THAT(shown(numero), HasSubstr(R"("dateDernierRenouvellement":"2026-01-15")"));
  EXPECT_EQ(count("demande WHERE valid_from = '2026-01-15' AND version = 2"), 1);
}

TEST_F(ChangeDemande, keeps_the_nir_of_whom_none_comes_for_and_takes_a_new_one) {
  FiledHolder with_nir = holder({});
  with_nir.nir = invented_nir(1);
  const Numero numero = registered({with_nir}, "r");
  EXPECT_EQ(change(numero, said({holder({.telephone = "0688888888"})}, moved_out), "one"), "");
  EXPECT_EQ(count("nir"), 1);
  with_nir.nir = invented_nir(2);
  EXPECT_EQ(change(numero, said({with_nir}, moved_out), "two"), "");
  EXPECT_EQ(count("nir"), 1);
  EXPECT_EQ(change(numero, said({holder({}), with_nir}, moved_out), "three"), "") << "another one of it";
  EXPECT_EQ(count("holder_key"), 2);
}

TEST_F(ChangeDemande, leaves_names_and_birth_dates_to_a_desk_with_a_document) {
  const Numero numero = registered({holder({})}, "r");
  const Filing renamed = said({holder({.name = "DELAUNAY"})}, moved_out);
  EXPECT_EQ(change(numero, renamed), "PAS-REG-013");
  EXPECT_EQ(change(requester(m_alice), numero, renamed, "a"), "PAS-REG-013");
  EXPECT_EQ(change(requester(m_alice), numero, renamed, "b", "corrected"), "refus-par-defaut")
      << "no document was checked";
  tie("justificatif", numero, "afpbsa");
  EXPECT_EQ(change(requester(m_alice), numero, renamed, "c", "corrected"), "");
  EXPECT_EQ(count("event WHERE kind = 'corrected'"), 1);
  EXPECT_EQ(change(numero, renamed, "d"), "") << "that is the name now";
  EXPECT_EQ(count("audit_leaf WHERE rule = 'PAS-REG-013'"), 2);
}

TEST_F(ChangeDemande, refuses_strangers_and_unknown_numbers_and_places_outside) {
  const Numero numero = registered({holder({})}, "r");
  const Shown other = {.name = "OZANNE",
                       .first_names = "Bertrand",
                       .born = "1951-02-03",
                       .telephone = "0644444444",
                       .email = "ozanne@exemple.invalid",
                       .address = "3 quai des Brumes",
                       .postcode = "03200"};
  EXPECT_EQ(change(numero, said({holder(other)}, moved_out)), "PAS-REG-007");
  Filing outside = said({holder({})}, moved_out);
  outside.communes = {"75101"};
  EXPECT_EQ(change(numero, outside), "PAS-REG-002");
  EXPECT_EQ(change(*Numero::parse("0630126999999G6301"), said({holder({})}, moved_out)), "PAS-REG-009");
  EXPECT_EQ(count("demande_version"), 1);
}

TEST_F(ChangeDemande, does_not_change_what_has_ended) {
  const Numero numero = registered({holder({})}, "r");
  run_as_administrator("UPDATE passerelle.demande SET state = 'radiated', radiated_on = '2026-01-10'");
  EXPECT_EQ(change(numero, said({holder({})}, moved_out)), "PAS-VIE-002");
}

TEST_F(ChangeDemande, leaves_what_who_changes_it_does_not_see) {
  const Numero numero = registered(
      {holder({})}, "r",
      R"("dateCreation":"2025-12-24","demandeur":{"nom":"X"},"motifs":["violencesFamiliales","raisonsSante"],)"
      R"("separation":{"date":"2025-11-01"})");
  const Filing filed = said({holder({})}, R"("demandeur":{"nom":"Y"},"motifs":["raisonsSante","tropPetit"])");
  EXPECT_EQ(change(requester(m_alice), numero, filed, "a"), "");
  const std::string all = shown(numero);
  EXPECT_THAT(all, HasSubstr(R"("motifs":["raisonsSante","tropPetit","violencesFamiliales"])"));
  EXPECT_THAT(all, HasSubstr(R"("separation":{"date":"2025-11-01"})"));
  EXPECT_EQ(change(holder_of_keys(), numero, filed, "b"), "");
  EXPECT_THAT(shown(numero), Not(HasSubstr("violencesFamiliales"))) << "who sees all of it changes all of it";
}

TEST_F(ChangeDemande, writes_what_a_paper_form_says_though_the_desk_may_not_read_it_later) {
  const Numero numero = registered({holder({})}, "r");
  const Filing filed = said({holder({})}, R"("motifs":["violencesFamiliales"])");
  EXPECT_EQ(change(requester(m_alice), numero, filed, "a"), "");
  EXPECT_EQ(change(requester(m_alice), numero, filed, "b"), "");
  EXPECT_THAT(shown(numero), HasSubstr(R"("motifs":["violencesFamiliales"])")) << "once";
}

TEST_F(ChangeDemande, may_take_a_demande_out_of_the_area_of_who_changes_it) {
  Filing first = filing({person('A')});
  first.communes = {"63114"};
  const Numero numero = *send(first, "r")->numero;
  Filing filed = said({person('A')}, moved_out);
  filed.communes = {"63300"};
  EXPECT_EQ(change(requester(m_basile), numero, filed, "a"), "");
  EXPECT_EQ(rule(m_basile, policy::Action::modify_demande, numero), "refus-par-defaut");
}

TEST_F(ChangeDemande, has_a_person_look_when_it_becomes_like_another_one) {
  registered({holder({})}, "one");
  const Shown other = {.name = "DELAUNOY",
                       .first_names = "Paul",
                       .born = "1990-01-01",
                       .telephone = "0644444444",
                       .email = "paul@exemple.invalid",
                       .address = "3 quai des Brumes",
                       .postcode = "63300"};
  const Numero numero = registered({holder(other)}, "two");
  ASSERT_THAT(reviews(), IsEmpty());
  tie("justificatif", numero, "afpbsa");
  const Filing same = said({holder({.telephone = "0644444444", .email = "paul@exemple.invalid"})}, moved_out);
  EXPECT_EQ(change(requester(m_alice), numero, same, "a", "corrected"), "");
  EXPECT_THAT(reviews(), testing::SizeIs(1));
}

TEST_F(ChangeDemande, opens_a_decided_review_again_when_what_was_compared_changes) {
  const Shown spelt = {.telephone = "", .email = "", .address = "3 place Vieille", .postcode = "75011"};
  registered({holder({})}, "one");
  const Numero numero = registered({holder(spelt)}, "two");
  ASSERT_THAT(reviews(), testing::SizeIs(1));
  run_as_administrator("UPDATE passerelle.review SET closed_at = opened_at");
  EXPECT_EQ(change(numero, said({holder(spelt)}, moved_out), "a"), "");
  EXPECT_THAT(reviews(), IsEmpty()) << "nothing that is compared has changed";
  Shown now = spelt;
  now.address = "4 place Neuve";
  EXPECT_EQ(change(numero, said({holder(now)}, moved_out), "b"), "");
  EXPECT_THAT(reviews(), testing::SizeIs(1));
}

TEST_F(ChangeDemande, tells_which_places_changed_and_values_to_whom_the_rules_show_them) {
  const Numero numero = registered(
      {holder({})}, "r", R"("demandeur":{"nom":"X","email":"x@exemple.invalid"},"motifs":["raisonsSante"])");
  const Filing filed =
      said({holder({})}, R"("demandeur":{"nom":"X"},"motifs":["violencesFamiliales","raisonsSante"])");
  EXPECT_EQ(change(numero, filed), "");
  EXPECT_THAT(changes(deciding(policy::Action::list_events, numero), numero, 2),
              ElementsAre("demandeur.email: x@exemple.invalid > ",
                          "motifs[1]: raisonsSante > violencesFamiliales", "motifs[2]:  > raisonsSante"));
  const auto desk = ask(m_alice, policy::Action::list_events, numero);
  EXPECT_THAT(changes(*desk, numero, 2), ElementsAre("demandeur.email"));
  EXPECT_THAT(changes(deciding(policy::Action::list_events, numero), numero, 1), IsEmpty());
  EXPECT_FALSE(list_changes_of(m_linked, deciding(policy::Action::list_events, numero), numero, 3));
}

TEST_F(ChangeDemande, of_someone_of_the_household_is_their_own_unless_something_was_hidden) {
  const Numero numero = registered({holder({})}, "r", R"("demandeur":{"nom":"X"})");
  put_in_household("anne", numero, "demandeur");
  Agent anne = portal("anne");
  anne.purpose = policy::Purpose::enregistrement;
  anne.body = "portail";
  EXPECT_EQ(change(requester(anne), numero, said({holder({})}, R"("motifs":["raisonsSante"])"), "a"), "");
  const auto reads = ask(portal("anne"), policy::Action::show_demande, numero);
  EXPECT_THAT(show_demande(m_linked, *reads, numero)->pivot.reveal(), HasSubstr("raisonsSante"));
  EXPECT_EQ(count("event WHERE kind = 'modified' AND body_id = 'demandeur'"), 1);
}

}  // namespace
}  // namespace passerelle::service
