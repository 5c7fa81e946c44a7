#include "gateway/store/fact_table.hpp"

#include <fmt/format.h>

namespace passerelle::store {
namespace {

using model::CountedFact;
using model::Fact;

constexpr Statement insert_fact = {
    "insert_fact",
    "INSERT INTO fact (territory, month, kind, commune, age, household, typologie, motive, motion, delay) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
constexpr Statement insert_means = {"insert_means_fact",
                                    "INSERT INTO means_fact VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Statement counted_facts = {
    "count_facts",
    "SELECT of_the_year, kind, motive, motion, present_commune(commune, $3::date - 1), age, household, "
    "typologie, delay, count FROM (SELECT month >= $2::date AS of_the_year, kind, motive, motion, commune, "
    "age, "
    "household, typologie, delay, count(*) FROM fact WHERE territory = $1 AND month < $3::date AND "
    "(motion <> 0 OR month >= $2::date) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9) grouped "
    "ORDER BY 1, 2, 3, 5, 6, 7, 8, 4, 9"};
constexpr Statement counted_means = {
    "count_means_facts",
    "SELECT month >= $2::date, kind, motive, motion, resources, housing, count(*) FROM means_fact "
    "WHERE territory = $1 AND month < $3::date GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6"};
constexpr Statement reported = {
    "find_reported",
    "SELECT d.counted, d.bands, d.deposited_on::text, greatest(d.deposited_on, (SELECT max(happened_on) FROM "
    "event WHERE territory = $1 AND demande_id = $2 AND rank > 1))::text, k.generation, k.wrapped "
    "FROM demande d JOIN demande_key k ON k.territory = $1 AND k.demande_id = $2 "
    "WHERE d.territory = $1 AND d.demande_id = $2"};
constexpr Statement write_reported = {
    "write_reported", "UPDATE demande SET counted = $3, bands = $4 WHERE territory = $1 AND demande_id = $2"};

std::optional<std::int16_t> small_or_nothing(const Result& answer, int row, int column) {
  if (answer.is_null(row, column)) return std::nullopt;
  return static_cast<std::int16_t>(answer.number(row, column));
}

/// What both tables begin with.
CountedFact beginning_of(const Result& answer, int row) {
  return {.of_the_year = answer.truth(row, 0),
          .fact = {.month = {},
                   .kind = std::string(answer.text(row, 1)),
                   .bands = {},
                   .motive = answer.text_or_nothing(row, 2),
                   .motion = static_cast<std::int16_t>(answer.number(row, 3))}};
}

CountedFact fact_in(const Result& answer, int row) {
  CountedFact counted = beginning_of(answer, row);
  Fact& fact = counted.fact;
  fact.bands.commune = answer.text_or_nothing(row, 4);
  fact.bands.age = answer.text_or_nothing(row, 5);
  fact.bands.household = small_or_nothing(answer, row, 6);
  fact.bands.typologie = answer.text_or_nothing(row, 7);
  fact.delay = small_or_nothing(answer, row, 8);
  counted.count = answer.number(row, 9);
  return counted;
}

CountedFact means_in(const Result& answer, int row) {
  CountedFact counted = beginning_of(answer, row);
  counted.fact.bands.resources = answer.text_or_nothing(row, 4);
  counted.fact.bands.housing = answer.text_or_nothing(row, 5);
  counted.count = answer.number(row, 6);
  return counted;
}

template <typename Read>
std::vector<CountedFact> every(const Result& answer, Read read) {
  std::vector<CountedFact> all;
  all.reserve(static_cast<std::size_t>(answer.rows()));
  for (int row = 0; row < answer.rows(); ++row) all.push_back(read(answer, row));
  return all;
}

std::string first_of(int year) {
  return fmt::format("{:04}-01-01", year);
}

}  // namespace

void queue_fact(Transaction& transaction, const std::string& territory, const Fact& fact) {
  const model::Bands& bands = fact.bands;
  transaction.queue(insert_fact,
                    Parameters(territory, fact.month, fact.kind, bands.commune, bands.age, bands.household,
                               bands.typologie, fact.motive, fact.motion, fact.delay));
  if (fact.motion == 0) return;
  transaction.queue(insert_means, Parameters(territory, fact.month, fact.kind, fact.motive, fact.motion,
                                             bands.resources, bands.housing));
}

YearOfFacts count_facts(Transaction& transaction, const std::string& territory, int year) {
  const Parameters parameters(territory, first_of(year), first_of(year + 1));
  return {every(transaction.execute(counted_facts, parameters), fact_in),
          every(transaction.execute(counted_means, parameters), means_in)};
}

std::optional<ReportedDemande> find_reported(Transaction& transaction, const DemandeId& demande) {
  const Result found = transaction.execute(reported, Parameters(demande.territory, demande.id));
  if (found.empty()) return std::nullopt;
  ReportedDemande known{.counted = found.truth(0, 0),
                        .bands = {},
                        .deposited_on = std::string(found.text(0, 2)),
                        .last_on = std::string(found.text(0, 3)),
                        .key = sealed_in(found, 0, 4)};
  if (!found.is_null(0, 1)) known.bands = copy_of(found.octets(0, 1));
  return known;
}

void queue_reported(Transaction& transaction, const DemandeId& demande, bool counted, const Bytes& bands) {
  transaction.queue(write_reported, Parameters(demande.territory, demande.id, counted, bands));
}

}  // namespace passerelle::store
