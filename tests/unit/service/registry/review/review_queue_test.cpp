// What a reviewer is shown: in which order, how much of whom, and what does not exist for them.
#include "gateway/service/registry/review/review_queue.hpp"

#include "gateway/service/registry/erase.hpp"
#include "tests/unit/service/registry/review/reviewing.hpp"

namespace passerelle::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class ReviewQueue : public Reviewing {
 protected:
  std::vector<std::string> seconds(const std::vector<ReviewLine>& lines) {
    std::vector<std::string> numeros;
    for (const ReviewLine& line : lines) numeros.emplace_back(line.two.text().reveal());
    return numeros;
  }
  static std::string text(const Numero& numero) { return std::string(numero.text().reveal()); }
  void tie(const Numero& numero, const std::string& word, const std::string& account) {
    run_as_administrator(fmt::format(
        "INSERT INTO passerelle.demande_tie SELECT '063', demande_id, '{}', NULL, {}, '[2020-01-01,)', 'x' "
        "FROM passerelle.numero WHERE numero = '{}'",
        word, account.empty() ? "NULL" : fmt::format("'{}'", account), numero.text().reveal()));
  }
  /// The code of the refusal to show a pair; empty when it is shown.
  std::string refusal(const Agent& who, const model::Uuid& id) const {
    const auto shown = show_review(m_showing, who.decision, id);
    return shown ? "" : std::string(model::catalogue_entry(shown.error().at(0).code).code);
  }
};

TEST_F(ReviewQueue, is_filled_by_registrations_and_names_nobody) {
  const Numero first = file('A');
  FiledHolder namesake = person('A');
  namesake.contacts = {model::Personal(std::string("+33999999999"))};
  const Numero second = *send(filing({namesake}), "namesake")->numero;
  const auto lines = queue_of(m_gestion);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].one, second);
  EXPECT_EQ(lines[0].two, first);
  EXPECT_EQ(lines[0].doubt.reason, "identity_only");
  EXPECT_THAT(queue_of(m_gestion, {.reason = "alike"}), IsEmpty());
}

TEST_F(ReviewQueue, begins_with_who_is_about_to_be_housed_then_with_what_is_doubted_most) {
  const Numero kept = file('A');
  const Numero sure = file('B');
  const Numero doubted = file('C');
  const Numero older = file('D', R"("demandeur":{"nom":"X"})", "2020-01-01");
  const Numero housed = file('E');
  queue(kept, sure, {.reason = "alike", .log_odds = 9});
  queue(kept, doubted, {.reason = "alike", .log_odds = 0.5});
  queue(kept, older, {.reason = "alike", .log_odds = -0.5});
  queue(kept, housed, {.reason = "alike", .log_odds = 12});
  tie(housed, "designation", "");
  EXPECT_THAT(seconds(queue_of(m_gestion)),
              ElementsAre(text(housed), text(older), text(doubted), text(sure)));
  EXPECT_THAT(queue_of(m_gestion, {.limit = 2}), SizeIs(2));
}

TEST_F(ReviewQueue, holds_a_pair_once_whichever_comes_first) {
  const Numero one = file('A');
  const Numero two = file('B');
  queue(one, two, {.reason = "identity_only"});
  queue(two, one, {.reason = "alike", .log_odds = 1, .levels = 0x21, .model = "v1"});
  const auto lines = queue_of(m_gestion);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].doubt.reason, "alike");
  EXPECT_EQ(lines[0].doubt.levels, 0x21);
  EXPECT_EQ(lines[0].doubt.log_odds, 1.0);
}

