#include "gateway/store/database_error.hpp"

#include <array>
#include <fmt/format.h>

namespace passerelle::store {
namespace {

struct Meaning {
  std::string_view prefix;  ///< of the SQLSTATE
  std::string_view text;
};

/// The longest prefixes first.
constexpr std::array meanings = {
    Meaning{"53100", "disque plein"},
    Meaning{"57P", "base arrêtée ou en cours de démarrage"},
    Meaning{"08", "base injoignable"},
    Meaning{"28", "accès à la base refusé"},
    Meaning{"40", "transaction à rejouer"},
    Meaning{"42501", "droit manquant dans la base"},
    Meaning{"53", "la base manque de ressources"},
    Meaning{"58", "la base ne peut pas lire ou écrire ses fichiers"},
};

std::string_view meaning_of(std::string_view sqlstate) {
  for (const Meaning& meaning : meanings) {
    if (sqlstate.starts_with(meaning.prefix)) return meaning.text;
  }
  return "requête refusée par la base";
}

std::string sentence(std::string_view context, std::string_view sqlstate, std::string_view constraint) {
  std::string text = fmt::format("{} ({}, SQLSTATE {}", meaning_of(sqlstate), context, sqlstate);
  if (!constraint.empty()) text += fmt::format(", contrainte {}", constraint);
  return text + ')';
}

}  // namespace

DatabaseError::DatabaseError(std::string_view context, std::string_view sqlstate, std::string_view constraint)
    : std::runtime_error(sentence(context, sqlstate, constraint)),
      m_sqlstate(sqlstate),
      m_constraint(constraint) {}

bool DatabaseError::asks_for_retry() const noexcept {
  return m_sqlstate == "40001" || m_sqlstate == "40P01";
}

bool DatabaseError::is_unreachable() const noexcept {
  return m_sqlstate.starts_with("08") || m_sqlstate.starts_with("57P");
}

bool DatabaseError::is_passing() const noexcept {
  return asks_for_retry() || is_unreachable() || m_sqlstate.starts_with("53") || m_sqlstate.starts_with("58");
}

}  // namespace passerelle::store
