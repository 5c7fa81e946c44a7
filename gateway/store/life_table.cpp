#include "gateway/store/life_table.hpp"

#include <charconv>

#include "gateway/store/words.hpp"

namespace passerelle::store {
namespace {

using std::chrono::sys_days;

constexpr Statement life_of = {
    "find_life",
    "SELECT l.*, p.numero, k.generation, k.wrapped FROM life l "
    "JOIN numero p ON p.territory = $1 AND p.demande_id = l.demande_id AND p.present "
    "JOIN demande_key k ON k.territory = $1 AND k.demande_id = l.demande_id "
    "WHERE l.territory = $1 AND l.demande_id = "
    "(SELECT demande_id FROM numero WHERE territory = $1 AND numero = $2)"};
constexpr Statement write_life = {
    "write_life", "SELECT write_life($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"};
constexpr Statement unplan = {"unplan_life",
                              "UPDATE demande SET due_on = NULL WHERE territory = $1 AND demande_id = $2"};
constexpr Statement write_due = {
    "write_due",
    "UPDATE demande SET due_on = coalesce($3::date, 'infinity') WHERE territory = $1 AND demande_id = $2"};
constexpr Statement plan_again = {
    "plan_again", "UPDATE demande SET due_on = NULL WHERE territory = $1 AND due_on IS NOT NULL"};
constexpr Statement close_nirs = {"close_nirs", "DELETE FROM nir WHERE territory = $1 AND demande_id = $2"};

constexpr Statement insert_offer = {"insert_offer", "INSERT INTO offer VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Statement offer_of = {"find_offer",
                                "SELECT rank FROM offer WHERE territory = $1 AND demande_id = $2 "
                                "AND dwelling = $3 ORDER BY rank LIMIT 1"};
constexpr Statement close_offer = {"close_offer",
                                   "DELETE FROM offer WHERE territory = $1 AND demande_id = $2 "
                                   "AND rank = coalesce($3::integer, rank)"};

// Two indexes, each read in the order that is asked.
constexpr Statement due = {
    "list_due",
    "SELECT * FROM life l WHERE l.territory = $1 AND l.demande_id = ANY (ARRAY("
    "SELECT demande_id FROM (SELECT demande_id FROM demande WHERE territory = $1 AND due_on <= $2 "
    "AND demande_id > $3 AND state NOT IN ('merged', 'erased') "
    "UNION ALL (SELECT demande_id FROM demande WHERE territory = $1 AND due_on IS NULL AND demande_id > $3 "
    "AND state NOT IN ('merged', 'erased') ORDER BY demande_id LIMIT $4)) AS waiting "
    "ORDER BY demande_id LIMIT $4)) ORDER BY l.demande_id"};
constexpr Statement lives = {
    "list_lives",
    "SELECT * FROM life WHERE territory = $1 AND demande_id > $2 AND state NOT IN ('merged', 'erased') "
    "ORDER BY demande_id LIMIT $3"};
constexpr Statement states = {
    "count_states",
    "SELECT CASE WHEN frozen_on IS NULL THEN state ELSE 'frozen' END, count(*) FROM demande "
    "WHERE territory = $1 GROUP BY 1"};
constexpr Statement parameters = {
    "list_parameters", "SELECT name, value FROM parameter WHERE territory = $1 AND validity @> $2::date"};
constexpr Statement day_here = {
    "day_of", "SELECT ($2::timestamptz AT TIME ZONE zone)::date FROM territory WHERE territory = $1"};

std::vector<LivingDemande> every_life(const Result& answer) {
  std::vector<LivingDemande> all;
  all.reserve(static_cast<std::size_t>(answer.rows()));
  for (int row = 0; row < answer.rows(); ++row) all.push_back(living_in(answer, row));
  return all;
}

/// A day of a cell that our view wrote.
sys_days day_in(std::string_view text) {
  const auto part = [text](std::size_t at, std::size_t size) {
    int number = 0;
    std::from_chars(text.data() + at, text.data() + at + size, number);
    return number;
  };
  return std::chrono::year(part(0, 4)) / part(5, 2) / part(8, 2);
}

/// The column `offers`: rank/day/answer by.
std::vector<OfferRow> offers_in(std::string_view text) {
  std::vector<OfferRow> offers;
  for (const std::string& word : words_of(text)) {
    const std::size_t first = word.find('/');
    const std::size_t second = word.rfind('/');
    const sys_days made_on = day_in(std::string_view(word).substr(first + 1));
    const sys_days answer_by = day_in(std::string_view(word).substr(second + 1));
    offers.push_back({std::stoi(word), made_on, std::nullopt});
    if (answer_by != made_on) offers.back().answer_by = answer_by;
  }
  return offers;
}

}  // namespace

LivingDemande living_in(const Result& answer, int row) {
  return {.id = answer.uuid(row, 0),
          .version = static_cast<int>(answer.number(row, 1)),
          .events = static_cast<int>(answer.number(row, 2)),
          .deposited_on = answer.day(row, 3),
          .life = {.state = std::string(answer.text(row, 4)),
                   .valid_from = answer.day(row, 5),
                   .preavis_on = answer.day_or_nothing(row, 6),
                   .notice = answer.text_or_nothing(row, 7),
                   .notice_on = answer.day_or_nothing(row, 8),
                   .served_on = answer.day_or_nothing(row, 9),
                   .inadmissible_on = answer.day_or_nothing(row, 10),
                   .radiated_on = answer.day_or_nothing(row, 11),
                   .motive = answer.text_or_nothing(row, 12),
                   .shut = answer.truth(row, 13),
                   .frozen_on = answer.day_or_nothing(row, 14),
                   .offers = offers_in(answer.text(row, 16))}};
}

std::optional<NumberedLife> find_life(Transaction& transaction, const std::string& territory,
                                      const std::string& numero) {
  const Result found = transaction.execute(life_of, Parameters(territory, numero));
  if (found.empty()) return std::nullopt;
  return NumberedLife{living_in(found, 0), std::string(found.text(0, columns_of_life)),
                      sealed_in(found, 0, columns_of_life + 1)};
}

void queue_life(Transaction& transaction, const DemandeId& demande, const LifeRow& life,
                const std::optional<sys_days>& due_on) {
  transaction.queue(write_life,
                    Parameters(demande.territory, demande.id, life.state, life.valid_from, life.preavis_on,
                               life.notice, life.notice_on, life.served_on, life.inadmissible_on,
                               life.radiated_on, life.motive, life.shut, life.frozen_on, due_on));
}

void queue_restored_life(Transaction& transaction, const DemandeId& demande, const LifeRow& life) {
  queue_life(transaction, demande, life, std::nullopt);
  transaction.queue(unplan, Parameters(demande.territory, demande.id));
}

void queue_due(Transaction& transaction, const DemandeId& demande, const std::optional<sys_days>& due_on) {
  transaction.queue(write_due, Parameters(demande.territory, demande.id, due_on));
}

void queue_plan_again(Transaction& transaction, const std::string& territory) {
  transaction.queue(plan_again, Parameters(territory));
}

void queue_offer(Transaction& transaction, const DemandeId& demande, const OfferRow& offer,
                 const std::optional<Bytes>& dwelling) {
  transaction.queue(insert_offer, Parameters(demande.territory, demande.id, offer.rank, offer.made_on,
                                             offer.answer_by, dwelling));
}

std::optional<int> find_offer(Transaction& transaction, const DemandeId& demande, const Bytes& dwelling) {
  const Result found = transaction.execute(offer_of, Parameters(demande.territory, demande.id, dwelling));
  if (found.empty()) return std::nullopt;
  return static_cast<int>(found.number(0, 0));
}

void queue_offer_closed(Transaction& transaction, const DemandeId& demande, const std::optional<int>& rank) {
  transaction.queue(close_offer, Parameters(demande.territory, demande.id, rank));
}

void queue_nir_erasure(Transaction& transaction, const DemandeId& demande) {
  transaction.queue(close_nirs, Parameters(demande.territory, demande.id));
}

std::vector<LivingDemande> list_due(Transaction& transaction, const std::string& territory, sys_days day,
                                    const model::Uuid& behind, int limit) {
  return every_life(transaction.execute(due, Parameters(territory, day, behind, limit)));
}

std::vector<LivingDemande> list_lives(Transaction& transaction, const std::string& territory,
                                      const model::Uuid& behind, int limit) {
  return every_life(transaction.execute(lives, Parameters(territory, behind, limit)));
}

std::map<std::string, std::int64_t> count_states(Transaction& transaction, const std::string& territory) {
  const Result found = transaction.execute(states, Parameters(territory));
  std::map<std::string, std::int64_t> counts;
  for (int row = 0; row < found.rows(); ++row) counts.emplace(found.text(row, 0), found.number(row, 1));
  return counts;
}

std::map<std::string, std::string> list_parameters(Transaction& transaction, const std::string& territory,
                                                   sys_days day) {
  const Result found = transaction.execute(parameters, Parameters(territory, day));
  std::map<std::string, std::string> values;
  for (int row = 0; row < found.rows(); ++row) values.emplace(found.text(row, 0), found.text(row, 1));
  return values;
}

std::optional<sys_days> day_of(Transaction& transaction, const std::string& territory, model::Time time) {
  const Result found = transaction.execute(day_here, Parameters(territory, time));
  if (found.empty()) return std::nullopt;
  return found.day(0, 0);
}

}  // namespace passerelle::store