TEST_F(ReviewQueue, shows_two_demandes_side_by_side_with_marks_and_words) {
  const Numero one =
      file('A', R"("demandeur":{"nom":"LE GOFF","prenoms":"Anne","dateNaissance":"1990-03-01",)"
                R"("email":"a@example.org"},"texteLibre":"secret")");
  const Numero two =
      file('B', R"("demandeur":{"nom":"Le Goff","prenoms":"Bruno","dateNaissance":"1990-01-03"})");
  queue(one, two, {.reason = "identity_only"});
  const auto shown = show_review(m_showing, m_gestion.decision, only_line(m_gestion));
  ASSERT_TRUE(shown);
  std::vector<std::string> said;
  for (const ComparedField& field : shown->fields)
    said.push_back(fmt::format("{} {} {}", field.place, mark_of(field.likeness), words_of(field.likeness)));
  EXPECT_THAT(said,
              ElementsAre("demandeur.nom ~ identique à la graphie près", "demandeur.prenoms ≠ différent",
                          "demandeur.dateNaissance ~ proche", "demandeur.email - inconnu d'un côté"));
  EXPECT_EQ(shown->fields[0].one.reveal(), "LE GOFF");
  EXPECT_EQ(count("audit_leaf WHERE action = 'review' AND agent = 'gestion' AND subject IS NOT NULL"), 2);
  EXPECT_EQ(count("review_shown WHERE account_id = 'gestion'"), 1);
}

TEST_F(ReviewQueue, does_not_hold_a_protected_pair_for_who_is_not_named_for_both) {
  const Numero victim = file('A', R"("demandeur":{"nom":"X"},"motifs":["violencesFamiliales"])");
  const Numero other = file('B');
  queue(victim, other, {.reason = "identity_only"});
  EXPECT_THAT(queue_of(m_gestion), IsEmpty());
  tie(victim, "dossier-nominatif", "gestion");
  EXPECT_THAT(queue_of(m_gestion), IsEmpty());
  tie(other, "dossier-nominatif", "gestion");
  const model::Uuid id = only_line(m_gestion);
  EXPECT_EQ(refusal(m_gestion, id), "");
  const Agent stranger = agent("gestion2");
  EXPECT_THAT(queue_of(stranger), IsEmpty());
  EXPECT_EQ(refusal(stranger, id), "PAS-REG-021");
  EXPECT_EQ(refusal(stranger, store::make_uuid(m_clock.now())), "PAS-REG-021");
  EXPECT_EQ(outcome(decide(stranger, {.id = id, .outcome = "different", .reason = "homonyme"})),
            "PAS-REG-021");
}

TEST_F(ReviewQueue, does_not_hold_a_household_that_separates) {
  const Numero leaving = file('A', R"("demandeur":{"nom":"X"},"motifs":["divorceSeparation"])");
  queue(leaving, file('B'), {.reason = "household_differs"});
  EXPECT_THAT(queue_of(m_gestion), IsEmpty());
}

TEST_F(ReviewQueue, is_for_those_who_keep_demandes_unique) {
  const auto refused = authorize_many(m_showing, acting("bureau", "guichet", "enregistrement"),
                                      policy::Action::review_pairs, "063");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().rule(), "refus-par-defaut");
  EXPECT_FALSE(authorize_many(m_showing, holder_of_keys(), policy::Action::review_pairs, "063"))
      << "who decides is named";
}

TEST_F(ReviewQueue, forgets_the_pairs_of_an_erased_demande) {
  const Numero one = file('A');
  const Numero two = file('B');
  queue(one, two, {.reason = "identity_only"});
  const model::Uuid id = only_line(m_gestion);
  ASSERT_TRUE(show_review(m_showing, m_gestion.decision, id));
  ASSERT_EQ(outcome(decide(m_gestion, {.id = id, .outcome = "different", .reason = "homonyme"})), "done");
  ASSERT_TRUE(erase_registered(m_registry, decision(policy::Action::erase_demande), one, "test", m_erasures));
  EXPECT_EQ(count("review"), 0);
  EXPECT_EQ(count("review_decision"), 0);
  EXPECT_EQ(count("review_shown"), 0);
}

}  // namespace
}  // namespace passerelle::service
