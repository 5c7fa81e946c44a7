// The use cases that read one demande: today, as of a past day, and its history. Each leaves its trace.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/model/numero_unique.hpp"
#include "gateway/model/personal.hpp"
#include "gateway/policy/decision.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// A version of a demande.
struct ReadDemande {
  model::NumeroUnique numero;  ///< the present one, even if it was asked by an old one
  int version;
  model::Time recorded_at;
  model::Personal<std::string> pivot;  ///< one line of JSON with the number, without any NIR
};

/// The demande that a number leads to, in the one territory of the decision; nothing when it leads to none,
/// or to one that was erased. Throws store::KeyFileError when the key file cannot open it.
[[nodiscard]] std::optional<ReadDemande> show_demande(const Registry& registry,
                                                      const policy::Decision& decision,
                                                      const model::NumeroUnique& numero);

/// The same as it stood at the end of a day (YYYY-MM-DD, which exists), where the territory is.
[[nodiscard]] std::optional<ReadDemande> show_demande_at(const Registry& registry,
                                                         const policy::Decision& decision,
                                                         const model::NumeroUnique& numero,
                                                         const std::string& day);

/// The shared history of a demande in order (CCH R441-2-15); empty when the number leads to none.
[[nodiscard]] std::vector<store::Event> list_demande_events(const Registry& registry,
                                                            const policy::Decision& decision,
                                                            const model::NumeroUnique& numero);

/// A place that says something else since an event.
struct ChangedField {
  std::string path;  ///< of the pivot, with ranks from 1
  model::Personal<std::string> before;
  model::Personal<std::string> after;
};
/// What an event changed.
struct EventChanges {
  bool valued;  ///< whether values are for who asks (class `change`); places alone are told otherwise
  std::vector<ChangedField> fields;
};

/// What the event of a rank changed of what a demande says, as the decision to read its history shows both
/// versions; nothing when the number leads to none, or who asks sees no such event.
[[nodiscard]] std::optional<EventChanges> list_changes_of(const Registry& registry,
                                                          const policy::Decision& decision,
                                                          const model::NumeroUnique& numero, int rank);

/// What the event of a rank says beside its kind, one line of JSON of the pivot, as the decision to read the
/// history shows it; nothing when the number leads to none, or who asks sees no such event, or it says
/// nothing more.
[[nodiscard]] std::optional<model::Personal<std::string>> show_detail(const Registry& registry,
                                                                      const policy::Decision& decision,
                                                                      const model::NumeroUnique& numero,
                                                                      int rank);

}  // namespace passerelle::service
