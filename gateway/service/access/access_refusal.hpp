// Why what the policy permits of accesses is refused all the same: each with the rule that its trace names.
#pragma once

#include <string_view>
#include <tl/expected.hpp>
#include <type_traits>

#include "gateway/service/registry/registry.hpp"
#include "gateway/store/grant_table.hpp"

namespace passerelle::service {

struct AccessRefusal {
  std::string_view rule;  ///< a stable word, in audit leaves
  std::string_view text;  ///< French, lower case, without final stop: what is wrong with what was asked

  friend bool operator==(const AccessRefusal&, const AccessRefusal&) = default;
};

// Whoever administers one body learns nothing of the accounts of others: they are refused as accounts that do
// not exist.
inline constexpr AccessRefusal refused_account{
    "refus-compte", "ce compte n'existe pas, n'est pas en vigueur ou n'est pas d'ici"};
inline constexpr AccessRefusal refused_to_oneself{"refus-soi-meme", "nul ne décide de son propre accès"};
inline constexpr AccessRefusal refused_role{"refus-role", "aucun acte ne donne ce rôle"};
inline constexpr AccessRefusal refused_body_role{
    "refus-habilitation", "cet organisme n'est pas habilité à ce rôle sur ce territoire"};
inline constexpr AccessRefusal refused_delegation{
    "refus-delegation",
    "pour un autre organisme, il faut une délégation en vigueur et le rôle guichet-mandate, qui n'a pas "
    "d'autre emploi"};
inline constexpr AccessRefusal refused_span{
    "refus-duree", "ces jours ne se suivent pas, ou passent la fin de ce qui fonde l'accès"};
inline constexpr AccessRefusal refused_number{
    "refus-nombre", "cet organisme a déjà autant de comptes qu'il peut dans ce rôle"};
inline constexpr AccessRefusal refused_again{"refus-deja",
                                             "c'est déjà en vigueur pour une partie de ces jours"};
inline constexpr AccessRefusal refused_access{"refus-acces",
                                              "il n'y a pas de tel accès en vigueur ce jour-là"};
inline constexpr AccessRefusal refused_approval{"refus-accord", "personne n'attend cet accord"};
inline constexpr AccessRefusal refused_wish{"refus-sans-objet",
                                            "l'accord d'une seconde personne n'y changerait rien"};
inline constexpr AccessRefusal refused_reading{"refus-relecture",
                                               "aucune lecture de ce nom n'attend de relecture"};
inline constexpr AccessRefusal refused_numero{"refus-numero", "numéro unique qui ne mène à aucune demande"};
inline constexpr AccessRefusal refused_certificate{
    "refus-certificat", "ce certificat est déjà celui d'un compte, ou a fini d'être valable"};

/// The text of a rule of refusal; empty for another rule.
[[nodiscard]] std::string_view refusal_text(std::string_view rule);

/// Thrown inside the transaction of a use case; never leaves `unless_refused`.
struct RefusedAccess {
  AccessRefusal refusal;
};

[[noreturn]] inline void refuse(const AccessRefusal& refusal) {
  throw RefusedAccess{refusal};
}

/// Runs `work(Transaction&)` in a transaction of a decision. What it refuses is rolled back and leaves its
/// trace alone, which is durable when the denial is returned.
template <typename Work>
auto unless_refused(const Registry& registry, const policy::Decision& decision, Work work)
    -> tl::expected<std::invoke_result_t<Work, store::Transaction&>, policy::Denial> {
  std::string_view rule;
  try {
    return store::in_transaction(registry.pool, scope_of(decision), work);
  } catch (const RefusedAccess& refused) {
    rule = refused.refusal.rule;
  }
  policy::Denial denial = policy::Engine::withhold(decision, rule);
  note_refusal(registry, denial);
  return tl::unexpected(std::move(denial));
}

/// Who writes, as the tables name them: an account, or whoever holds the keys.
[[nodiscard]] store::Hand hand_of(const Registry& registry, const policy::Decision& decision);

}  // namespace passerelle::service
