// The use case that takes what a partner answers when it is asked what has happened since a time.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/mapping/formats.hpp"
#include "gateway/model/numero_unique.hpp"
#include "gateway/policy/decision.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

enum class PulledService : std::uint8_t {
  dalo,        ///< new recognitions of the right to housing
  radiations,  ///< demandes radiated elsewhere
};

/// The word under which its cursor is kept.
[[nodiscard]] std::string_view word_of(PulledService service) noexcept;

struct PullOrder {
  std::string partner;  ///< whose cursor it is
  PulledService service;
  mapping::FormatName format;                    ///< of the document
  model::Time asked_at;                          ///< when the partner was asked, before it answered
  const model::Personal<std::string>* document;  ///< what it answered; it outlives the work
  std::function<void(const model::Fault&)> on_fault;
};

/// What was told, by what became of it.
struct PullReport {
  int taken = 0;                             ///< has happened here, now or when it was told before
  int settled = 0;                           ///< its demande is past it: radiated already, say
  std::vector<model::NumeroUnique> unknown;  ///< numbers that lead to no demande here; kept as messages
  int refused = 0;                           ///< not ours to take: a motive of the calendar; kept too
  int unread = 0;                            ///< a fault of the document
};

/// From when a service is asked next: an hour before it was asked last, since clocks differ and repeats
/// change nothing; nothing when it never was. The decision is to import.
[[nodiscard]] std::optional<model::Time> pull_cursor(const Registry& registry,
                                                     const policy::Decision& decision,
                                                     const std::string& partner, PulledService service);

/// Lets happen what a document tells: `dalo_recognised` on its day, or the radiation that `take_message`
/// allows. Each is a message under a key of its content: told again, it changes nothing. What could not be
/// taken is kept as a raw message, once, as long as messages are. The cursor moves last, so that a pull that
/// was interrupted is made again. The error is that of a format without tables: French text.
[[nodiscard]] tl::expected<PullReport, std::string> take_pulled(const Registry& registry,
                                                                const policy::Decision& decision,
                                                                const LifeRules& rules,
                                                                mapping::Formats& formats,
                                                                const PullOrder& order);

}  // namespace passerelle::service
