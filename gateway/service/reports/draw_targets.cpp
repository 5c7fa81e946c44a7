#include "gateway/service/reports/draw_targets.hpp"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>
#include <map>

#include "gateway/codec/record_walk.hpp"
#include "gateway/model/commune_insee.hpp"
#include "gateway/model/montant.hpp"
#include "gateway/model/siren.hpp"
#include "gateway/reports/targets.hpp"
#include "gateway/service/access/pivot_text.hpp"
#include "gateway/service/life/event_detail.hpp"
#include "gateway/service/registry/place.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/service/reports/read_profile.hpp"
#include "gateway/store/cipher.hpp"
#include "gateway/store/detail_table.hpp"
#include "gateway/store/history_table.hpp"
#include "gateway/store/life_table.hpp"
#include "gateway/store/target_table.hpp"

namespace passerelle::service {
namespace {

using model::CountedLease;
using model::LeaseFact;
using store::Transaction;

constexpr int page_size = 200;
constexpr std::string_view lease_event = "housed";
constexpr std::string_view least_share = "cible-premier-quartile-hors-qpv";

std::string first_at(const codec::Record& pivot, std::string_view path) {
  std::string said;
  codec::for_each_text(pivot, pivot.root(), pivot.root_node(), path,
                       [&](codec::NodeId, std::string_view text) {
                         if (said.empty()) said = text;
                       });
  return said;
}

/// Of a code that says so; nothing of one that is not known.
std::optional<bool> yes_or_no(const std::string& code) {
  if (code != "oui" && code != "non") return std::nullopt;
  return code == "oui";
}

/// Of a threshold; nothing where none is known, or it is no amount.
std::optional<std::int64_t> cents_of(Transaction& transaction, std::string_view threshold,
                                     const std::string& commune, const std::string& day) {
  const auto line = threshold_in(transaction, std::string(threshold), commune, day);
  const auto amount =
      line ? model::Montant::parse(line->value) : tl::unexpected(model::FaultCode::value_amount);
  if (!amount) return std::nullopt;
  return amount->cents();
}

reports::QuartileAmounts amounts_in(Transaction& transaction, const std::string& commune,
                                    const std::string& day) {
  return {cents_of(transaction, "premier-quartile-ressources", commune, day),
          cents_of(transaction, "deuxieme-quartile-ressources", commune, day),
          cents_of(transaction, "troisieme-quartile-ressources", commune, day)};
}

/// What a lease counts, by what the demande said then and what the lease says.
LeaseFact fact_of(Transaction& transaction, PivotText& text, const model::Personal<std::string>& demande,
                  const model::Personal<std::string>& detail, const std::string& day) {
  const model::Personal<reports::Profile> profile = read_profile(text.read(demande.reveal()));
  const codec::Record& lease = text.read(detail.reveal());
  LeaseFact fact;
  const std::string commune = first_at(lease, "attribution.adresse.commune");
  if (!model::check_commune_insee(commune)) fact.commune = commune;
  const std::string bailleur = first_at(lease, "attribution.bailleur.siren");
  if (!model::check_siren(bailleur)) fact.bailleur = bailleur;
  fact.qpv = yes_or_no(first_at(lease, "attribution.quartierPrioritaire"));
  fact.renewal = yes_or_no(first_at(lease, "attribution.relogementRenouvellementUrbain")).value_or(false);
  const auto on = model::Date::parse(day);
  const std::string place = fact.commune.value_or(profile.reveal().commune);
  if (on && !place.empty())
    fact.quartile = reports::quartile_of(profile.reveal(), *on, amounts_in(transaction, place, day));
  return fact;
}

/// The leases of a year of the demandes that are there.
class NamedLeases {
 public:
  NamedLeases(const Registry& registry, Transaction& transaction, std::string territory, int year)
      : m_registry(registry),
        m_transaction(transaction),
        m_territory(std::move(territory)),
        m_year(fmt::format("{:04}-", year)),
        m_text(*registry.pivot) {}

