#include "gateway/service/registry/attestation.hpp"

#include <gmock/gmock.h>

#include "gateway/service/registry/erase.hpp"
#include "tests/unit/service/life/living.hpp"

namespace passerelle::service {
namespace {

using policy::Action;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* couple = R"({"pivot":"1","demandeur":{"nom":"NOMINVENTE","prenoms":"Prune"},)"
                               R"("cotitulaires":[{"nom":"AUTREINVENTE","prenoms":"Paul"}]})";

class AttestationTest : public LivingTest {
 protected:
  Numero registered(char who, const std::string& day, std::string_view state = "active") {
    Filing filed = filing({person(who, who - '@')});
    filed.pivot = model::Personal(std::string(couple));
    filed.deposited_on = day;
    filed.state = state;
    return *send(filed, fmt::format("k-{}", who))->numero;
  }
  tl::expected<model::Personal<std::string>, model::Faults> draw(const Requester& requester,
                                                                 const Numero& numero) {
    const auto decision = authorize_on(m_showing, requester, Action::check_identity, numero);
    if (!decision) throw std::runtime_error(decision.error().rule());
    return draw_attestation(m_showing, *decision, life_rules(), numero);
  }
  std::string drawn(const Numero& numero) { return draw(holder_of_keys(), numero)->reveal(); }
  /// Numbers and their last days.
  std::vector<std::string> due(const std::string& day) {
    const auto decision = *authorize_many(m_registry, holder_of_keys(), Action::list_demandes, "063");
    const auto found = list_due_attestations(m_registry, decision, day);
    std::vector<std::string> lines;
    for (const DueAttestation& one : *found)
      lines.push_back(fmt::format("{} {}", one.numero.text().reveal(), life::day_text(one.due_on)));
    return lines;
  }
  /// Loads a table of places, by who administers the territory.
  mapping::TableFaults load_places(const std::string& name, const std::string& text) {
    return load(
        {{name, text}, {"abonnements.csv", "territoire,destinataire,depuis,acte\n063,sne,2010-01-01,x\n"}});
  }
  static std::string code_in(const std::string& text) {
    const std::size_t at = text.find("précédents : ");
    return text.substr(at + std::string_view("précédents : ").size(), 19);
  }
};

TEST_F(AttestationTest, says_who_which_number_where_and_which_days) {
  const auto numero = registered('A', "2025-12-31");
  EXPECT_THAT(
      drawn(numero),
      AllOf(HasSubstr("Numéro unique : " + std::string(numero.text().reveal())),
            HasSubstr("Demandeur : Prune NOMINVENTE\nCotitulaire : Paul AUTREINVENTE\n"),
            HasSubstr("déposée le : 31/12/2025"), HasSubstr("Valable jusqu'au : 31/12/2026"),
            HasSubstr("délivrée le : 15/01/2026"), HasSubstr("guichet G6301, x, Gestionnaire inventé"),
            HasSubstr("- 63113 (63113)\n- 03310 (03310)"), Not(HasSubstr("renouvelée"))));
  EXPECT_EQ(count("attestation WHERE body_id = 'afpbsa' AND valid_from = '2025-12-31'"), 1);
}

TEST_F(AttestationTest, names_the_renewal_that_it_proves) {
  const auto numero = registered('A', "2025-12-31");
  EXPECT_EQ(happen("renewed", numero), "");
  EXPECT_THAT(drawn(numero),
              AllOf(HasSubstr("renouvelée le : 15/01/2026"), HasSubstr("Valable jusqu'au : 15/01/2027"),
                    HasSubstr("déposée le : 31/12/2025")));
}

TEST_F(AttestationTest, lists_the_bailleurs_of_the_wanted_communes_on_that_day) {
  const auto numero = registered('A', "2025-12-31");
  EXPECT_THAT(drawn(numero), HasSubstr("ce registre ne les connaît pas"));
  EXPECT_THAT(load_places("parc.csv", R"(organisme,commune,depuis,jusqua,acte,certitude,source
dome,63113,2020-01-01,,a,assumption,inventée
volcan,63300,2020-01-01,,a,assumption,inventée
afpbsa,03310,2020-01-01,2025-01-01,a,assumption,inventée
)"),
              IsEmpty());
  EXPECT_THAT(drawn(numero), AllOf(HasSubstr("communes :\n- Bailleur inventé\n\n"),
                                   Not(HasSubstr("Petit bailleur")), Not(HasSubstr("ne les connaît pas"))));
  EXPECT_THAT(load_places("parc.csv",
                          "organisme,commune,depuis,jusqua,acte,certitude,source\n"
                          "inconnu,63113,2020-01-01,,a,assumption,x\n"),
              Not(IsEmpty()));
}

TEST_F(AttestationTest, says_from_when_on_the_commission_may_be_seized_where_the_delay_is_known) {
  const auto numero = registered('A', "2025-12-31");
  EXPECT_THAT(drawn(numero), HasSubstr("ce registre ne le connaît pas"));
  EXPECT_THAT(load_places("seuils.csv", R"(seuil,lieu,valeur,unite,depuis,jusqua,acte,certitude,source
delai-anormalement-long,*,24,mois,2020-01-01,,arrêté inventé,assumption,inventée
)"),
              IsEmpty());
  EXPECT_THAT(drawn(numero), HasSubstr("à partir du 01/01/2028"));
}

TEST_F(AttestationTest, carries_a_code_that_is_kept_nowhere_and_replaces_the_one_before) {
  const auto numero = registered('A', "2025-12-31");
  const std::string first = code_in(drawn(numero));
  const std::string second = code_in(drawn(numero));
  EXPECT_THAT(first, testing::MatchesRegex("([0-9A-Z]{4}-){3}[0-9A-Z]{4}"));
  EXPECT_NE(first, second);
  EXPECT_EQ(count("attestation"), 2);
  EXPECT_EQ(count("attestation WHERE activation IS NOT NULL"), 1);
  EXPECT_EQ(count(fmt::format("attestation t WHERE position('{}' IN t::text) > 0", second)), 0);
}

TEST_F(AttestationTest, is_for_a_registered_demande_that_lives) {
  EXPECT_EQ(code_of(draw(holder_of_keys(), registered('A', "2025-12-31", "to_check"))), "PAS-VIE-002");
  const auto withdrawn = registered('B', "2025-12-31");
  EXPECT_EQ(withdraw(withdrawn), "");
  EXPECT_EQ(code_of(draw(holder_of_keys(), withdrawn)), "PAS-VIE-002");
}

TEST_F(AttestationTest, is_drawn_by_a_desk_and_leaves_its_trace) {
  const auto numero = registered('A', "2025-12-31");
  const auto before = count("audit_leaf WHERE action = 'check-identity'");
  EXPECT_THAT(draw(acting("bureau", "guichet", "enregistrement"), numero)->reveal(), HasSubstr("NOMINVENTE"));
  EXPECT_EQ(count("audit_leaf WHERE action = 'check-identity'"), before + 1);
  EXPECT_EQ(count("attestation WHERE account_id = 'bureau'"), 1);
  EXPECT_FALSE(authorize_on(m_showing, acting("volcan.un", "bailleur", "instruction"), Action::check_identity,
                            numero));
}

TEST_F(AttestationTest, is_due_once_its_month_is_past) {
  const auto late = registered('A', "2026-01-31");
  const auto waits = registered('B', "2026-01-31", "to_check");
  EXPECT_THAT(due("2026-02-28"), IsEmpty()) << "its last day belongs to it";
  EXPECT_THAT(due("2026-03-01"), testing::ElementsAre(fmt::format("{} 2026-02-28", late.text().reveal())));
  static_cast<void>(drawn(late));
  EXPECT_THAT(due("2026-03-01"), IsEmpty());
  static_cast<void>(waits);
}

TEST_F(AttestationTest, goes_with_its_demande) {
  const auto numero = registered('A', "2025-12-31");
  static_cast<void>(drawn(numero));
  const auto erasing = *authorize_on(m_registry, holder_of_keys(), Action::erase_demande, numero);
  ASSERT_TRUE(erase_registered(m_registry, erasing, numero, "test", m_erasures));
  EXPECT_EQ(count("attestation"), 0);
}

}  // namespace
}  // namespace passerelle::service
