// The tables of bodies and accounts (schemas/sql/0001_reference.sql, 0007_access.sql): what they are, where,
// in which roles, for whom; only ever added to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/store/transaction.hpp"

namespace passerelle::store {

/// For how long something holds, and the act that says so.
struct Span {
  std::string since;                 ///< YYYY-MM-DD, the first day
  std::optional<std::string> until;  ///< the first day behind it; nothing: no end is known
  std::string act;
};

struct BodyRow {
  std::string body;
  std::string name;
  std::string kind;
  std::optional<std::string> siren;
  Span span;
};

struct SuccessionRow {
  std::string body;
  std::string successor;
  std::string since;
  std::string act;
};

/// Which wanted places a body may see (CCH R441-2-6).
struct AreaRow {
  std::string territory;
  std::string body;
  std::optional<std::vector<std::string>> communes;  ///< nothing: all
  Span span;
};

struct BodyTieRow {
  std::string territory;
  std::string body;
  std::string tie;
  Span span;
};

/// A role in which a body may let its agents act, and how many accounts at once.
struct BodyRoleRow {
  std::string territory;
  std::string body;
  std::string role;
  std::optional<int> most;  ///< nothing: any number
  Span span;
};

struct DelegationRow {
  std::string territory;
  std::string body;  ///< for whom
  std::string delegate;
  Span span;
};

struct NewAccount {
  std::string account;
  std::string kind;
  std::optional<std::string> body;  ///< nothing: a person of a household
  std::string name;                 ///< empty for such a person
  Span span;
};

// Each of these adds a row unless one of the same thing is there for some of the time. Whether it was added.
bool add_body(Transaction& transaction, const BodyRow& row);
bool add_succession(Transaction& transaction, const SuccessionRow& row);
bool add_area(Transaction& transaction, const AreaRow& row);
bool add_body_tie(Transaction& transaction, const BodyTieRow& row);
bool add_body_role(Transaction& transaction, const BodyRoleRow& row);
bool add_delegation(Transaction& transaction, const DelegationRow& row);
bool add_account(Transaction& transaction, const NewAccount& account);

/// Whether a body was never entered.
[[nodiscard]] bool is_unknown_body(Transaction& transaction, const std::string& body);

/// Whether what is to succeed a body was itself, in the end, succeeded by it.
[[nodiscard]] bool closes_a_circle(Transaction& transaction, const SuccessionRow& row);

/// The kind of an account, in force or not; nothing when there is none.
[[nodiscard]] std::optional<std::string> find_account_kind(Transaction& transaction,
                                                           const std::string& account);

/// Lets an account be known by a certificate, whose SHA-256 this is. Whether it was not known already.
bool add_certificate(Transaction& transaction, const Bytes& fingerprint, const std::string& account,
                     const Span& span);

/// The day (YYYY-MM-DD) where a territory is; nothing when it is not seen.
[[nodiscard]] std::optional<std::string> day_in(Transaction& transaction, const std::string& territory,
                                                model::Time now);

}  // namespace passerelle::store
