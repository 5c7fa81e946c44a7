// Who an account is and in which role it acts: what it says of itself, held against the acts that open its
// accesses.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/policy/access_tables.hpp"
#include "gateway/service/access/authorize.hpp"
#include "gateway/store/access_table.hpp"

namespace passerelle::service {

/// What an account says of itself. Whatever is left empty follows when only one thing is possible.
struct IdentityClaim {
  std::string account;
  std::string role;
  std::string body;     ///< acted for
  std::string purpose;  ///< a word of the tables
  model::Personal<std::string> reason;
  std::string through;  ///< who speaks for the account on this machine, for traces; empty: itself
};

/// A person of a household acts for nobody else: what traces and keys of messages have in place of a body.
[[nodiscard]] std::string own_body(const std::string& account);

/// The account as one who asks; the error is a French text that says what is missing: an account in force, an
/// access, or which of several. It opens nothing by itself: every decision looks at the accesses again.
[[nodiscard]] tl::expected<Requester, std::string> identify(const Registry& registry,
                                                            const policy::AccessTables& tables,
                                                            const IdentityClaim& claim);

/// What the tables of the database say of an account today.
struct KnownAccount {
  std::string account;
  store::AccountRow row;
  std::vector<store::AccessRow> accesses;

  /// Where acts open something to it: each once, in order.
  [[nodiscard]] std::vector<std::string> territories() const;
};

/// The same without looking again; the claim says nothing of the account.
[[nodiscard]] tl::expected<Requester, std::string> identify(const KnownAccount& known,
                                                            const policy::AccessTables& tables,
                                                            const IdentityClaim& claim);

/// Whom a certificate makes known, by the SHA-256 of its DER form; nothing for that of a stranger. It opens
/// nothing by itself.
[[nodiscard]] std::optional<KnownAccount> recognise(const Registry& registry, store::ByteView fingerprint);

}  // namespace passerelle::service
