#include "gateway/service/reports/named_figures.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <stdexcept>

#include "gateway/reports/happening.hpp"
#include "gateway/service/access/pivot_text.hpp"
#include "gateway/service/life/run_day.hpp"
#include "gateway/service/registry/alias.hpp"
#include "gateway/service/reports/leave_facts.hpp"
#include "gateway/service/reports/read_profile.hpp"
#include "gateway/store/history_table.hpp"
#include "gateway/store/place_table.hpp"

namespace passerelle::service {
namespace {

using model::Bands;
using reports::Figures;
using reports::Indicator;

constexpr int page_size = 200;
constexpr std::string_view radiated = "radiated";
constexpr std::string_view fusion = "fusion";

/// What a version of a demande says.
struct ToldVersion {
  model::Personal<reports::Profile> profile;
  std::optional<std::string> renewed_on;
  ToldRadiation radiation;
};

/// Opens the versions of one demande, each once.
class Versions {
 public:
  Versions(const Registry& registry, PivotText& stored, const store::DemandeHistory& history)
      : m_stored(stored),
        m_history(history),
        m_key(open_demande_key(registry.keys, history.id, history.key)) {}

  const ToldVersion& at(int version) {
    const auto known = m_told.find(version);
    return known != m_told.end() ? known->second : m_told.emplace(version, read(version)).first->second;
  }

 private:
  ToldVersion read(int version) {
    const auto sealed = std::ranges::find(m_history.versions, version, &store::SealedVersion::version);
    if (sealed == m_history.versions.end()) return {};
    const VersionText text = open_version(m_key, {.id = m_history.id,
                                                  .numero = {},
                                                  .version = version,
                                                  .sealed = sealed->sealed,
                                                  .key = m_history.key});
    const codec::Record& record = m_stored.read(text.pivot.reveal());
    return {read_profile(record), renewed_on(record), told_radiation(record)};
  }

  PivotText& m_stored;
  const store::DemandeHistory& m_history;
  store::SecretKey m_key;
  std::map<int, ToldVersion> m_told;
};

/// Where a demande stands on a day.
struct Stand {
  std::string state;
  int version = 1;
  std::string valid_from;

  [[nodiscard]] bool in_stock() const { return is_in_stock(state); }
};

/// The year of a report, and what communes have become by its end.
class Year {
 public:
  Year(store::Transaction& transaction, int year)
      : m_transaction(transaction),
        m_first(fmt::format("{:04}-01-01", year)),
        m_last(fmt::format("{:04}-12-31", year)) {}

  [[nodiscard]] const std::string& first() const { return m_first; }
  [[nodiscard]] const std::string& last() const { return m_last; }
  [[nodiscard]] bool holds(const std::string& day) const { return m_first <= day && day <= m_last; }

  const std::string& heir_of(const std::string& commune) {
    const auto known = m_heirs.find(commune);
    if (known != m_heirs.end()) return known->second;
    return m_heirs.emplace(commune, store::present_commune(m_transaction, commune, m_last)).first->second;
  }

 private:
  store::Transaction& m_transaction;
  std::string m_first;
  std::string m_last;
  std::map<std::string, std::string> m_heirs;
};

/// One demande, from its first event to its last.
class NamedLife {
 public:
  NamedLife(const LifeRules& rules, Year& year, const store::DemandeHistory& history, Versions& versions,
            Figures& figures)
      : m_rules(rules), m_year(year), m_history(history), m_versions(versions), m_figures(figures) {}

  void count() {
    if (m_history.events.empty()) return;
    begin(m_history.events.front());
    for (auto event = m_history.events.begin() + 1; event != m_history.events.end(); ++event) {
      m_day = std::max(m_day, event->happened_on);  // told late, it counts with the latest
      follow(*event);
    }
    count_stock(m_at_first, Indicator::stock_before);
    count_stock(m_at_last, Indicator::stock);
  }

 private:
  [[nodiscard]] Bands bands(const Stand& stand) {
    Bands its = bands_on(m_versions.at(stand.version).profile, stand.valid_from);
    if (its.commune) its.commune = m_year.heir_of(*its.commune);
    return its;
  }

  void count_stock(const Stand& stand, Indicator indicator) {
    if (!stand.in_stock()) return;
    const Bands its = bands(stand);
    m_figures.count(indicator, its, 1);
    m_figures.count_means(indicator, its, 1);
  }

