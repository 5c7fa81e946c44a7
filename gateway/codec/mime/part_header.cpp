#include "gateway/codec/mime/part_header.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "gateway/codec/mime/content_id.hpp"
#include "gateway/codec/mime/field_text.hpp"
#include "gateway/model/ascii.hpp"

namespace passerelle::codec {
namespace {

using model::FaultCode;
using model::same_ignoring_case;

struct Field {
  std::string_view name;
  std::string value;
};

bool is_value_character(char c) {
  return static_cast<unsigned char>(c) >= ' ' ? c != '\x7F' : c == '\t';
}

/// Takes the next line; nothing when an end of line is not CRLF.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find("\r\n"), rest.size());
  const std::string_view line = rest.substr(0, end);
  if (line.find_first_of("\r\n") != std::string_view::npos) return std::nullopt;
  rest.remove_prefix(std::min(end + 2, rest.size()));
  return line;
}

std::optional<Field> field_of(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos) return std::nullopt;
  const std::string_view name = line.substr(0, colon);
  if (!std::ranges::all_of(name, is_token_character)) return std::nullopt;
  return Field{name, std::string(line.substr(colon + 1))};
}

/// The fields, unfolded.
tl::expected<std::vector<Field>, FaultCode> fields_of(std::string_view text) {
  std::vector<Field> fields;
  while (!text.empty()) {
    const auto line = take_line(text);
    if (!line) return tl::unexpected(FaultCode::mime_line_end);
    if (!std::ranges::all_of(*line, is_value_character)) return tl::unexpected(FaultCode::mime_header);
    if (!line->empty() && is_blank_character(line->front()) && !fields.empty()) {
      fields.back().value.append(*line);
    } else if (auto field = field_of(*line)) {
      fields.push_back(std::move(*field));
    } else {
      return tl::unexpected(FaultCode::mime_header);
    }
  }
  return fields;
}

/// The value of a field, without blanks around: null when it is absent, a fault when it is there twice.
tl::expected<const Field*, FaultCode> only_field(const std::vector<Field>& fields, std::string_view name) {
  const Field* only = nullptr;
  for (const Field& field : fields) {
    if (!same_ignoring_case(field.name, name)) continue;
    if (only != nullptr) return tl::unexpected(FaultCode::mime_header);
    only = &field;
  }
  return only;
}

std::optional<TransferEncoding> transfer_encoding_named(std::string_view name) {
  for (const std::string_view same : {"7bit", "8bit", "binary"}) {
    if (same_ignoring_case(name, same)) return TransferEncoding::identity;
  }
  if (same_ignoring_case(name, "base64")) return TransferEncoding::base64;
  if (same_ignoring_case(name, "quoted-printable")) return TransferEncoding::quoted_printable;
  return std::nullopt;
}

}  // namespace

tl::expected<PartHeader, FaultCode> parse_part_header(std::string_view text) {
  const auto fields = fields_of(text);
  if (!fields) return tl::unexpected(fields.error());
  const auto id = only_field(*fields, "Content-ID");
  const auto type = only_field(*fields, "Content-Type");
  const auto encoding = only_field(*fields, "Content-Transfer-Encoding");
  if (!id || !type || !encoding) return tl::unexpected(FaultCode::mime_header);
  PartHeader header;
  if (*id != nullptr) header.content_id = bare_content_id((*id)->value);
  if (*type != nullptr) {
    auto read = parse_media_type((*type)->value);
    if (!read) return tl::unexpected(FaultCode::mime_header);
    header.type = std::move(*read);
  }
  if (*encoding != nullptr) {
    const auto named = transfer_encoding_named(trim_blanks((*encoding)->value));
    if (!named) return tl::unexpected(FaultCode::mime_encoding);
    header.encoding = *named;
  }
  return header;
}

}  // namespace passerelle::codec
