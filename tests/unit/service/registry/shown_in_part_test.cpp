// What use cases give of a demande to those who may see a part of it: real rules, real rows, masks.
#include <gmock/gmock.h>

#include "gateway/service/access/identify.hpp"
#include "gateway/service/registry/deposit_demande.hpp"
#include "gateway/service/registry/export_registry.hpp"
#include "gateway/service/registry/read_demande.hpp"
#include "tests/unit/service/access/people.hpp"

namespace passerelle::service {
namespace {

using policy::Action;
using policy::Channel;
using policy::Purpose;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const codec::Shape& shape() {
  return shipped_pivot().shape();
}

constexpr const char* demande =
    R"({"pivot":"1","demandeur":{"nom":"NOMINVENTE","email":"a@exemple.invalid"},)"
    R"("motifs":["violencesCoupleMariageForce","tropCher"],"texteLibre":"TEXTEINVENTE"})";

/// The same, as it is kept until someone is found to be there already or not.
constexpr const char* deposited =
    R"({"pivot":"1","guichet":{"guichet":"G6301"},"demandeur":{"nom":"NOMINVENTE","prenoms":"PRENOM",)"
    R"("dateNaissance":"1990-01-01","email":"a@exemple.invalid"},)"
    R"("motifs":["violencesCoupleMariageForce","tropCher"],"texteLibre":"TEXTEINVENTE",)"
    R"("logementRecherche":{"localisations":[{"commune":"63113"}]}})";

class ShownInPartTest : public Registering {
 protected:
  ShownInPartTest() {
    run_as_administrator(R"(SET search_path = passerelle;
      INSERT INTO body_area VALUES ('063', 'ville', '{63113}', '[2010-01-01,)', 'x'), ('063', 'loin', '{63999}', '[2010-01-01,)', 'x'),
        ('063', 'caleol', NULL, '[2010-01-01,)', 'x');
      INSERT INTO guichet VALUES ('063', 'G6309', 'ville', 'x', '[2010-01-01,)', 'x');
      INSERT INTO subscription VALUES ('063', 'arverne', '[2010-01-01,)', 'x');
      INSERT INTO body_tie VALUES ('063', 'arverne', 'parc', '[2010-01-01,)', 'x');
      INSERT INTO account VALUES ('guichetier', 'agent', 'ville', 'x', '[2010-01-01,)', 'x'),
        ('lointain', 'agent', 'loin', 'x', '[2010-01-01,)', 'x'), ('membre', 'agent', 'caleol', 'x', '[2010-01-01,)', 'x'),
        ('arverne', 'programme', 'arverne', 'x', '[2010-01-01,)', 'x'),
        ('dupont', 'personne', NULL, '', '[2010-01-01,)', 'x'), ('autre', 'personne', NULL, '', '[2010-01-01,)', 'x'))");
    grant("guichetier", "guichet", "ville");
    grant("lointain", "consultant-demande", "loin");
    grant("membre", "caleol-membre", "caleol");
    grant("arverne", "systeme-bailleur", "arverne");
  }

  void grant(const char* account, const char* role, const char* body) const {
    run_as_administrator(
        fmt::format("INSERT INTO passerelle.access VALUES (gen_random_uuid(), '063', '{}', '{}', '{}', "
                    "'[2020-01-01,)', 'x', 'x', '2020-01-01', '2030-01-01')",
                    account, role, body));
  }
  static Requester as(const char* account, const char* role, const char* body, Purpose purpose,
                      Channel channel = Channel::agent) {
    return {.actor = {body, account, account, role}, .purpose = purpose, .channel = channel, .reason = {}};
  }
  static Filing marked(char who) {
    Filing filed = filing({person(who, who)});
    filed.pivot = model::Personal(std::string(demande));
    filed.communes = {"63113"};
    return filed;
  }
  model::NumeroUnique registered(char who) { return *send(marked(who), std::string(1, who))->numero; }

