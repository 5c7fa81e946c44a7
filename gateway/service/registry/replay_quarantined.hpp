// The use case of a person who has a message of quarantine treated again, once what stopped it was mended.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/mapping/formats.hpp"
#include "gateway/model/geography.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/quarantine.hpp"
#include "gateway/service/registry/register_demande.hpp"

namespace passerelle::service {

/// By what a message is read and treated again.
struct ReplayTools {
  mapping::Formats& formats;
  const model::Geography* geography;  ///< null: commune codes are checked by form alone
  const LifeRules& rules;
};

struct ReplayOrder {
  mapping::FormatName format;  ///< any version and message of the peer
  bool for_real = false;       ///< else it is only told what would happen
};

/// What became of one demande of the message, or would.
struct ReplayedDemande {
  std::uint64_t rank = 0;
  std::optional<Registration> done;  ///< nothing when it is not for real
  bool changes = false;              ///< when it is not: whether it would act upon a demande that is there
};

struct Replay {
  std::vector<ReplayedDemande> demandes;
  model::Faults faults;  ///< that remain, of the reading and of the registry
  std::string denied;    ///< rule by which whoever sent it may not any more; else empty
  bool closed = false;   ///< whether the line is
};

/// Reads what a line holds by a format and has it treated as its sender asked, in their name, by the rights
/// that they have now and under the key of their message: what was done already answers as it did. A line of
/// which everything was treated is closed. To administer; leaves its trace. Nothing when no such line waits.
/// The error is that of a format that cannot be used: French text. Throws store::DatabaseError; the same
/// order again then finishes what was begun.
[[nodiscard]] tl::expected<std::optional<Replay>, std::string> replay_quarantined(
    const Registry& registry, const policy::Decision& decision, const ReplayTools& tools,
    const model::Uuid& id, const ReplayOrder& order);

}  // namespace passerelle::service
