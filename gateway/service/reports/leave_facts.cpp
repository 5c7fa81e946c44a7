#include "gateway/service/reports/leave_facts.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "gateway/life/life_words.hpp"
#include "gateway/reports/happening.hpp"
#include "gateway/service/access/pivot_text.hpp"
#include "gateway/service/registry/erase.hpp"
#include "gateway/service/reports/read_profile.hpp"
#include "gateway/store/cipher.hpp"
#include "gateway/store/fact_table.hpp"
#include "gateway/store/life_table.hpp"

namespace passerelle::service {
namespace {

using model::Bands;
using reports::Happening;
using reports::Standing;
using store::Transaction;

std::string bands_place(const model::Uuid& demande) {
  return fmt::format("bands/{}", demande.text());
}

void queue_facts(Transaction& transaction, const std::string& territory, const Happening& happening,
                 const Standing& before, const Standing& after) {
  for (const model::Fact& fact : reports::facts_of(happening, before, after))
    store::queue_fact(transaction, territory, fact);
}

/// How one demande stands for reports, and how it changes.
class Reported {
 public:
  Reported(const Registry& registry, Transaction& transaction, const store::DemandeId& demande,
           const store::ReportedDemande& row)
      : m_registry(registry),
        m_transaction(transaction),
        m_demande(demande),
        m_row(row),
        m_key(open_demande_key(registry.keys, demande.id, row.key)),
        m_before{row.counted, row.bands ? opened(*row.bands) : Bands{}} {}

  void happen(const ReportedEvent& event, const std::string& day) {
    Standing after{event.in_stock, m_before.bands};
    if (event.bands_of || !m_row.bands) after.bands = bands_now(event.bands_of.value_or(day));
    queue_facts(m_transaction, m_demande.territory,
                {.kind = event.kind, .day = day, .deposited_on = m_row.deposited_on, .motive = event.motive},
                m_before, after);
    if (m_row.bands && after.counted == m_before.counted && after.bands == m_before.bands) return;
    store::queue_reported(m_transaction, m_demande, after.counted,
                          seal_bands(m_key, m_demande.id, after.bands));
  }

 private:
  [[nodiscard]] Bands opened(const store::Bytes& sealed) const {
    const auto text = store::unseal(m_key, sealed, bands_place(m_demande.id));
    const auto bands = text ? reports::parse_bands(store::text_of(*text)) : std::nullopt;
    if (!bands) throw store::KeyFileError("des tranches ne s'ouvrent pas avec la clé de leur demande");
    return *bands;
  }

  /// Those of the present version.
  [[nodiscard]] Bands bands_now(const std::string& day) const {
    if (m_registry.pivot == nullptr) return m_before.bands;
    const auto found = store::find_present(m_transaction, m_demande);
    if (!found) return m_before.bands;
    PivotText stored(*m_registry.pivot);
    return bands_on(read_profile(stored.read(open_version(m_key, *found).pivot.reveal())), day);
  }

  const Registry& m_registry;
  Transaction& m_transaction;
  const store::DemandeId& m_demande;
  const store::ReportedDemande& m_row;
  store::SecretKey m_key;
  Standing m_before;
};

/// A word that somebody wrote is no motive.
std::optional<std::string> known_motive(const std::optional<std::string>& motive) {
  return motive && life::words::parse(life::words::motives, *motive) ? motive : std::nullopt;
}

}  // namespace

bool is_in_stock(std::string_view state) noexcept {
  return state == "active" || state == "overdue";
}

Bands bands_on(const model::Personal<reports::Profile>& profile, std::string_view day) {
  const auto on = model::Date::parse(day);
  return on ? reports::bands_of(profile.reveal(), *on) : Bands{};
}

store::Bytes seal_bands(const store::SecretKey& key, const model::Uuid& demande, const Bands& bands) {
  return store::seal(key, store::octets_of(reports::bands_text(bands)), bands_place(demande));
}

void queue_filing_facts(Transaction& transaction, const std::string& territory, const FiledFacts& filed) {
  const Standing nowhere;
  const Standing there{is_in_stock(filed.state) || filed.radiated_on, filed.bands};
  const std::string& deposited_on = filed.deposited_on;
  queue_facts(transaction, territory,
              {.kind = std::string(reports::filing_kind), .day = deposited_on, .deposited_on = deposited_on},
              nowhere, there);
  if (!filed.radiated_on) return;
  queue_facts(transaction, territory,
              {.kind = std::string(came_radiated),
               .day = std::max(*filed.radiated_on, deposited_on),
               .deposited_on = deposited_on,
               .motive = known_motive(filed.motive)},
              there, {false, filed.bands});
}

void leave_facts(const Registry& registry, Transaction& transaction, const store::DemandeId& demande,
                 const ReportedEvent& event) {
  const auto row = store::find_reported(transaction, demande);
  if (row) Reported(registry, transaction, demande, *row).happen(event, row->last_on);
}

void leave_erasure_fact(const Registry& registry, Transaction& transaction, const store::DemandeId& demande,
                        model::Time erased_at) {
  const auto row = store::find_reported(transaction, demande);
  if (!row || !row->counted) return;
  const auto day = store::day_of(transaction, demande.territory, erased_at);
  Reported(registry, transaction, demande, *row)
      .happen({.kind = std::string(erasure_event)},
              std::max(row->last_on, model::utc_day(day.value_or(std::chrono::sys_days{}))));
}

}  // namespace passerelle::service
