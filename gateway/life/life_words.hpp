// The closed vocabulary of the life of a demande: states, motives, terms, guards and effects, each with the
// word that the tables use.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace passerelle::life {

/// Of the table `demande`, and `frozen`, which keeps the state that it comes back to.
enum class State : std::uint8_t { to_check, active, overdue, frozen, radiated, merged, erased };
/// Why a demande was radiated (CCH R441-2-8).
enum class Motive : std::uint8_t { withdrawal, lease, no_answer, inadmissible, not_renewed, merge, undone };
/// Which delay an open notice makes run; why, its detail says (docs/registry.md).
enum class NoticeKind : std::uint8_t { no_answer, inadmissible };
/// When a step of a run is due.
enum class Term : std::uint8_t {
  preavis_day,
  validity_end,
  unanswered_end,
  inadmissible_end,
  renewal_end,
  window_end,
  keeping_end,
  offer_end,
};
/// What must be true, besides the state.
enum class Guard : std::uint8_t {
  no_notice,
  notice,
  unserved_notice,
  inadmissible,
  window,
  candidates,  ///< three of them on the dwelling, or a reason: whoever sees other demandes looks
};
/// What happens, besides the change of state.
enum class Effect : std::uint8_t {
  validate,   ///< a new validity begins
  answer,     ///< an open notice without answer is closed
  warn,       ///< a notice is open
  serve,      ///< it was delivered
  close,      ///< it is closed, whatever its kind
  establish,  ///< a commission found it inadmissible
  radiate,
  revive,  ///< what led to the radiation is over
  shut,    ///< no way back
  freeze,
  thaw,
  remind,  ///< the preavis has left
  offer,   ///< an offer waits for its answer
  settle,  ///< it has one
  lapse,   ///< it had none in time
};

namespace words {

template <typename Value>
struct Word {
  Value value;
  std::string_view text;
};

inline constexpr auto states = std::to_array<Word<State>>({{State::to_check, "deposeeIdentiteAVerifier"},
                                                           {State::active, "active"},
                                                           {State::overdue, "echue"},
                                                           {State::frozen, "gelee"},
                                                           {State::radiated, "radiee"},
                                                           {State::merged, "fusionnee"},
                                                           {State::erased, "effacee"}});
/// As the database has them.
inline constexpr auto stored_states = std::to_array<Word<State>>({{State::to_check, "to_check"},
                                                                  {State::active, "active"},
                                                                  {State::overdue, "overdue"},
                                                                  {State::frozen, "frozen"},
                                                                  {State::radiated, "radiated"},
                                                                  {State::merged, "merged"},
                                                                  {State::erased, "erased"}});
/// Codes of the pivot list `motifRadiation`.
inline constexpr auto motives = std::to_array<Word<Motive>>({{Motive::withdrawal, "abandon"},
                                                             {Motive::lease, "attribution"},
                                                             {Motive::no_answer, "contactImpossible"},
                                                             {Motive::inadmissible, "irrecevabilite"},
                                                             {Motive::not_renewed, "nonRenouvellement"},
                                                             {Motive::merge, "fusion"},
                                                             {Motive::undone, "annulation"}});
inline constexpr auto notices = std::to_array<Word<NoticeKind>>(
    {{NoticeKind::no_answer, "sans-reponse"}, {NoticeKind::inadmissible, "irrecevable"}});
inline constexpr auto terms = std::to_array<Word<Term>>({{Term::preavis_day, "jour-preavis"},
                                                         {Term::validity_end, "fin-validite"},
                                                         {Term::unanswered_end, "fin-sans-reponse"},
                                                         {Term::inadmissible_end, "fin-irrecevable"},
                                                         {Term::renewal_end, "fin-renouvellement"},
                                                         {Term::window_end, "fin-fenetre"},
                                                         {Term::keeping_end, "fin-conservation"},
                                                         {Term::offer_end, "fin-offre"}});
inline constexpr auto guards =
    std::to_array<Word<Guard>>({{Guard::no_notice, "sans-avertissement"},
                                {Guard::notice, "avertissement"},
                                {Guard::unserved_notice, "avertissement-non-remis"},
                                {Guard::inadmissible, "irrecevable"},
                                {Guard::window, "fenetre"},
                                {Guard::candidates, "trois-candidats"}});
inline constexpr auto effects = std::to_array<Word<Effect>>({{Effect::validate, "valider"},
                                                             {Effect::answer, "repondre"},
                                                             {Effect::warn, "avertir"},
                                                             {Effect::serve, "remettre"},
                                                             {Effect::close, "clore"},
                                                             {Effect::establish, "constater"},
                                                             {Effect::radiate, "radier"},
                                                             {Effect::revive, "reprendre"},
                                                             {Effect::shut, "fermer"},
                                                             {Effect::freeze, "geler"},
                                                             {Effect::thaw, "degeler"},
                                                             {Effect::remind, "prevenir"},
                                                             {Effect::offer, "offrir"},
                                                             {Effect::settle, "conclure"},
                                                             {Effect::lapse, "silence"}});

/// The value that a word names; nothing when it names none.
template <typename Value, std::size_t size>
[[nodiscard]] constexpr std::optional<Value> parse(const std::array<Word<Value>, size>& all,
                                                   std::string_view text) noexcept {
  const auto* const found = std::ranges::find(all, text, &Word<Value>::text);
  if (found == all.end()) return std::nullopt;
  return found->value;
}
/// The word of a value, which has one.
template <typename Value, std::size_t size>
[[nodiscard]] constexpr std::string_view name(const std::array<Word<Value>, size>& all,
                                              Value value) noexcept {
  return std::ranges::find(all, value, &Word<Value>::value)->text;
}

}  // namespace words
}  // namespace passerelle::life
