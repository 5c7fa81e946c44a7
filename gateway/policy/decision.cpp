#include "gateway/policy/decision.hpp"

#include <algorithm>
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

bool Decision::takes_out(codec::Record& record, FieldClasses classes) const {
  if (!m_field_mask) throw std::logic_error("a decision came without the table of fields");
  const auto held = [&record] {
    return std::ranges::count_if(record.leaves(), [&record](const codec::Leaf& leaf) {
      return record.value(leaf).state() == codec::ValueState::text;
    });
  };
  const auto before = held();
  m_field_mask->apply(record, classes, classes, {});
  return held() != before;
}

}  // namespace passerelle::policy