  /// It stands so from a day on.
  void stand(Stand next, const std::string& day) {
    if (m_year.holds(day) && m_stand.in_stock() != next.in_stock()) {
      const bool enters = next.in_stock();
      m_figures.count(enters ? Indicator::entered : Indicator::left, bands(enters ? next : m_stand), 1);
    }
    m_stand = std::move(next);
    if (day < m_year.first()) m_at_first = m_stand;
    if (day <= m_year.last()) m_at_last = m_stand;
  }

  void radiate(const std::string& motive, const std::string& day) {
    m_motive = motive;
    if (!m_year.holds(day)) return;
    m_figures.count_motive(Indicator::radiations, motive, 1);
    if (motive != reports::lease_motive) return;
    const Bands its = bands(m_stand);
    m_figures.count(Indicator::attributions, its, 1);
    m_figures.count_means(Indicator::attributions, its, 1);
    m_figures.count(Indicator::delay_months, its, reports::months_between(m_history.deposited_on, day));
  }

  void begin(const store::PastEvent& filed) {
    const ToldVersion& told = m_versions.at(filed.version);
    m_day = m_history.deposited_on;
    Stand first{filed.state.value_or("active"), filed.version, told.renewed_on.value_or(m_day)};
    const bool came_radiated = first.state == radiated;
    if (came_radiated) first.state = "active";
    stand(first, m_day);
    if (m_year.holds(m_day)) m_figures.count(Indicator::filings, bands(first), 1);
    if (!came_radiated) return;
    const std::string day = std::max(m_day, told.radiation.on.value_or(filed.happened_on));
    if (told.radiation.motive) radiate(*told.radiation.motive, day);
    first.state = radiated;
    stand(first, day);
  }

  /// The state that an event led to: a freeze hides it, a merge and its end do not say it.
  std::string state_after(const store::PastEvent& event) {
    if (event.kind == merged_event) {
      m_before_merge = m_stand.state;
      return "merged";
    }
    if (event.kind == restored_event) return m_before_merge;
    return event.state.value_or("frozen") == "frozen" ? m_stand.state : *event.state;
  }

  void follow(const store::PastEvent& event) {
    Stand next{state_after(event), event.version, m_stand.valid_from};
    const life::LifeEvent* const known = m_rules.table.find(event.kind);
    if (known != nullptr && known->does(life::Effect::validate)) next.valid_from = m_day;
    if (event.kind == merged_event && m_stand.state != radiated) radiate(std::string(fusion), m_day);
    if (next.state == radiated && m_stand.state != radiated && event.motive) radiate(*event.motive, m_day);
    if (m_year.holds(m_day)) count_event(event, next);
    stand(next, m_day);
  }

  void count_event(const store::PastEvent& event, const Stand& next) {
    if (event.kind == reports::renewal_kind) m_figures.count(Indicator::renewals, bands(next), 1);
    if (event.kind == reports::reactivation_kind) m_figures.count(Indicator::reactivations, bands(next), 1);
    if (event.kind == undone_event) m_figures.count_motive(Indicator::radiations_undone, m_motive, 1);
  }

  const LifeRules& m_rules;
  Year& m_year;
  const store::DemandeHistory& m_history;
  Versions& m_versions;
  Figures& m_figures;
  std::string m_day;
  std::string m_motive;        // of the last radiation
  std::string m_before_merge;  // the state then
  Stand m_stand;
  Stand m_at_first;
  Stand m_at_last;
};

}  // namespace

Figures named_figures(const Registry& registry, store::Transaction& transaction, const LifeRules& rules,
                      const std::string& territory, int year) {
  if (registry.pivot == nullptr) throw std::logic_error("named figures need the shape of the pivot");
  PivotText stored(*registry.pivot);
  Year bounds(transaction, year);
  Figures figures;
  model::Uuid behind{model::Uuid::Octets{}};
  for (std::size_t size = page_size; size == page_size;) {
    const auto page = store::list_histories(transaction, territory, behind, page_size);
    size = page.size();
    for (const store::DemandeHistory& history : page) {
      Versions versions(registry, stored, history);
      NamedLife(rules, bounds, history, versions, figures).count();
      behind = history.id;
    }
  }
  return figures;
}

}  // namespace passerelle::service
