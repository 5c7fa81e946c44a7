// The table of accesses (schemas/sql/0007_access.sql, 0008_identity.sql): opened, ended and looked at again
// by dated acts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/store/identity_table.hpp"

namespace passerelle::store {

/// What one act opens to one account.
struct NewAccess {
  std::string territory;
  std::string account;
  std::string role;
  std::string body;  ///< acted for
  Span span;
  std::optional<std::string> review_on;  ///< YYYY-MM-DD; nothing: a year after its first day
};

/// Who writes, when.
struct Hand {
  std::string account;
  model::Time at;
};

/// Takes, until the end of the transaction, the locks under which accesses of these territories (in order)
/// are counted: two grants at once cannot both be the last one allowed.
void queue_access_locks(Transaction& transaction, const std::vector<std::string>& territories);

/// What would found an access on its first day. A body stands here for those merged into it.
struct Footing {
  std::string kind;                  ///< of the account
  std::string body;                  ///< of the account
  bool in_force;                     ///< the account
  bool of_body;                      ///< the account is of the body acted for
  bool role_held;                    ///< the body may let its agents act in that role there
  bool delegated;                    ///< the body of the account may act for the other there
  bool spans;                        ///< all of these last as long as the access would
  std::optional<std::string> until;  ///< the first day on which one of them ends; nothing: no end is known
};
/// Nothing when there is no such account.
[[nodiscard]] std::optional<Footing> find_footing(Transaction& transaction, const NewAccess& access);

/// Whether one more account in that role of that body, with those merged with it, would be too many on some
/// day of the access. Only behind the lock of its territory.
[[nodiscard]] bool would_be_too_many(Transaction& transaction, const NewAccess& access);

/// Opens it. Whether it was not open already for some of the time.
bool add_access(Transaction& transaction, const NewAccess& access, const Hand& hand);

/// Which open access a command means.
struct AccessName {
  std::string territory;
  std::string account;
  std::string role;
  std::optional<std::string> body;  ///< acted for, or merged into it; nothing: whichever
};

/// Whether there is such an account of a body, or of one merged into it by that day.
[[nodiscard]] bool is_account_of(Transaction& transaction, const std::string& account,
                                 const std::string& body, const std::string& day);
/// The body of an account, or nothing when there is no such account of a body.
[[nodiscard]] std::optional<std::string> body_of_account(Transaction& transaction,
                                                         const std::string& account);

/// Ends what was open on that day or later: the day itself is the first one closed. How many accesses it
/// ended; what was open before stays written.
std::uint64_t end_accesses(Transaction& transaction, const AccessName& name, const std::string& day,
                           const std::string& act, const Hand& hand);

/// Notes that it is still needed, and when to look at it again: a year after that day. How many accesses it
/// kept.
std::uint64_t keep_accesses(Transaction& transaction, const AccessName& name, const std::string& day,
                            const std::string& act, const Hand& hand);

struct AccessFilter {
  std::optional<std::string> body;  ///< of the account, or merged into it by today
  std::optional<std::string> at;    ///< in force on that day
  std::optional<std::string> due;   ///< to be looked at again by that day, and not ended then
  std::string today;
};

struct AccessLine {
  std::string account;
  std::string body;  ///< acted for
  std::string role;
  std::string territory;
  std::string since;  ///< empty: ended on its first day
  std::string until;  ///< empty: no end
  std::string act;
  std::string review_on;
};
/// Accesses of the territories that the transaction sees, in order of territory, account and day.
[[nodiscard]] std::vector<AccessLine> list_access_lines(Transaction& transaction, const AccessFilter& filter);

}  // namespace passerelle::store
