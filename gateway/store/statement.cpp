#include "gateway/store/statement.hpp"

#include <fmt/format.h>

#include "gateway/store/result.hpp"

namespace passerelle::store {
namespace {

constexpr std::uint32_t bytea_oid = 17;

void put_number(std::string& out, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift);
}

void put_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

}  // namespace

void Parameters::add(model::Time time) {
  std::string octets;
  const auto count = static_cast<std::uint64_t>((time - model::Time(postgres_origin)).count());
  put_number(octets, static_cast<std::uint32_t>(count >> 32U));
  put_number(octets, static_cast<std::uint32_t>(count));
  m_values.push_back({std::move(octets), true});
}

void Parameters::add(const std::vector<std::string>& texts) {
  std::string array = "{";
  for (const std::string& text : texts) {
    if (array.size() > 1) array += ',';
    put_quoted(array, text);
  }
  add(array + '}');
}

void Parameters::add(const std::vector<std::int64_t>& numbers) {
  add(fmt::format("{{{}}}", fmt::join(numbers, ",")));
}

// The binary form of arrays: PostgreSQL, src/backend/utils/adt/arrayfuncs.c, array_recv.
void Parameters::add(const std::vector<Bytes>& all) {
  std::string array;
  put_number(array, all.empty() ? 0 : 1);  // dimensions
  put_number(array, 0);                    // no NULL inside
  put_number(array, bytea_oid);
  if (!all.empty()) {
    put_number(array, static_cast<std::uint32_t>(all.size()));
    put_number(array, 1);  // the first index
  }
  for (const Bytes& octets : all) {
    put_number(array, static_cast<std::uint32_t>(octets.size()));
    array += text_of(octets);
  }
  m_values.push_back({std::move(array), true});
}

std::vector<const char*> Parameters::pointers() const {
  std::vector<const char*> pointers;
  pointers.reserve(m_values.size());
  for (const Value& value : m_values) pointers.push_back(value.text ? value.text->c_str() : nullptr);
  return pointers;
}

std::vector<int> Parameters::lengths() const {
  std::vector<int> lengths;
  lengths.reserve(m_values.size());
  for (const Value& value : m_values)
    lengths.push_back(value.text ? static_cast<int>(value.text->size()) : 0);
  return lengths;
}

std::vector<int> Parameters::formats() const {
  std::vector<int> formats;
  formats.reserve(m_values.size());
  for (const Value& value : m_values) formats.push_back(value.binary ? 1 : 0);
  return formats;
}

}  // namespace passerelle::store
