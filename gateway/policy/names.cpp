#include "gateway/policy/names.hpp"

#include <limits>
#include <stdexcept>

namespace passerelle::policy {

std::uint16_t Names::number(std::string_view text) {
  const std::scoped_lock lock(m_mutex);
  return number_locked(text);
}

std::optional<std::uint16_t> Names::find(std::string_view text) const {
  const std::scoped_lock lock(m_mutex);
  const auto found = m_numbers.find(text);
  if (found == m_numbers.end()) return std::nullopt;
  return found->second;
}

std::string_view Names::keep(std::string_view text) {
  const std::scoped_lock lock(m_mutex);
  return m_texts[number_locked(text)];
}

std::uint16_t Names::number_locked(std::string_view text) {
  const auto found = m_numbers.find(text);
  if (found != m_numbers.end()) return found->second;
  if (m_texts.size() > std::numeric_limits<std::uint16_t>::max())
    throw std::length_error("policy: too many names");
  const auto number = static_cast<std::uint16_t>(m_texts.size());
  m_numbers.emplace(m_texts.emplace_back(text), number);
  return number;
}

}  // namespace passerelle::policy
