// The proof that the policy allowed an action: a use case takes one, and only a policy can make it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/model/clock.hpp"
#include "gateway/model/personal.hpp"
#include "gateway/policy/access_request.hpp"
#include "gateway/policy/field_mask.hpp"

namespace passerelle::policy {

/// The stable word of an action, in audit leaves.
[[nodiscard]] std::string_view action_name(Action action) noexcept;

/// Who asks.
struct Actor {
  std::string body;     ///< the legal body that acts, or for which a delegate does
  std::string agent;    ///< the person or program, as traces name it
  std::string account;  ///< that dated acts open accesses to; empty: the administrator of the machine
  std::string role;     ///< line of roles.csv in which it acts
};

/// What answers do not depend on, but traces and masks do.
struct Asker {
  Actor actor;
  model::Time at;          ///< of the request
  std::string subject;     ///< identifier of the demande it is about; empty: of none that is known, or many
  std::size_t holder = 0;  ///< rank of the cotitulaire who asks, from 0
  model::Personal<std::string> reason;  ///< why now, in their words
};

/// What was asked, before anything was read.
struct Request {
  Asker asker;
  AccessRequest access;
};

/// A request together with the rule that allowed it, or that denied it: audit leaves are made of both.
class Verdict {
 public:
  [[nodiscard]] const Actor& actor() const noexcept { return m_request.asker.actor; }
  [[nodiscard]] const Request& request() const noexcept { return m_request; }
  [[nodiscard]] Action action() const noexcept { return m_request.access.action; }
  /// A word of the register of processings.
  [[nodiscard]] std::string_view purpose() const noexcept { return word_name(m_request.access.purpose); }
  /// Codes of three digits, in rising order.
  [[nodiscard]] const std::vector<std::string>& territories() const noexcept { return m_territories; }
  [[nodiscard]] const std::string& rule() const noexcept { return m_rule; }
  [[nodiscard]] bool allowed() const noexcept { return m_allowed; }

 protected:
  Verdict(Request request, std::string_view rule, bool allowed)
      : m_request(std::move(request)),
        m_territories(m_request.access.asked.codes()),
        m_rule(rule),
        m_allowed(allowed) {}

 private:
  Request m_request;
  std::vector<std::string> m_territories;
  std::string m_rule;
  bool m_allowed;
};

/// What it shows, under which conditions, by which text. INVARIANT: a path to a demande without one does not
/// compile, and only a policy makes one.
class Decision : public Verdict {
 public:
  /// Line of actors.csv by which it was permitted.
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
  /// Whether a record holds a value of some classes, by the tables that made this decision; of no list counts
  /// as any code. What it holds of them is gone afterwards. Throws as `mask`.
  [[nodiscard]] bool takes_out(codec::Record& record, FieldClasses classes) const;

 private:
  friend class Engine;
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
  friend class Engine;
  Denial(Request request, std::string_view rule) : Verdict(std::move(request), rule, false) {}
};

}  // namespace passerelle::policy
