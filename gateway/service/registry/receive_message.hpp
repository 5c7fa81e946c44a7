// What a registration and a deposit do the same way: look where it is filed, keep what came.
#pragma once

#include <optional>
#include <string>

#include "gateway/service/registry/filing.hpp"
#include "gateway/service/registry/register_demande.hpp"
#include "gateway/store/exchange_table.hpp"
#include "gateway/store/reference_table.hpp"

namespace passerelle::service {

/// The desk of a filing, as the tables know it; empty when it names none.
[[nodiscard]] std::string guichet_of(const Filing& filing);

/// What must be known of where a filing comes from and what it wishes for.
[[nodiscard]] store::DeskAsked desk_of(const Filing& filing, const std::string& territory);

/// Whether someone of the household acts.
[[nodiscard]] bool is_of_the_household(const policy::Decision& decision) noexcept;
/// As the history names who acts: a person of the household is told from no other.
[[nodiscard]] std::string author_of(const policy::Decision& decision);

/// Refuses a filing at a desk or of a place that the territory does not have, or without number where others
/// give them. Throws Refusal; nothing that anyone else has deposited is looked at.
void check_place(const Filing& filing, const std::string& territory, const store::Desk& desk);

/// Refuses a filing that asks first for a place outside the territory: its part of the above.
void check_wish(const store::Desk& desk);

/// A message as the key of its sender is claimed with.
[[nodiscard]] store::KeyedMessage keyed_message(const Registry& registry, const policy::Decision& decision,
                                                const Message& message, model::Time now);

/// The same of what is said about the demande of a number: its key used about another, or for another event,
/// is used for another content. What is imported says by itself what it is about.
[[nodiscard]] store::KeyedMessage keyed_about(const Registry& registry, const policy::Decision& decision,
                                              const Message& message, std::string_view about,
                                              model::Time now);

/// What came, sealed, as the table of raw messages keeps it; without a demande when it has become none.
[[nodiscard]] store::RawMessage raw_message(const Registry& registry, const policy::Decision& decision,
                                            const Message& message, const std::optional<model::Uuid>& demande,
                                            model::Time now);
/// The answers to the messages of one transaction, each kept with the key of its message.
class Answers {
 public:
  /// Both outlive it.
  Answers(const Registry& registry, const policy::Decision& decision)
      : m_registry(registry), m_decision(decision) {}

  /// Keeps an answer, sealed under the key of its demande, and leaves the trace.
  void keep(store::Transaction& transaction, const store::KeyedMessage& message, const model::Uuid& demande,
            const store::SecretKey& key, const Registration& answer) const;
  /// The answer that was given to a message whose key was claimed before. Refuses another content, and one
  /// whose demande was erased.
  [[nodiscard]] Registration repeat(store::Transaction& transaction,
                                    const store::KeyedMessage& message) const;

 private:
  const Registry& m_registry;
  const policy::Decision& m_decision;
};

/// What came, of a row of that table. Throws store::KeyFileError.
[[nodiscard]] model::Personal<std::string> open_message(const Registry& registry, const model::Uuid& message,
                                                        const store::Sealed& content);

}  // namespace passerelle::service
