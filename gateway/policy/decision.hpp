// The proof that the policy allowed an action: a use case takes one, and only a policy can make it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/policy/access_request.hpp"
#include "gateway/policy/field_mask.hpp"

namespace passerelle::policy {

/// The stable word of an action, in audit leaves.
[[nodiscard]] std::string_view action_name(Action action) noexcept;

/// Who asks.
struct Actor {
  std::string body;                  ///< the legal body that acts
  std::string agent;                 ///< the account of the person or program, as the body knows it
  bool local_administrator = false;  ///< runs our program on its own machine, with its keys
};

/// What is asked, before anything is read.
struct Request {
  Actor actor;
  Action action;
  std::string purpose;                   ///< why, in a word of the register of processings
  std::vector<std::string> territories;  ///< where, codes of three digits
};

/// A request together with the rule that allowed it, or that denied it: audit leaves are made of both.
class Verdict {
 public:
  [[nodiscard]] const Actor& actor() const noexcept { return m_request.actor; }
  [[nodiscard]] Action action() const noexcept { return m_request.action; }
  [[nodiscard]] const std::string& purpose() const noexcept { return m_request.purpose; }
  [[nodiscard]] const std::vector<std::string>& territories() const noexcept { return m_request.territories; }
  [[nodiscard]] const std::string& rule() const noexcept { return m_rule; }
  [[nodiscard]] bool allowed() const noexcept { return m_allowed; }

 protected:
  Verdict(Request request, std::string_view rule, bool allowed)
      : m_request(std::move(request)), m_rule(rule), m_allowed(allowed) {}

 private:
  Request m_request;
  std::string m_rule;
  bool m_allowed;
};

/// What it shows, under which conditions, by which text. INVARIANT: a path to a demande without one does not
/// compile, and only a policy makes one.
class Decision : public Verdict {
 public:
  /// Line of actors.csv by which it was permitted; empty for the local administrator without tables.
  [[nodiscard]] const std::string& by() const noexcept { return m_by; }
  [[nodiscard]] const std::string& legal_basis() const noexcept { return m_legal_basis; }
  /// Classes hidden wherever they stand.
  [[nodiscard]] FieldClasses hidden() const noexcept { return m_hidden; }
  /// Classes hidden even in what belongs to the person who asks: within `hidden`.
  [[nodiscard]] FieldClasses hidden_own() const noexcept { return m_hidden_own; }
  [[nodiscard]] Obligations obligations() const noexcept { return m_obligations; }

  /// Whether a record goes out as it is.
  [[nodiscard]] bool shows_everything() const noexcept;
  /// Leaves in a record what is shown to who looks, by the tables that made this decision and by no later
  /// ones; numbers as pseudonyms when it says so. Throws std::logic_error, and then the record must not be
  /// shown, when what it needs is missing: tables with the shape of the record, or pseudonyms.
  void mask(codec::Record& record, const Viewing& viewing) const;

 private:
  friend class LocalPolicy;
  friend class Engine;
  Decision(Request request, std::string_view rule) : Verdict(std::move(request), rule, true) {}
  Decision(Request request, const Ruling& ruling, std::shared_ptr<const FieldMask> field_mask)
      : Verdict(std::move(request), ruling.rule, true),
        m_by(ruling.actor),
        m_legal_basis(ruling.basis),
        m_hidden(ruling.hidden),
        m_hidden_own(ruling.hidden_own),
        m_obligations(ruling.obligations),
        m_field_mask(std::move(field_mask)) {}

  std::string m_by;
  std::string m_legal_basis;
  FieldClasses m_hidden;
  FieldClasses m_hidden_own;
  Obligations m_obligations;
  std::shared_ptr<const FieldMask> m_field_mask;  // of the tables that were in force
};

/// Why not: nothing was read.
class Denial : public Verdict {
 private:
  friend class LocalPolicy;
  friend class Engine;
  Denial(Request request, std::string_view rule) : Verdict(std::move(request), rule, false) {}
};

}  // namespace passerelle::policy
