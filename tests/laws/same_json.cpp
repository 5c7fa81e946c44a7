#include "tests/laws/same_json.hpp"

#include <fmt/format.h>
#include <map>
#include <simdjson.h>

namespace passerelle::laws {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

/// Texts are written with their length, so that nothing in them can be taken for a mark.
std::string written(std::string_view text) {
  return fmt::format("{}:{}", text.size(), text);
}

std::string written(element value);

std::string written_object(element value) {
  std::map<std::string, std::string> members;
  for (const auto member : value.get_object()) members[std::string(member.key)] = written(member.value);
  std::string text = "{";
  for (const auto& [key, member] : members) text += written(std::string_view(key)) + "=" + member + ",";
  return text + "}";
}

std::string written(element value) {
  if (value.type() == element_type::OBJECT) return written_object(value);
  if (value.type() == element_type::STRING) return written(std::string_view(value));
  if (value.type() != element_type::ARRAY) return simdjson::to_string(value);
  std::string text = "[";
  for (const element item : value.get_array()) text += written(item) + ",";
  return text + "]";
}

}  // namespace

std::string json_sameness(std::string_view document) {
  simdjson::dom::parser parser;
  const simdjson::padded_string padded(document);
  std::string text;
  for (auto object : parser.parse_many(padded, document.size() + 1)) text += written(object.value()) + "\n";
  return text;
}

}  // namespace passerelle::laws
