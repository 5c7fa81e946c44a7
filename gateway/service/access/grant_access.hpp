// The use cases of accesses: a dated act opens one, ends it, or keeps it for another year (CCH R441-2-6:
// agents named one by one). Who administers one body does so for the accounts of that body alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/policy/decision.hpp"
#include "gateway/service/access/access_refusal.hpp"

namespace passerelle::service {

/// The role that administers the accesses of its own body.
inline constexpr std::string_view body_administrator_role = "administrateur-corps";

/// Whether acts can give a role: one of the tables of access, but not that of whoever holds the keys, of the
/// gateway itself, nor of a person of a household.
[[nodiscard]] bool is_given_by_acts(const Registry& registry, std::string_view role);

/// Which access, and the act that decides of it. Its territory is that of the decision.
struct AccessOrder {
  std::string account;
  std::string role;
  std::optional<std::string> body;  ///< acted for; nothing: that of the account when opening, else whichever
  std::string act;
  std::optional<std::string> until;  ///< YYYY-MM-DD, the first day closed; nothing: as long as what founds it
};

/// Why an access may not be opened; nothing when it may, and then its end is known. Only behind the lock of
/// its territory.
/// - its role is one of the tables of access that acts can give;
/// - its account is in force, of the body acted for or of one merged into it; or of another, which a
/// delegation lets act
///   for it, and then in the role `guichet-mandate` (CCH R441-2-1);
/// - that body may hold the role there, and not more accounts than it may hold it on any day.
[[nodiscard]] std::optional<AccessRefusal> obstacle_to(const Registry& registry,
                                                       store::Transaction& transaction,
                                                       store::NewAccess& access, const store::Hand& hand);

/// Opens an access from today on.
tl::expected<bool, policy::Denial> grant_access(const Registry& registry, const policy::Decision& decision,
                                                const AccessOrder& order);

/// Ends it: `until` (nothing: today) is the first day closed. What was open before stays written.
tl::expected<bool, policy::Denial> revoke_access(const Registry& registry, const policy::Decision& decision,
                                                 const AccessOrder& order);

/// Keeps it: it is to be looked at again in a year. Nobody keeps their own.
tl::expected<bool, policy::Denial> review_access(const Registry& registry, const policy::Decision& decision,
                                                 const AccessOrder& order);

/// The accesses of the territories of the decision.
[[nodiscard]] std::vector<store::AccessLine> list_accesses(const Registry& registry,
                                                           const policy::Decision& decision,
                                                           store::AccessFilter filter);

/// Whether who decides may decide of an account on a day: whoever administers one body, of the accounts of
/// that body and of those merged into it alone.
[[nodiscard]] bool is_within_reach(store::Transaction& transaction, const policy::Decision& decision,
                                   const std::string& account, const std::string& day);

/// The day where the first territory of a decision is.
[[nodiscard]] std::string today_of(store::Transaction& transaction, const policy::Decision& decision,
                                   model::Time now);

}  // namespace passerelle::service
