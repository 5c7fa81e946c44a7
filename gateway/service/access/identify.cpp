#include "gateway/service/access/identify.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <vector>

#include "gateway/store/access_table.hpp"

namespace passerelle::service {
namespace {

constexpr std::string_view person_role = "demandeur";
constexpr std::string_view delegate_role = "guichet-mandate";

/// To find out who somebody is, before anything is open to them.
store::Scope identifying_scope() {
  store::Scope scope{"identify", {}, {}};
  for (int code = 0; code < 1000; ++code) scope.territories.push_back(fmt::format("{:03}", code));
  return scope;
}

std::optional<KnownAccount> look_up(const Registry& registry, const std::string& account) {
  const model::Time now = registry.clock.now();
  return store::in_transaction(
      registry.pool, identifying_scope(),
      [&](store::Transaction& transaction) -> std::optional<KnownAccount> {
        auto found = store::find_account(transaction, account, model::utc_day(now));
        if (!found) return std::nullopt;
        return KnownAccount{account, std::move(*found), store::list_accesses(transaction, account, now)};
      });
}

/// The one thing that is possible, or why there is none.
tl::expected<std::string, std::string> only_one(const std::set<std::string>& possible,
                                                std::string_view what) {
  if (possible.size() == 1) return *possible.begin();
  if (possible.empty()) return tl::unexpected(fmt::format("ce compte n'a pas de {} qui convienne", what));
  return tl::unexpected(
      fmt::format("ce compte a plusieurs {}s, il faut en nommer un : {}", what, fmt::join(possible, ", ")));
}

class Identification {
 public:
  Identification(const policy::AccessTables& tables, const IdentityClaim& claim, const KnownAccount& known)
      : m_tables(tables), m_claim(claim), m_known(known) {}

  tl::expected<Requester, std::string> run() {
    return role().and_then([this](const std::string& role) {
      return body(role).and_then([&](const std::string& body) {
        return purpose(role).map([&](policy::Purpose purpose) {
          return Requester{.actor = {body, agent(body), m_known.account, role},
                           .purpose = purpose,
                           .channel = channel(role),
                           .reason = m_claim.reason};
        });
      });
    });
  }

 private:
  [[nodiscard]] tl::expected<std::string, std::string> role() const {
    if (is_person()) return std::string(person_role);
    std::set<std::string> roles;
    for (const store::AccessRow& access : m_known.accesses) {
      if (fits(m_claim.role, access.role) && fits(m_claim.body, access.body)) roles.insert(access.role);
    }
    return only_one(roles, "rôle");
  }

  [[nodiscard]] tl::expected<std::string, std::string> body(const std::string& role) const {
    if (is_person()) return own_body(m_known.account);
    std::set<std::string> bodies;
    for (const store::AccessRow& access : m_known.accesses) {
      if (access.role == role && fits(m_claim.body, access.body)) bodies.insert(access.body);
    }
    return only_one(bodies, "organisme");
  }

  [[nodiscard]] tl::expected<policy::Purpose, std::string> purpose(const std::string& role) const {
    std::set<std::string> purposes;
    for (const policy::ActorLine& actor : m_tables.actors) {
      if (m_claim.purpose.empty() && actor.purpose == policy::Purpose::urgence) continue;  // never by default
      const std::string word(policy::word_name(actor.purpose));
      if (m_tables.roles[actor.role].role == role && fits(m_claim.purpose, word)) purposes.insert(word);
    }
    return only_one(purposes, "finalité").map([](const std::string& word) {
      return *policy::parse_word<policy::Purpose>(word);
    });
  }

  [[nodiscard]] policy::Channel channel(const std::string& role) const {
    if (is_person()) return policy::Channel::portail;
    if (m_known.row.kind == "programme") return policy::Channel::programme;
    return role == delegate_role ? policy::Channel::delegue : policy::Channel::agent;
  }

  /// As traces name it: who acts for another body is named with their own.
  [[nodiscard]] std::string agent(const std::string& body) const {
    std::string name = m_known.account;
    if (!is_person() && body != m_known.row.body) name += fmt::format(" de {}", m_known.row.body);
    if (!m_claim.through.empty()) name += fmt::format(" par {}", m_claim.through);
    return name;
  }

  [[nodiscard]] bool is_person() const { return m_known.row.kind == "personne"; }
  static bool fits(const std::string& claimed, const std::string& held) {
    return claimed.empty() || claimed == held;
  }

  const policy::AccessTables& m_tables;
  const IdentityClaim& m_claim;
  const KnownAccount& m_known;
};

}  // namespace

std::string own_body(const std::string& account) {
  return "personne:" + account;
}

tl::expected<Requester, std::string> identify(const Registry& registry, const policy::AccessTables& tables,
                                              const IdentityClaim& claim) {
  const auto known = look_up(registry, claim.account);
  if (!known) return tl::unexpected(std::string("ce compte n'existe pas, ou n'est pas en vigueur"));
  return identify(*known, tables, claim);
}

tl::expected<Requester, std::string> identify(const KnownAccount& known, const policy::AccessTables& tables,
                                              const IdentityClaim& claim) {
  return Identification(tables, claim, known).run();
}

std::vector<std::string> KnownAccount::territories() const {
  std::set<std::string> territories;
  for (const store::AccessRow& access : accesses) territories.insert(access.territory);
  return {territories.begin(), territories.end()};
}

std::optional<KnownAccount> recognise(const Registry& registry, store::ByteView fingerprint) {
  const model::Time now = registry.clock.now();
  return store::in_transaction(
      registry.pool, identifying_scope(),
      [&](store::Transaction& transaction) -> std::optional<KnownAccount> {
        auto found = store::find_certified(transaction, fingerprint, now);
        if (!found) return std::nullopt;
        return KnownAccount{std::move(found->account), std::move(found->row), std::move(found->accesses)};
      });
}

}  // namespace passerelle::service
