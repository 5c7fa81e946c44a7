#include "gateway/service/registry/link_territory.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <set>

#include "gateway/codec/csv/csv_cell.hpp"
#include "gateway/linking/frozen/cells.hpp"
#include "gateway/linking/frozen/frozen_link.hpp"
#include "gateway/linking/link.hpp"
#include "gateway/service/registry/filed_household.hpp"

namespace passerelle::service {
namespace {

using store::Candidate;
using store::FoundPresentation;
using store::Transaction;

constexpr int page = 1000;

/// Hands the presentations of the territory of a decision to `use`, page by page, each in a transaction.
template <typename Use>
void for_each_page(const Registry& registry, const policy::Decision& decision, Use use) {
  model::Uuid behind{model::Uuid::Octets{}};
  std::size_t found = page;
  while (found == page) {
    found = store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
      const auto listed =
          store::list_presentations(transaction, decision.territories().front(), behind, page);
      use(transaction, listed);
      if (!listed.empty()) behind = listed.back().id;
      return listed.size();
    });
  }
}

/// Leaves the trace of what was read in transactions that are over.
void trace_alone(const Registry& registry, const policy::Decision& decision) {
  store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    leave_trace(transaction, registry, decision);
    return true;
  });
}

/// Everyone of a territory, as a batch compares them.
struct People {
  std::vector<linking::Cells> cells;
  std::vector<std::pair<model::Uuid, model::Uuid>> sightings;  ///< of whose demande, alive
};

People read_people(const Registry& registry, const policy::Decision& decision) {
  const auto columns = linking::cell_columns(registry.linker->model().spec);
  const auto household = std::ranges::find(columns, PersonLinker::household_column) - columns.begin();
  People people;
  for_each_page(registry, decision, [&](Transaction&, const std::vector<FoundPresentation>& listed) {
    for (const FoundPresentation& one : listed) {
      linking::Cells cells = registry.linker->cells(open_facts(registry, one));
      if (static_cast<std::size_t>(household) < cells.size())
        cells[static_cast<std::size_t>(household)] = one.alive.text();
      people.cells.push_back(std::move(cells));
      people.sightings.emplace_back(one.demande, one.alive);
    }
  });
  return people;
}

/// Two demandes alive, the older first, and where their persons were seen.
using PairsOfDemandes = std::map<std::pair<model::Uuid, model::Uuid>, store::Sightings>;

void add_pair(PairsOfDemandes& pairs, const store::Sightings& seen) {
  const model::Uuid& left = seen.begin()->second;
  const model::Uuid& right = seen.rbegin()->second;
  if (left != right) pairs[std::minmax(left, right)].insert(seen.begin(), seen.end());
}

linking::Linked link_people(const Registry& registry, const People& people, const linking::Executor& run) {
  const linking::FrozenModel& model = registry.linker->model();
  linking::Records records = linking::records_of_cells(model.spec, people.cells, {}, nullptr);
  const linking::Prepared prepared = linking::prepare_frozen(model, records, run);
  return linking::link(records, model.spec.settings, prepared, model.model, run);
}

PairsOfDemandes compare_people(const Registry& registry, const People& people, const linking::Executor& run) {
  const linking::Linked linked = link_people(registry, people, run);
  PairsOfDemandes pairs;
  for (const linking::ScoredPair& scored : linked.pairs) {
    if (scored.decision == linking::Decision::different) continue;
    add_pair(pairs, {people.sightings[scored.pair.left], people.sightings[scored.pair.right]});
  }
  return pairs;
}

/// Those whose people weights bring together, and those who share an identity.
PairsOfDemandes pairs_of(const Registry& registry, const policy::Decision& decision, const People& people,
                         const linking::Executor& run) {
  PairsOfDemandes pairs = compare_people(registry, people, run);
  const auto shared = store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    return store::list_shared_identities(transaction, decision.territories().front());
  });
  for (const store::Sightings& seen : shared) add_pair(pairs, seen);
  return pairs;
}

std::string review_state(std::optional<bool> open) {
  if (!open) return {};
  return *open ? "open" : "decided";
}

TerritoryPair territory_pair(const Registry& registry, const std::string& territory, const Candidate& one,
                             const Candidate& other, const Kinship& kinship) {
  std::set<std::string> macs;
  for (const Candidate* side : {&one, &other}) {
    for (const FoundPresentation& presented : side->presentations)
      macs.emplace(store::text_of(presented.mac));
  }
  return {.demande = {territory, one.id},
          .other_demande = other.id,
          .one = *model::NumeroUnique::parse(one.numero),
          .other = *model::NumeroUnique::parse(other.numero),
          .relation = kinship.relation,
          .doubt = doubt_of(registry, kinship, compared_hash(registry, macs)),
          .review = {}};
}

