// What every event leaves for reports: facts in bands, which nothing leads from to the demande.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/model/fact.hpp"
#include "gateway/reports/bands.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// Whether a demande in a state of the table `demande` stands in the active stock: identified, and neither
/// radiated, merged nor erased. Assumption: one whose validity has ended does until it is radiated.
[[nodiscard]] bool is_in_stock(std::string_view state) noexcept;

/// The bands of a day, YYYY-MM-DD; none of one that cannot be read.
[[nodiscard]] model::Bands bands_on(const model::Personal<reports::Profile>& profile, std::string_view day);

/// The bands with which a demande stands in the stock, for its row.
[[nodiscard]] store::Bytes seal_bands(const store::SecretKey& key, const model::Uuid& demande,
                                      const model::Bands& bands);

/// The kind of the fact of a radiation that a demande had when it came.
inline constexpr std::string_view came_radiated = "came_radiated";

/// A demande that is filed.
struct FiledFacts {
  std::string deposited_on;  ///< YYYY-MM-DD
  std::string_view state;
  model::Bands bands;
  std::optional<std::string> radiated_on;  ///< YYYY-MM-DD, of one that is radiated
  std::optional<std::string> motive;       ///< of that; one that is not of its list is left out
};
/// It counts from the month of its deposit; one that came radiated, until that of its radiation.
void queue_filing_facts(store::Transaction& transaction, const std::string& territory,
                        const FiledFacts& filed);

/// An event that has just been written.
struct ReportedEvent {
  std::string kind;
  bool in_stock = false;                     ///< once it had happened
  std::optional<std::string> motive = {};    ///< of a radiation, or of one that is taken back
  std::optional<std::string> bands_of = {};  ///< YYYY-MM-DD: bands are read again as of this day; nothing:
                                             ///< they stay
};

/// Leaves the facts of an event of a demande, and keeps the bands with which it stands from now on. To be
/// called once the event and the version that it made are written, before the state of the demande is: the
/// second lock may shut it. Its month is that of the event or, of one told late, that of the latest event of
/// the demande: a stock never moves behind what has been counted. Reads the version with the shape of the
/// pivot (`Registry::pivot`); without it bands stay.
void leave_facts(const Registry& registry, store::Transaction& transaction, const store::DemandeId& demande,
                 const ReportedEvent& event);

/// The same of an erasure, before anything is erased. One that had left the stock leaves nothing.
/// `erased_at`: the first time, of one that is erased again in a copy.
void leave_erasure_fact(const Registry& registry, store::Transaction& transaction,
                        const store::DemandeId& demande, model::Time erased_at);

}  // namespace passerelle::service
