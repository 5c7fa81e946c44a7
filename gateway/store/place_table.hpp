// The tables of places (schemas/sql/0013_place.sql): communes and what they became, EPCI, districts of a
// city, priority zones, thresholds; read as of a day and only ever added to.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/store/transaction.hpp"

namespace passerelle::store {

/// What every line of these tables says beside its own: since when, by which act, how surely, read where.
struct Said {
  std::string since;      ///< YYYY-MM-DD; empty: its first day is not known
  std::string until;      ///< YYYY-MM-DD, the first day on which it no longer holds; empty: no end is known
  std::string act;        ///< that decided it
  std::string certainty;  ///< `public`, `unsure` or `assumption`
  std::string source;     ///< where it was read
};

struct CommuneLine {
  std::string commune;  ///< Insee
  std::string name;
  std::string successor;  ///< the commune that it became a part of; empty: it is a commune
  Said said;
};

struct EpciLine {
  std::string epci;  ///< SIREN
  std::string name;
  std::string kind;  ///< CC, CA, CU, METRO
  Said said;
};

struct EpciCommuneLine {
  std::string epci;
  std::string commune;
  Said said;
};

struct DistrictLine {
  std::string district;
  std::string commune;
  std::string name;
  Said said;
};

struct ZoneLine {
  std::string zone;
  std::string kind;  ///< `qpv` or `zus`
  std::string name;
  std::string code;  ///< the official one; empty: not known
  std::vector<std::string> communes;
  std::string counted_until;  ///< YYYY-MM-DD; empty: it counts for targets as long as it is a zone
  Said said;
};

struct ThresholdLine {
  std::string threshold;
  std::string place;  ///< a commune, an EPCI, a district, or `*`: everywhere
  std::string value;  ///< decimal
  std::string unit;
  Said said;
};

struct StockLine {
  std::string body;
  std::string commune;  ///< where it has social housing
  Said said;
};

/// What became of lines that were given.
struct AddedLines {
  std::size_t added = 0;
  std::vector<std::size_t> refused;  ///< ranks, from 0, of those that contradict what is said
};

// Each of these adds lines. What is said already stays. A line that says otherwise from `today` (YYYY-MM-DD)
// or later, or that gives an end on such a day, ends the one without end that is there; whatever else
// contradicts what is said, of the past or in the lines themselves, is refused.
AddedLines add_communes(Transaction& transaction, const std::vector<CommuneLine>& lines,
                        const std::string& today);
AddedLines add_epcis(Transaction& transaction, const std::vector<EpciLine>& lines, const std::string& today);
AddedLines add_epci_communes(Transaction& transaction, const std::vector<EpciCommuneLine>& lines,
                             const std::string& today);
AddedLines add_districts(Transaction& transaction, const std::vector<DistrictLine>& lines,
                         const std::string& today);
AddedLines add_zones(Transaction& transaction, const std::vector<ZoneLine>& lines, const std::string& today);
AddedLines add_thresholds(Transaction& transaction, const std::vector<ThresholdLine>& lines,
                          const std::string& today);
AddedLines add_stocks(Transaction& transaction, const std::vector<StockLine>& lines,
                      const std::string& today);

/// Whether any commune is known.
[[nodiscard]] bool knows_communes(Transaction& transaction);
/// Which of these communes, EPCI and districts no line names. Where no commune is known at all, or no EPCI,
/// none of that kind is unknown.
[[nodiscard]] std::vector<std::string> unknown_places(Transaction& transaction,
                                                      const std::vector<std::string>& places);
/// Which of these communes have become, by others, a part of themselves.
[[nodiscard]] std::vector<std::string> own_successors(Transaction& transaction,
                                                      const std::vector<std::string>& communes);

// What is known on a day (YYYY-MM-DD).

/// The territory of a departement.
[[nodiscard]] std::optional<std::string> territory_of(Transaction& transaction,
                                                      const std::string& departement, const std::string& day);
[[nodiscard]] std::optional<CommuneLine> find_commune(Transaction& transaction, const std::string& commune,
                                                      const std::string& day);
/// The commune that a code stands for: what it has become, through any number of mergers, or itself.
[[nodiscard]] std::string present_commune(Transaction& transaction, const std::string& commune,
                                          const std::string& day);
/// The EPCI of a commune, and since when and by which act it is of it.
[[nodiscard]] std::optional<EpciLine> find_epci(Transaction& transaction, const std::string& commune,
                                                const std::string& day);
[[nodiscard]] std::vector<DistrictLine> list_districts(Transaction& transaction, const std::string& commune,
                                                       const std::string& day);
/// A zone that is one on the day, or that counts for targets all the same.
struct ZoneOnDay {
  ZoneLine line;
  bool in_force = false;
  bool counted = false;  ///< for the targets of attribution (CCH L441-1)
};
[[nodiscard]] std::vector<ZoneOnDay> list_zones(Transaction& transaction, const std::string& commune,
                                                const std::string& day);
/// Everything that holds in one of these places, in their order, then by name.
[[nodiscard]] std::vector<ThresholdLine> list_thresholds(Transaction& transaction,
                                                         const std::vector<std::string>& places,
                                                         const std::string& day);
/// What holds in the first of these places, the nearest first, that has a threshold of that name.
[[nodiscard]] std::optional<ThresholdLine> find_threshold(Transaction& transaction,
                                                          const std::string& threshold,
                                                          const std::vector<std::string>& places,
                                                          const std::string& day);

}  // namespace passerelle::store
