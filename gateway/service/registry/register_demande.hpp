// The use case of registration: a demande gets its numero unique, once, whoever sends it and however often.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "gateway/model/fault.hpp"
#include "gateway/model/numero_unique.hpp"
#include "gateway/policy/decision.hpp"
#include "gateway/service/registry/filing.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// What came, and the key that its sender gave it: the same key again gets the same answer.
struct Message {
  std::string key;                       ///< 1 to 200 characters
  std::string format;                    ///< peer@version:message
  model::Personal<std::string> content;  ///< what is kept of it, and must be the same under the same key
};

/// The message with what was read of it; both outlive it.
struct FiledMessage {
  const Filing& filing;
  const Message& message;
};

/// The key of a message whose sender gave none: the same content then gets the same answer, unless it comes
/// on another occasion (FiledDemande).
[[nodiscard]] std::string content_key(const Registry& registry, const model::Personal<std::string>& content,
                                      std::string_view occasion = {});

enum class Registered : std::uint8_t {
  anew,      ///< a new demande
  known,     ///< the household, or the number, has a demande: its number
  received,  ///< a receipt: who deposits is told later, and nothing now of what others have
  changed,   ///< something happened to a demande that was there: its number
};

struct Registration {
  Registered outcome{};
  std::optional<model::NumeroUnique> numero;  ///< nothing with a receipt

  friend bool operator==(const Registration&, const Registration&) = default;
};

/// Registers in the one territory of the decision. The answer is given after the commit of everything that it
/// tells: raw message, key, version, number, event, fact, news for partners, audit leaf. Faults refuse the
/// demande and leave nothing but the trace of their codes. A decision that defers (`differer`) gets a receipt
/// whatever others have deposited: a number that is taken or was erased is refused to nobody, the message is
/// kept for a person to see. Throws store::DatabaseError when the world fails:
/// nothing was done, or the same message sent again tells what was.
[[nodiscard]] tl::expected<Registration, model::Faults> register_demande(const Registry& registry,
                                                                         const policy::Decision& decision,
                                                                         const Filing& filing,
                                                                         const Message& message);

}  // namespace passerelle::service
