// Anonymous facts (schemas/sql/0004_evidence.sql, 0015_reports.sql), only ever added to, and how each demande
// stands for them.
#pragma once

#include <string>
#include <vector>

#include "gateway/model/fact.hpp"
#include "gateway/store/demande_table.hpp"

namespace passerelle::store {

/// Writes a fact; of what enters or leaves the stock, resources and present housing in a row of their own,
/// which no commune stands in.
void queue_fact(Transaction& transaction, const std::string& territory, const model::Fact& fact);

/// The facts of a territory until the end of a year, how many of each sort: those of the year, and those
/// before it that moved the stock. In a stable order.
struct YearOfFacts {
  std::vector<model::CountedFact> facts;  ///< without resources and housing
  std::vector<model::CountedFact> means;  ///< with these alone
};
[[nodiscard]] YearOfFacts count_facts(Transaction& transaction, const std::string& territory, int year);

/// How reports see a demande.
struct ReportedDemande {
  bool counted;                ///< in the active stock
  std::optional<Bytes> bands;  ///< with which it entered last, sealed; nothing: it never stood there
  std::string deposited_on;    ///< YYYY-MM-DD
  std::string last_on;         ///< YYYY-MM-DD: of the latest event behind the first, not before the deposit
  Sealed key;
};
/// Nothing of one that was erased.
[[nodiscard]] std::optional<ReportedDemande> find_reported(Transaction& transaction,
                                                           const DemandeId& demande);
void queue_reported(Transaction& transaction, const DemandeId& demande, bool counted, const Bytes& bands);

}  // namespace passerelle::store
