// Links a CSV text in memory, for tests.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "gateway/linking/link.hpp"
#include "gateway/linking/records/read_records.hpp"
#include "gateway/linking/write_results.hpp"

namespace passerelle::linking {

inline constexpr std::string_view personne_spec =
    "id id\nlast_name nom_naissance\nusage_name nom_usage\nfirst_name prenoms\ndate date_naissance\n"
    "place lieu_naissance\nsex sexe\naddress adresse\npostcode code_postal\nplace ville\nphone telephone\n"
    "email courriel\ndemande demande\n";

struct LinkedPeople {
  Records records;
  Prepared prepared;
  Linked linked;

  [[nodiscard]] RecordId record(std::string_view id) const {
    return static_cast<RecordId>(std::ranges::find(records.ids, id) - records.ids.begin());
  }
  /// The cluster of an id, named by its first record.
  [[nodiscard]] RecordId cluster(std::string_view id) const { return linked.clusters[record(id)]; }
  /// The decision of a pair; different when it was not kept.
  [[nodiscard]] Decision decision(std::string_view left, std::string_view right) const {
    const PairOfRecords pair{std::min(record(left), record(right)), std::max(record(left), record(right))};
    const auto found = std::ranges::find(linked.pairs, pair, &ScoredPair::pair);
    return found == linked.pairs.end() ? Decision::different : found->decision;
  }
};

inline LinkedPeople link_people(std::string_view spec_text, std::string people,
                                const Executor& run = serial_executor()) {
  const LinkingSpec spec = parse_spec(spec_text).value();
  auto read = read_records(spec, std::move(people), std::nullopt, run);
  LinkedPeople all{std::move(read).value(), {}, {}};
  all.prepared = prepare(all.records, run);
  all.linked = link(all.records, spec.settings, all.prepared, train(all.records, all.prepared, run), run);
  return all;
}

}  // namespace passerelle::linking
