#include "gateway/mapping/parts.hpp"

#include <numeric>

#include "gateway/model/ascii.hpp"

namespace passerelle::mapping {
namespace {

std::size_t house_number_end(std::string_view line) {
  std::size_t end = 0;
  while (end < line.size() && model::is_digit(line[end])) ++end;
  if (end == 0) return 0;
  for (const std::string_view suffix : {" bis", " ter", " quater"}) {
    if (line.substr(end).starts_with(suffix)) return end + suffix.size();
  }
  return end;
}

Parts split_address(std::string_view line) {
  const std::size_t end = house_number_end(line);
  const bool number = end > 0 && end < line.size() && line[end] == ' ';
  if (!number) return {std::string_view{}, line};
  return {line.substr(0, end), line.substr(end + 1)};
}

std::string merge_address(const Parts& parts) {
  std::string merged(parts[0]);
  if (!parts[0].empty() && !parts[1].empty()) merged += ' ';
  return merged.append(parts[1]);
}

Parts split_name(std::string_view mark, std::string_view name) {
  const std::size_t end = name.find(mark);
  if (end == std::string_view::npos) return {name};
  return {name.substr(0, end), name.substr(end + mark.size())};
}

/// The mark stands wherever there are first names, so that they are never taken for a surname.
std::string merge_name(std::string_view mark, const Parts& parts) {
  std::string merged(parts[0]);
  if (!parts[1].empty()) merged.append(mark).append(parts[1]);
  return merged;
}

Parts cut(const ValueCodec& codec, std::string_view whole) {
  Parts parts{};
  if (whole.size() != joined_width(codec)) return parts;
  std::size_t from = 0;
  for (std::size_t i = 0; i < max_parts; ++i) {
    parts[i] = whole.substr(from, codec.widths[i]);
    from += codec.widths[i];
  }
  return parts;
}

std::string join(const ValueCodec& codec, const Parts& parts) {
  std::string whole;
  for (std::size_t i = 0; i < max_parts && codec.widths[i] > 0; ++i) {
    if (parts[i].empty()) return {};
    whole += parts[i];
  }
  return whole;
}

}  // namespace

Parts split_value(const ValueCodec& codec, std::string_view whole) {
  switch (codec.kind) {
    case CodecKind::numero_voie: return split_address(whole);
    case CodecKind::nom_prenoms: return split_name(codec.first, whole);
    case CodecKind::join: return cut(codec, whole);
    default: return {};
  }
}

std::string merge_parts(const ValueCodec& codec, const Parts& parts) {
  switch (codec.kind) {
    case CodecKind::numero_voie: return merge_address(parts);
    case CodecKind::nom_prenoms: return merge_name(codec.first, parts);
    case CodecKind::join: return join(codec, parts);
    default: return {};
  }
}

std::size_t joined_width(const ValueCodec& codec) noexcept {
  return std::accumulate(codec.widths.begin(), codec.widths.end(), std::size_t{0});
}

}  // namespace passerelle::mapping
