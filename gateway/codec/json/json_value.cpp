#include "gateway/codec/json/json_value.hpp"

#include "gateway/codec/json/json_text.hpp"
#include "gateway/codec/json/json_token.hpp"
#include "gateway/codec/limits.hpp"

namespace passerelle::codec {
namespace {

using model::FaultCode;

std::string_view without_quotes(std::string_view token) {
  return token.substr(1, token.size() - 2);
}

JsonKind wanted_kind(Lexical lexical) {
  if (lexical == Lexical::boolean) return JsonKind::boolean;
  return lexical == Lexical::integer ? JsonKind::number : JsonKind::text;
}

}  // namespace

JsonValueReader::JsonValueReader(const JsonSlice& slice, Record& record, std::string& workspace) noexcept
    : m_record(&record),
      m_workspace(&workspace),
      m_plain(!slice.has_escape && is_plain_json_text(slice.text)) {}

tl::expected<Value, FaultCode> JsonValueReader::scalar(std::string_view token, Lexical lexical) {
  const JsonKind kind = json_kind(token);
  if (kind == JsonKind::null) return Value::null();
  if (kind == JsonKind::malformed) return tl::unexpected(FaultCode::document_malformed);
  if (kind != wanted_kind(lexical)) return tl::unexpected(FaultCode::kind_unexpected);
  if (kind == JsonKind::text) return text(without_quotes(token));
  if (token.size() > limits::text_bytes) return tl::unexpected(FaultCode::limit_text);
  return Value(token);
}

tl::expected<Value, FaultCode> JsonValueReader::text(std::string_view raw) {
  const bool plain = m_plain || is_plain_json_text(raw);
  if (!plain) {
    const JsonTextState state = decode_json_text(raw, *m_workspace);
    if (state == JsonTextState::malformed) return tl::unexpected(FaultCode::document_malformed);
    if (state == JsonTextState::forbidden) return tl::unexpected(FaultCode::document_character);
  }
  const std::string_view decoded = plain ? raw : *m_workspace;
  if (decoded.size() > limits::text_bytes) return tl::unexpected(FaultCode::limit_text);
  return Value(plain ? raw : m_record->keep(decoded));
}

std::optional<std::string_view> JsonValueReader::key(std::string_view raw) {
  if (m_plain || is_plain_json_text(raw)) return raw;
  if (decode_json_text(raw, *m_workspace) == JsonTextState::malformed) return std::nullopt;
  return *m_workspace;
}

bool JsonValueReader::is_sound(std::string_view token) {
  const JsonKind kind = json_kind(token);
  return kind == JsonKind::text ? key(without_quotes(token)).has_value() : kind != JsonKind::malformed;
}

}  // namespace passerelle::codec
