#include "gateway/mapping/value_codec.hpp"

#include <algorithm>

#include "gateway/model/montant.hpp"

namespace passerelle::mapping {
namespace {

using codec::LeafType;
using codec::Lexical;
using codec::Record;

constexpr std::array signatures{CodecSignature{"copy", CodecKind::copy, 0, 1},
                                CodecSignature{"table", CodecKind::table, 1, 1},
                                CodecSignature{"const", CodecKind::constant, 1, 0},
                                CodecSignature{"list", CodecKind::list, 0, 1},
                                CodecSignature{"flag", CodecKind::flag, 2, 1},
                                CodecSignature{"numero_voie", CodecKind::numero_voie, 0, 2}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// `+007` is `7`, `-0` is `0`: JSON has one spelling of an integer.
std::string_view canonical_integer(std::string_view text, Record& pivot) {
  const bool negative = text.starts_with('-');
  std::string_view digits = text;
  if (negative || text.starts_with('+')) digits.remove_prefix(1);
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
  if (!negative || digits == "0") return digits;
  return digits.size() + 1 == text.size() ? text : pivot.keep("-" + std::string(digits));
}

std::string_view canonical_amount(std::string_view text, Record& pivot) {
  const bool plain =
      text.size() < 10 && !text.empty() && text.front() != '0' && std::ranges::all_of(text, is_digit);
  if (plain) return text;
  const auto amount = model::Montant::parse(text);
  return amount ? pivot.keep(amount->text()) : text;
}

/// The one spelling that the pivot uses for a value of that type.
std::string_view canonical(const LeafType& type, std::string_view text, Record& pivot) {
  switch (type.lexical) {
    case Lexical::boolean: return text == "1" ? "true" : text == "0" ? "false" : text;
    case Lexical::integer: return text.empty() ? text : canonical_integer(text, pivot);
    default: return type.name == "amount" ? canonical_amount(text, pivot) : text;
  }
}

std::optional<Translation> from_table(const CodeTranslation* row, std::string_view source) {
  if (row == nullptr || !row->code) return std::nullopt;
  if (row->relation != Relation::equal) return Translation{*row->code, Fidelity::approximate};
  return Translation{*row->code, *row->code == source ? Fidelity::exact : Fidelity::translated};
}

std::size_t house_number_end(std::string_view line) {
  std::size_t end = 0;
  while (end < line.size() && is_digit(line[end])) ++end;
  if (end == 0) return 0;
  for (const std::string_view suffix : {" bis", " ter", " quater"}) {
    if (line.substr(end).starts_with(suffix)) return end + suffix.size();
  }
  return end;
}

}  // namespace

std::span<const CodecSignature> codec_signatures() noexcept {
  return signatures;
}

std::optional<Translation> to_pivot(const ValueCodec& codec, std::string_view external,
                                    const LeafType& pivot_type, Record& pivot) {
  switch (codec.kind) {
    case CodecKind::copy: {
      const std::string_view value = canonical(pivot_type, significant(pivot_type, external), pivot);
      return Translation{value, value == external ? Fidelity::exact : Fidelity::translated};
    }
    case CodecKind::table: return from_table(codec.table->to_pivot(external), external);
    case CodecKind::flag:
      if (external == codec.first) return Translation{"true", Fidelity::translated};
      if (external == codec.second) return Translation{"false", Fidelity::translated};
      return std::nullopt;
    case CodecKind::none:
    case CodecKind::constant:
    case CodecKind::list:
    case CodecKind::numero_voie: return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Translation> to_external(const ValueCodec& codec, std::string_view pivot) {
  switch (codec.kind) {
    case CodecKind::copy: return Translation{pivot, Fidelity::exact};
    case CodecKind::table: return from_table(codec.table->to_external(pivot), pivot);
    case CodecKind::flag:
      return Translation{pivot == "true" ? codec.first : codec.second, Fidelity::translated};
    case CodecKind::none:
    case CodecKind::constant:
    case CodecKind::list:
    case CodecKind::numero_voie: return std::nullopt;
  }
  return std::nullopt;
}

Parts split_value(const ValueCodec&, std::string_view external) {
  const std::size_t end = house_number_end(external);
  const bool number = end > 0 && end < external.size() && external[end] == ' ';
  if (!number) return {std::string_view{}, external};
  return {external.substr(0, end), external.substr(end + 1)};
}

std::string merge_parts(const ValueCodec&, const Parts& parts) {
  std::string merged(parts[0]);
  if (!parts[0].empty() && !parts[1].empty()) merged += ' ';
  return merged.append(parts[1]);
}

}  // namespace passerelle::mapping
