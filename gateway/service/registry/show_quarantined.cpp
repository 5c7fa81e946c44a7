#include "gateway/service/registry/show_quarantined.hpp"

#include <algorithm>

#include "gateway/service/convert.hpp"

namespace passerelle::service {
namespace {

/// Of UTF-8 text.
std::size_t characters_in(std::string_view text) {
  constexpr unsigned continuation_mask = 0xC0U;
  constexpr unsigned continuation = 0x80U;
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & continuation_mask) != continuation; }));
}

std::string_view type_name(codec::Lexical lexical) {
  switch (lexical) {
    case codec::Lexical::text: return "text";
    case codec::Lexical::boolean: return "boolean";
    case codec::Lexical::integer: return "integer";
    case codec::Lexical::decimal: return "decimal";
    case codec::Lexical::date: return "date";
    case codec::Lexical::date_time: return "date-time";
  }
  return "";
}

MaskedValue masked(const codec::Record& record, const codec::Leaf& leaf) {
  const codec::Shape& shape = record.shape();
  const bool holds_value = shape.node(leaf.node).holds_value();
  return {.path = record.path(*leaf.frame, leaf.node),
          .at = leaf.at,
          .characters = characters_in(record.value(leaf).reveal()),
          .type = holds_value ? std::string(type_name(shape.type(leaf.node).lexical)) : "group"};
}

}  // namespace

tl::expected<std::vector<MaskedValue>, std::string> mask_quarantined(mapping::Formats& formats,
                                                                     const mapping::FormatName& format,
                                                                     const Quarantined& line) {
  std::vector<MaskedValue> values;
  codec::MemorySource source(line.content.reveal());
  ConvertRequest request{.from = format, .in = &source};
  request.on_fault = [](const model::Fault&) {};  // those that it is kept for stand in its line
  request.on_read = [&](const codec::Record& record, const mapping::Plan*) {
    for (const codec::Leaf& leaf : record.leaves()) values.push_back(masked(record, leaf));
  };
  const auto read = convert(formats, request);
  if (!read) return tl::unexpected(read.error());
  return values;
}

}  // namespace passerelle::service
