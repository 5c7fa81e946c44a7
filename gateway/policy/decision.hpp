// The proof that the policy allowed an action: a use case takes one, and only a policy can make it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace passerelle::policy {

enum class Action : std::uint8_t {
  register_demande,
  show_demande,
  find_person,
  list_events,
  read_past,
  import_file,
  export_territory,
  export_changes,
  erase_demande,
  renumber_demande,
  merge_demandes,
  split_demande,
  purge_expired,
  tell_partner,
  administer,
};

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

/// INVARIANT: a path to a demande without one does not compile.
class Decision : public Verdict {
 private:
  friend class LocalPolicy;
  Decision(Request request, std::string_view rule) : Verdict(std::move(request), rule, true) {}
};

/// Why not: nothing was read.
class Denial : public Verdict {
 private:
  friend class LocalPolicy;
  Denial(Request request, std::string_view rule) : Verdict(std::move(request), rule, false) {}
};

}  // namespace passerelle::policy
