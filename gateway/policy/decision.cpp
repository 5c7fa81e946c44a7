#include "gateway/policy/decision.hpp"

#include <stdexcept>

namespace passerelle::policy {

std::string_view action_name(Action action) noexcept {
  return word_name(action);
}

bool Decision::shows_everything() const noexcept {
  return m_hidden.empty() && !m_obligations.contains(Obligation::pseudonymiser);
}

void Decision::mask(codec::Record& record, const Viewing& viewing) const {
  if (shows_everything()) return;
  const bool names_nobody = m_obligations.contains(Obligation::pseudonymiser);
  if (!m_field_mask) throw std::logic_error("a decision that hides fields came without their table");
  if (names_nobody && !viewing.pseudonym) throw std::logic_error("a decision wants pseudonyms, none given");
  const std::string_view numero = m_field_mask->numero(record);
  m_field_mask->apply(record, m_hidden, m_hidden_own, viewing);
  if (names_nobody) m_field_mask->pseudonymise(record, numero, viewing.pseudonym);
}

}  // namespace passerelle::policy