  std::string seen(const Requester& requester, const model::NumeroUnique& numero) {
    const auto decision = authorize_on(m_registry, requester, Action::show_demande, numero);
    if (!decision) return decision.error().rule();
    const auto shown = show_demande(m_registry, *decision, numero);
    return shown ? shown->pivot.reveal() : "nothing";
  }

  policy::Engine m_masking{&shape()};
  Registry m_registry{m_pool, m_numeros, m_keys, m_clock, m_masking, &shape()};
  const Requester m_guichetier = as("guichetier", "guichet", "ville", Purpose::enregistrement);
};

TEST_F(ShownInPartTest, a_guichet_sees_the_dossier_without_the_gravest_facts) {
  m_masking.put_in_force(policy::shipped_tables());
  EXPECT_THAT(seen(m_guichetier, registered('a')),
              AllOf(HasSubstr("NOMINVENTE"), HasSubstr("tropCher"), HasSubstr("TEXTEINVENTE"),
                    Not(HasSubstr("violences"))));
}

TEST_F(ShownInPartTest, a_demande_of_elsewhere_is_refused_as_one_that_is_not_there) {
  m_masking.put_in_force(policy::shipped_tables());
  const Requester lointain = as("lointain", "consultant-demande", "loin", Purpose::instruction);
  EXPECT_EQ(seen(lointain, registered('a')), "refus-par-defaut");
  EXPECT_EQ(seen(lointain, *model::NumeroUnique::parse("0631225999999G6301")), "refus-par-defaut");
}

TEST_F(ShownInPartTest, a_guichet_sees_demandes_for_communes_that_have_merged_into_its_own) {
  m_masking.put_in_force(policy::shipped_tables());
  Filing filed = marked('a');
  filed.communes = {"63998"};
  const model::NumeroUnique former = *send(filed, "former")->numero;
  EXPECT_EQ(seen(m_guichetier, former), "refus-par-defaut");
  run_as_administrator(R"(SET search_path = passerelle;
    INSERT INTO commune VALUES ('63998', 'x', '63999', '[2020-01-01,)', 'x', 'assumption', 'x'),
      ('63999', 'x', '63113', '[2022-01-01,)', 'x', 'assumption', 'x'))");
  EXPECT_THAT(seen(m_guichetier, former), HasSubstr("NOMINVENTE"));
  const auto decision = authorize_filing(m_registry, m_guichetier, "063", filed);
  ASSERT_TRUE(decision);
  EXPECT_EQ(decision->rule(), "guichet-depot-ressort") << "a deposit for it is one of its own area";
  const Requester lointain = as("lointain", "consultant-demande", "loin", Purpose::instruction);
  EXPECT_EQ(seen(lointain, registered('b')), "refus-par-defaut") << "its act names what was, no more";
}

TEST_F(ShownInPartTest, a_member_of_a_commission_sees_no_name_and_a_pseudonym_on_its_agenda_alone) {
  m_masking.put_in_force(policy::shipped_tables());
  const Requester member = as("membre", "caleol-membre", "caleol", Purpose::attribution);
  const model::NumeroUnique numero = registered('a');
  EXPECT_EQ(seen(member, numero), "refus-par-defaut");
  run_as_administrator(
      "INSERT INTO passerelle.demande_tie SELECT territory, demande_id, 'ordre-du-jour', 'caleol', NULL, "
      "'[2020-01-01,)', 'x' FROM passerelle.demande");
  const std::string shown = seen(member, numero);
  EXPECT_THAT(shown,
              AllOf(HasSubstr(R"("numeroUnique":"P)"), Not(HasSubstr("NOMINVENTE")),
                    Not(HasSubstr(std::string(numero.text().reveal()))), Not(HasSubstr("exemple.invalid"))));
  EXPECT_EQ(seen(member, numero), shown) << "the same pseudonym again";
}

TEST_F(ShownInPartTest, a_person_gets_a_receipt_and_sees_what_they_declared_and_nobody_elses_demande) {
  m_masking.put_in_force(policy::shipped_tables());
  const Requester depositing =
      as("dupont", "demandeur", "personne:x", Purpose::enregistrement, Channel::portail);
  const Filing filed = marked('a');
  const auto decision = authorize_filing(m_registry, depositing, "063", filed);
  ASSERT_TRUE(decision) << decision.error().rule();
  const auto answer =
      register_demande(m_registry, *decision, filed, {"k", "cerfa", model::Personal(std::string(deposited))});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->outcome, Registered::received);
  EXPECT_FALSE(answer->numero);
  EXPECT_EQ(count("demande"), 0) << "nobody has looked yet what is there already";
  EXPECT_EQ(settle_deposits(m_registry, shipped_pivot(), "063").settled, 1);
  const auto numero = *settled_numero(m_registry, *decision, "k");
  const Requester dupont = as("dupont", "demandeur", "personne:x", Purpose::suivi, Channel::portail);
  EXPECT_THAT(seen(dupont, numero),
              AllOf(HasSubstr("NOMINVENTE"), HasSubstr("violences"), HasSubstr("TEXTEINVENTE")));
  EXPECT_EQ(seen(as("autre", "demandeur", "personne:x", Purpose::suivi, Channel::portail), numero),
            "refus-territoire");
  EXPECT_EQ(seen(dupont, registered('b')), "refus-par-defaut");
}

TEST_F(ShownInPartTest, another_person_of_the_household_does_not_see_what_the_first_declared) {
  m_masking.put_in_force(policy::shipped_tables());
  const model::NumeroUnique numero = registered('a');
  run_as_administrator(
      "INSERT INTO passerelle.household_person SELECT territory, demande_id, 'autre', 'cotitulaire', 0, "
      "'[2020-01-01,)', 'x' FROM passerelle.demande");
  EXPECT_THAT(seen(as("autre", "demandeur", "personne:x", Purpose::suivi, Channel::portail), numero),
              AllOf(HasSubstr("NOMINVENTE"), Not(HasSubstr("violences")), Not(HasSubstr("TEXTEINVENTE")),
                    Not(HasSubstr("exemple.invalid"))));
}

TEST_F(ShownInPartTest, a_partner_takes_changes_masked_and_none_that_is_not_for_it) {
  m_masking.put_in_force(policy::shipped_tables());
  registered('a');
  const Requester arverne =
      as("arverne", "systeme-bailleur", "arverne", Purpose::echange, Channel::programme);
  const auto decision = authorize_many(m_registry, arverne, Action::export_changes, "063");
  ASSERT_TRUE(decision) << decision.error().rule();
  std::vector<std::string> taken;
  const auto take = [&](const ChangedDemande& change) {
    if (change.demande) taken.push_back(change.demande->pivot.reveal());
  };
  export_changes(m_registry, *decision, 0, 10, take);
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_THAT(taken[0], AllOf(HasSubstr("NOMINVENTE"), Not(HasSubstr("violences"))));
  run_as_administrator("UPDATE passerelle.demande SET state = 'to_check'");
  taken.clear();
  export_changes(m_registry, *decision, 0, 10, take);
  EXPECT_TRUE(taken.empty()) << "no rule opens a demande whose identity is not checked to a partner";
  EXPECT_FALSE(authorize_many(m_registry, arverne, Action::export_territory, "063"))
      << "a bailleur takes no territory";
}

TEST_F(ShownInPartTest, an_emergency_is_never_the_purpose_that_goes_without_saying) {
  m_masking.put_in_force(policy::shipped_tables());
  const auto asking = identify(m_registry, policy::shipped_tables(), {.account = "guichetier"});
  ASSERT_TRUE(asking) << asking.error();
  EXPECT_EQ(asking->purpose, Purpose::enregistrement);
  const auto urgent =
      identify(m_registry, policy::shipped_tables(), {.account = "guichetier", .purpose = "urgence"});
  ASSERT_TRUE(urgent);
  EXPECT_EQ(urgent->purpose, Purpose::urgence);
}

}  // namespace
}  // namespace passerelle::service