  std::vector<CountedLease> count() {
    model::Uuid behind{model::Uuid::Octets{}};
    for (std::size_t size = page_size; size == page_size;) {
      const auto page = store::list_histories(m_transaction, m_territory, behind, page_size);
      size = page.size();
      for (const store::DemandeHistory& history : page) {
        behind = history.id;
        for (std::size_t rank = 1; rank <= history.events.size(); ++rank)
          take(history, history.events[rank - 1], static_cast<int>(rank));
      }
    }
    std::vector<CountedLease> leases;
    leases.reserve(m_counts.size());
    for (const auto& [lease, count] : m_counts) leases.push_back({lease, count});
    return leases;
  }

 private:
  void take(const store::DemandeHistory& history, const store::PastEvent& event, int rank) {
    if (event.kind != lease_event || !event.happened_on.starts_with(m_year)) return;
    const auto version = std::ranges::find(history.versions, event.version, &store::SealedVersion::version);
    const auto detail = store::find_detail_of(m_transaction, {m_territory, history.id}, rank);
    if (version == history.versions.end() || !detail) return;
    const store::SecretKey key = open_demande_key(m_registry.keys, history.id, history.key);
    const auto demande = open_text(key, version_place(history.id, event.version), version->sealed);
    const auto lease = open_text(key, detail_place(history.id, rank), detail->found.sealed);
    ++m_counts[fact_of(m_transaction, m_text, demande.pivot, lease.pivot, event.happened_on)];
  }

  const Registry& m_registry;
  Transaction& m_transaction;
  std::string m_territory;
  std::string m_year;
  PivotText m_text;
  std::map<LeaseFact, std::int64_t> m_counts;
};

/// Of each commune of a dwelling, on the last day of the year.
reports::TargetOf targets_of(Transaction& transaction, const std::vector<CountedLease>& leases, int year) {
  reports::TargetOf targets;
  const std::string day = fmt::format("{:04}-12-31", year);
  for (const CountedLease& counted : leases) {
    if (!counted.lease.commune || targets.contains(*counted.lease.commune)) continue;
    const auto line = threshold_in(transaction, std::string(least_share), *counted.lease.commune, day);
    if (line) targets.emplace(*counted.lease.commune, line->value);
  }
  return targets;
}

}  // namespace

void leave_lease_fact(const Registry& registry, Transaction& transaction, const SignedLease& lease) {
  const auto found = store::find_present(transaction, lease.demande);
  if (!found) return;
  assert(registry.pivot != nullptr);
  const store::SecretKey key = open_demande_key(registry.keys, found->id, found->key);
  PivotText text(*registry.pivot);
  const std::string day = life::day_text(lease.day);
  const LeaseFact fact = fact_of(transaction, text, open_version(key, *found).pivot, lease.detail, day);
  store::queue_lease_fact(transaction, lease.demande.territory, day, fact);
}

tl::expected<YearReport, model::Faults> draw_targets(const Registry& registry,
                                                     const policy::Decision& decision, const LifeRules& rules,
                                                     const ReportOrder& order) {
  assert(decision.action() == policy::Action::count_demandes && registry.pivot != nullptr);
  const std::string& territory = decision.territories().front();
  const model::Time now = registry.clock.now();
  return attempt(registry, decision, [&](Transaction& transaction) {
    const auto leases = order.from == ReportSource::facts
                            ? store::count_lease_facts(transaction, territory, order.year)
                            : NamedLeases(registry, transaction, territory, order.year).count();
    queue_trace(transaction, decision, territory, nullptr, now);
    const bool secret = decision.obligations().contains(policy::Obligation::secret_statistique);
    if (!order.for_everyone && !secret)
      return YearReport{reports::target_lines(leases, targets_of(transaction, leases, order.year)), false};
    const life::Day today = store::day_of(transaction, territory, now).value_or(life::Day{});
    const auto parameters = parameters_on(transaction, rules, territory, today);
    return YearReport{
        reports::target_lines_for_everyone(leases, parameters[life::Parameter::secrecy_threshold]), true};
  });
}

}  // namespace passerelle::service
