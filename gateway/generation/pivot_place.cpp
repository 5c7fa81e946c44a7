#include "gateway/generation/pivot_place.hpp"

#include <fmt/format.h>
#include <stdexcept>

namespace passerelle::generation {

codec::NodeId Place::child(std::string_view name) const {
  const codec::NodeId found = m_record->shape().child(m_node, name);
  if (found != codec::no_node) return found;
  throw std::logic_error(fmt::format("the pivot has no {} below {}", name, m_record->shape().path(m_node)));
}

Place Place::group(std::string_view name) const {
  return {*m_record, *m_frame, child(name)};
}

Place Place::item(std::string_view list) const {
  const codec::NodeId repeated = m_record->shape().node(child(list)).children.front();
  return {*m_record, m_record->append(*m_frame, repeated), repeated};
}

void Place::set(std::string_view name, std::string_view text) const {
  if (!text.empty()) m_record->set(*m_frame, child(name), codec::Value(m_record->keep(text)));
}

void Place::set_number(std::string_view name, std::int64_t value) const {
  set(name, fmt::format("{}", value));
}

void Place::set_amount(std::string_view name, int cents) const {
  set(name,
      cents % 100 == 0 ? fmt::format("{}", cents / 100) : fmt::format("{}.{:02}", cents / 100, cents % 100));
}

void Place::add(std::string_view list, std::string_view text) const {
  const codec::NodeId repeated = m_record->shape().node(child(list)).children.front();
  m_record->set(m_record->append(*m_frame, repeated), repeated, codec::Value(m_record->keep(text)));
}

}  // namespace passerelle::generation