/// What the two demandes of a pair are to each other; nothing when one of them is not alive. With those
/// merged into them, the closest relation counts.
std::optional<TerritoryPair> judge_pair(const Registry& registry, Transaction& transaction,
                                        const std::string& territory,
                                        const PairsOfDemandes::value_type& pair) {
  const auto candidates = store::list_candidates(transaction, territory, pair.second);
  std::optional<TerritoryPair> judged;
  for (const Candidate& one : candidates) {
    for (const Candidate& other : candidates) {
      if (one.id != pair.first.first || other.id != pair.first.second) continue;
      const Kinship kinship =
          compare_households(registry.linker, persons_of(registry, one), persons_of(registry, other));
      if (kinship.relation > (judged ? judged->relation : Household::unrelated))
        judged = territory_pair(registry, territory, one, other, kinship);
    }
  }
  if (judged)
    judged->review = review_state(store::find_pair(transaction, judged->demande, judged->other_demande));
  return judged;
}

}  // namespace

TerritoryReport link_territory(const Registry& registry, const policy::Decision& decision,
                               const linking::Executor& run) {
  assert(decision.action() == policy::Action::run_mass_effect && registry.linker != nullptr);
  const std::string& territory = decision.territories().front();
  const People people = read_people(registry, decision);
  TerritoryReport report{.demandes = 0, .presentations = people.cells.size(), .pairs = {}};
  std::set<model::Uuid> demandes;
  for (const auto& [own, alive] : people.sightings) demandes.insert(alive);
  report.demandes = demandes.size();
  for (const auto& pair : pairs_of(registry, decision, people, run)) {
    auto judged = store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
      return judge_pair(registry, transaction, territory, pair);
    });
    if (judged) report.pairs.push_back(std::move(*judged));
  }
  trace_alone(registry, decision);
  return report;
}

linking::PairsSeen see_territory(const Registry& registry, const policy::Decision& decision,
                                 const linking::Executor& run) {
  assert(decision.action() == policy::Action::run_mass_effect && registry.linker != nullptr);
  const linking::FrozenModel& model = registry.linker->model();
  const linking::Linked linked = link_people(registry, read_people(registry, decision), run);
  trace_alone(registry, decision);
  return linking::see_pairs(linked.pairs, model.comparisons, model.spec.settings.review);
}

std::uint64_t open_reviews(const Registry& registry, const policy::Decision& decision,
                           const TerritoryReport& report) {
  std::uint64_t opened = 0;
  for (const TerritoryPair& pair : report.pairs) {
    if (!pair.review.empty()) continue;
    store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
      store::queue_review(transaction, pair.demande, pair.other_demande, pair.doubt, registry.clock.now());
      leave_trace(transaction, registry, decision);
      return true;
    });
    ++opened;
  }
  return opened;
}

void export_people(const Registry& registry, const policy::Decision& decision, codec::ByteSink& out) {
  assert(decision.action() == policy::Action::export_territory);
  std::string line = "id";
  for (const std::string_view column : linking_columns) line.append(",").append(column);
  out.write(line.append(",demande\n"));
  for_each_page(registry, decision, [&](Transaction&, const std::vector<FoundPresentation>& listed) {
    for (const FoundPresentation& one : listed) {
      const LinkingFacts facts = open_facts(registry, one);
      line = one.id.text();
      for (std::size_t column = 0; column < linking_columns.size(); ++column)
        line.append(",").append(codec::csv_cell(facts[static_cast<LinkingFact>(column)]));
      out.write(line.append(",").append(one.alive.text()).append("\n"));
    }
  });
  trace_alone(registry, decision);
}

std::uint64_t reindex_territory(const Registry& registry, const policy::Decision& decision) {
  assert(decision.action() == policy::Action::administer && registry.linker != nullptr);
  const store::SecretKey& match = registry.keys.current_key(store::KeyUse::match);
  std::uint64_t made = 0;
  for_each_page(registry, decision,
                [&](Transaction& transaction, const std::vector<FoundPresentation>& listed) {
                  for (const FoundPresentation& one : listed) {
                    const linking::Cells cells = registry.linker->cells(open_facts(registry, one));
                    store::queue_new_keys(transaction, decision.territories().front(), one.id,
                                          registry.linker->keys(match, cells));
                  }
                  made += listed.size();
                });
  store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    store::queue_new_rules(transaction, decision.territories().front(), registry.linker->rules(),
                           registry.clock.now());
    leave_trace(transaction, registry, decision);
    return true;
  });
  return made;
}

}  // namespace passerelle::service
