#include "gateway/linking/records/normalise_cell.hpp"

#include <fmt/format.h>

#include "gateway/linking/normalise/code.hpp"
#include "gateway/linking/normalise/date.hpp"
#include "gateway/linking/normalise/name.hpp"

namespace passerelle::linking {
namespace {

std::string normalise_date(std::string_view cell) {
  const auto date = read_date(cell);
  return date ? fmt::format("{:08}", date->packed()) : std::string{};
}

std::string normalise_part(std::string_view cell, Part part) {
  SplitName split = split_full_name(cell);
  return part == Part::first_of_name ? std::move(split.first) : std::move(split.last);
}

std::string normalise_whole(std::string_view cell, Kind kind, const model::Geography* geography) {
  switch (kind) {
    case Kind::first_name:
    case Kind::middle_name:
    case Kind::last_name:
    case Kind::usage_name:
    case Kind::full_name: return normalise_name(cell);
    case Kind::date:
    case Kind::year:
    case Kind::month:
    case Kind::day: return normalise_date(cell);
    case Kind::sex: return normalise_sex(cell);
    case Kind::place: return normalise_place(cell);
    case Kind::commune:
    case Kind::birth_commune: return normalise_commune(cell, geography);
    case Kind::address: return normalise_address(cell);
    case Kind::phone: return normalise_phone(cell);
    case Kind::email: return normalise_email(cell);
    case Kind::nir: return normalise_nir(cell);
    case Kind::postcode:
    case Kind::house_number:
    case Kind::nir_token:
    case Kind::identifier:
    case Kind::category: return normalise_code(cell);
    case Kind::text: return normalise_text(cell);
    case Kind::id:
    case Kind::demande:
    case Kind::ignore: return std::string(cell);
  }
  return {};
}

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// Keeps whole characters.
std::string cut(std::string text) {
  if (text.size() <= most_compared_bytes) return text;
  std::size_t end = most_compared_bytes;
  while (end > 0 && continues(text[end])) --end;
  text.resize(end);
  return text;
}

}  // namespace

std::string normalise_cell(std::string_view cell, Kind kind, Part part, const model::Geography* geography) {
  return cut(part == Part::whole ? normalise_whole(cell, kind, geography) : normalise_part(cell, part));
}

}  // namespace passerelle::linking
