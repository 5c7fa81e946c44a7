#include "gateway/codec/mime/media_type.hpp"

#include <algorithm>

#include "gateway/codec/mime/field_text.hpp"
#include "gateway/model/ascii.hpp"

namespace passerelle::codec {
namespace {

constexpr std::size_t longest_boundary = 70;

std::string lower(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), model::to_lower);
  return lowered;
}

/// Takes from a text piece by piece.
class FieldCursor {
 public:
  explicit FieldCursor(std::string_view text) : m_rest(text) {}

  [[nodiscard]] bool ended() const noexcept { return m_rest.empty(); }

  void skip_blanks() { m_rest.remove_prefix(std::min(m_rest.find_first_not_of(" \t"), m_rest.size())); }

  bool take(char mark) {
    if (!m_rest.starts_with(mark)) return false;
    m_rest.remove_prefix(1);
    return true;
  }

  /// The longest piece of characters that `belongs` accepts, perhaps empty.
  template <typename Belongs>
  std::string_view take_while(Belongs belongs) {
    const auto end = std::ranges::find_if_not(m_rest, belongs);
    const std::string_view taken = m_rest.substr(0, static_cast<std::size_t>(end - m_rest.begin()));
    m_rest.remove_prefix(taken.size());
    return taken;
  }

  /// What stands in quotes, a backslash before a character taken off (RFC 822, 3.3); nothing when they never
  /// close.
  std::optional<std::string> take_quoted() {
    std::string text;
    while (!m_rest.empty()) {
      if (take('"')) return text;
      if (take('\\') && m_rest.empty()) return std::nullopt;
      text += m_rest.front();
      m_rest.remove_prefix(1);
    }
    return std::nullopt;
  }

 private:
  std::string_view m_rest;
};

bool is_unquoted(char c) {
  return c > ' ' && c != '\x7F' && c != ';' && c != '"';
}

std::optional<MediaType::Parameter> take_parameter(FieldCursor& cursor) {
  MediaType::Parameter parameter{lower(cursor.take_while(is_token_character)), {}};
  if (parameter.name.empty() || !cursor.take('=')) return std::nullopt;
  if (cursor.take('"')) {
    auto quoted = cursor.take_quoted();
    if (!quoted) return std::nullopt;
    parameter.value = std::move(*quoted);
    return parameter;
  }
  parameter.value = cursor.take_while(is_unquoted);
  if (parameter.value.empty()) return std::nullopt;
  return parameter;
}

bool is_boundary_character(char c) {
  const char lowered = model::to_lower(c);
  return model::is_digit(c) || (lowered >= 'a' && lowered <= 'z') ||
         std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
}

}  // namespace

const std::string* MediaType::parameter(std::string_view named) const noexcept {
  const auto found = std::ranges::find(parameters, named, &Parameter::name);
  return found == parameters.end() ? nullptr : &found->value;
}

std::optional<MediaType> parse_media_type(std::string_view text) {
  FieldCursor cursor(text);
  cursor.skip_blanks();
  const std::string_view type = cursor.take_while(is_token_character);
  const bool divided = cursor.take('/');
  const std::string_view subtype = cursor.take_while(is_token_character);
  if (type.empty() || !divided || subtype.empty()) return std::nullopt;
  MediaType read{lower(type) + "/" + lower(subtype), {}};
  for (;;) {
    cursor.skip_blanks();
    if (cursor.ended()) return read;
    if (!cursor.take(';')) return std::nullopt;
    cursor.skip_blanks();
    if (cursor.ended()) return read;
    auto parameter = take_parameter(cursor);
    if (!parameter || read.parameter(parameter->name) != nullptr) return std::nullopt;
    read.parameters.push_back(std::move(*parameter));
  }
}

std::optional<std::string_view> boundary_of(const MediaType& type) {
  const std::string* boundary = type.parameter("boundary");
  if (boundary == nullptr || boundary->empty() || boundary->size() > longest_boundary) return std::nullopt;
  if (boundary->ends_with(' ') || !std::ranges::all_of(*boundary, is_boundary_character)) return std::nullopt;
  return *boundary;
}

}  // namespace passerelle::codec
