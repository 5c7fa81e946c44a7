// Quarantine: what cannot be treated is kept as it came, with the reason, until a person has looked.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/numero_unique.hpp"
#include "gateway/policy/decision.hpp"
#include "gateway/service/registry/raw_message.hpp"
#include "gateway/service/registry/registry.hpp"
#include "gateway/store/quarantine_table.hpp"

namespace passerelle::service {

/// A message that faults stopped.
struct StoppedMessage {
  std::string key;  ///< that its sender gave; empty: an import makes one of the content
  RawDocument raw;
  std::uint64_t rank = 0;                          ///< in its file, from 1; 0: the file itself
  std::optional<model::NumeroUnique> numero = {};  ///< that it names
};

/// Keeps a message that was to be registered or imported by the decision, with the faults that stopped it:
/// their codes and places, never a value. Whether it is kept: not when it waits already, and not when it
/// names a demande that was erased, of which nothing may come back. Throws store::DatabaseError.
bool quarantine_message(const Registry& registry, const policy::Decision& decision,
                        const StoppedMessage& message, const model::Faults& faults);

/// What waits for a person in the territory of the decision, the oldest first. To administer.
[[nodiscard]] std::vector<store::QuarantineLine> list_quarantined(const Registry& registry,
                                                                  const policy::Decision& decision);

/// What a line of quarantine holds, as it came. To administer; leaves its trace. Nothing when no line of that
/// identifier waits in the territory of the decision. Throws store::KeyFileError.
struct Quarantined {
  store::OpenQuarantineLine kept;
  model::Personal<std::string> content;
};
[[nodiscard]] std::optional<Quarantined> open_quarantined(const Registry& registry,
                                                          const policy::Decision& decision,
                                                          const model::Uuid& id);

/// Closes a line that nobody will treat, for a reason that is a code and no value: its content goes. Whether
/// it waited. To administer.
bool drop_quarantined(const Registry& registry, const policy::Decision& decision, const model::Uuid& id,
                      const std::string& reason);

}  // namespace passerelle::service
