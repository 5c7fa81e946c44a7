#include "gateway/mapping/value_codec.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "gateway/mapping/date_spelling.hpp"
#include "gateway/mapping/number_spelling.hpp"
#include "gateway/model/ascii.hpp"
#include "gateway/model/montant.hpp"

namespace passerelle::mapping {
namespace {

using codec::LeafType;
using codec::Lexical;
using codec::Record;

constexpr std::array signatures{
    CodecSignature{"copy", CodecKind::copy, 0, 0, 1},
    CodecSignature{"table", CodecKind::table, 1, 1, 1},
    CodecSignature{"const", CodecKind::constant, 1, 1, 0},
    CodecSignature{"list", CodecKind::list, 0, 0, 1},
    CodecSignature{"flag", CodecKind::flag, 2, 2, 1, false, " boolean "},
    CodecSignature{"date", CodecKind::date, 1, 1, 1, false, " date partialDate "},
    CodecSignature{"decimal", CodecKind::decimal, 1, 2, 1, false, " amount decimal "},
    CodecSignature{"cents", CodecKind::cents, 1, 1, 1, false, " amount "},
    CodecSignature{"number", CodecKind::number, 1, 1, 1, false, " integer "},
    CodecSignature{"numero_voie", CodecKind::numero_voie, 0, 0, 2},
    CodecSignature{"nom_prenoms", CodecKind::nom_prenoms, 1, 1, 2},
    CodecSignature{"join", CodecKind::join, 2, max_parts, 1, true}};

/// Most digits that `cents`, `number` and `join` may ask for.
constexpr std::uint8_t most_width = 18;

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
      text.size() < 10 && !text.empty() && text.front() != '0' && std::ranges::all_of(text, model::is_digit);
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

std::optional<Translation> kept(std::optional<std::string> value, Record& pivot) {
  if (!value) return std::nullopt;
  return Translation{pivot.keep(*value), Fidelity::translated};
}

std::optional<Translation> translated(std::optional<std::string_view> value) {
  if (!value) return std::nullopt;
  return Translation{*value, Fidelity::translated};
}

std::optional<Translation> from_flag(const ValueCodec& codec, std::string_view external) {
  if (external == codec.first) return Translation{"true", Fidelity::translated};
  if (external == codec.second) return Translation{"false", Fidelity::translated};
  return std::nullopt;
}

std::optional<Translation> from_decimal(const ValueCodec& codec, std::string_view external,
                                        const LeafType& type, Record& pivot) {
  const auto decimal = read_decimal(codec.first.front(), external);
  if (!decimal) return std::nullopt;
  const std::string_view value = canonical(type, pivot.keep(*decimal), pivot);
  return Translation{value, value == external ? Fidelity::exact : Fidelity::translated};
}

/// What was written for the peer, viewing `scratch`; the same bytes as the pivot's are exact.
std::optional<Translation> written(std::optional<WrittenNumber> number, std::string_view pivot,
                                   std::string& scratch) {
  if (!number) return std::nullopt;
  if (!number->fits) return Translation{{}, Fidelity::too_wide};
  scratch = std::move(number->text);
  return Translation{scratch, scratch == pivot ? Fidelity::exact : Fidelity::translated};
}

std::optional<Translation> date_to_external(const ValueCodec& codec, std::string_view pivot,
                                            std::string& scratch) {
  auto date = write_date(codec.first, pivot);
  if (!date) return std::nullopt;
  scratch = std::move(date->text);
  return Translation{scratch, date->whole ? Fidelity::translated : Fidelity::approximate};
}

std::optional<std::uint8_t> parse_width(std::string_view text) {
  if (!model::all_digits(text) || text.size() > 2) return std::nullopt;
  const int width = model::number_of(text);
  if (width < 1 || width > most_width) return std::nullopt;
  return static_cast<std::uint8_t>(width);
}

std::optional<std::string> take_widths(ValueCodec& codec, std::span<const std::string> arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto width = parse_width(arguments[i]);
    if (!width) return fmt::format("largeur « {} » ; attendu un nombre de 1 à {}", arguments[i], most_width);
    codec.widths[i] = *width;
  }
  if (codec.kind == CodecKind::cents && codec.widths[0] < 3) return "cents attend au moins trois chiffres";
  return std::nullopt;
}

std::optional<std::string> take_decimal(ValueCodec& codec, std::span<const std::string> arguments) {
  codec.first = arguments.front();
  if (codec.first.size() != 1 || model::is_digit(codec.first.front()))
    return fmt::format("séparateur décimal « {} » ; attendu un signe, par exemple \",\"", codec.first);
  return take_widths(codec, arguments.subspan(1));
}

}  // namespace

std::span<const CodecSignature> codec_signatures() noexcept {
  return signatures;
}

std::optional<std::string> take_arguments(ValueCodec& codec, std::span<const std::string> arguments) {
  switch (codec.kind) {
    case CodecKind::cents:
    case CodecKind::number:
    case CodecKind::join: return take_widths(codec, arguments);
    case CodecKind::decimal: return take_decimal(codec, arguments);
    default: break;
  }
  if (!arguments.empty()) codec.first = arguments[0];
  if (arguments.size() > 1) codec.second = arguments[1];
  if (codec.kind == CodecKind::date && !is_date_form(codec.first))
    return fmt::format("forme de date « {} » ; attendu JJ/MM/AAAA, AAAAMMJJ ou MM/AAAA", codec.first);
  if (codec.kind == CodecKind::nom_prenoms && codec.first.empty())
    return "nom_prenoms attend la marque qui sépare le nom des prénoms";
  return std::nullopt;
}

std::optional<Translation> to_pivot(const ValueCodec& codec, std::string_view external,
                                    const LeafType& pivot_type, Record& pivot) {
  switch (codec.kind) {
    case CodecKind::copy: {
      const std::string_view value = canonical(pivot_type, significant(pivot_type, external), pivot);
      return Translation{value, value == external ? Fidelity::exact : Fidelity::translated};
    }
    case CodecKind::table: return from_table(codec.table->to_pivot(external), external);
    case CodecKind::flag: return from_flag(codec, external);
    case CodecKind::date: return kept(read_date(codec.first, external), pivot);
    case CodecKind::decimal: return from_decimal(codec, external, pivot_type, pivot);
    case CodecKind::cents: return kept(read_cents(codec.widths[0], external), pivot);
    case CodecKind::number: return translated(read_number(codec.widths[0], external));
    case CodecKind::none:
    case CodecKind::constant:
    case CodecKind::list:
    case CodecKind::numero_voie:
    case CodecKind::nom_prenoms:
    case CodecKind::join: return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Translation> to_external(const ValueCodec& codec, std::string_view pivot,
                                       std::string& scratch) {
  switch (codec.kind) {
    case CodecKind::copy: return Translation{pivot, Fidelity::exact};
    case CodecKind::table: return from_table(codec.table->to_external(pivot), pivot);
    case CodecKind::flag: return translated(pivot == "true" ? codec.first : codec.second);
    case CodecKind::date: return date_to_external(codec, pivot, scratch);
    case CodecKind::decimal:
      return written(write_decimal(codec.first.front(), codec.widths[0], pivot), pivot, scratch);
    case CodecKind::cents: return written(write_cents(codec.widths[0], pivot), pivot, scratch);
    case CodecKind::number: return written(write_number(codec.widths[0], pivot), pivot, scratch);
    case CodecKind::none:
    case CodecKind::constant:
    case CodecKind::list:
    case CodecKind::numero_voie:
    case CodecKind::nom_prenoms:
    case CodecKind::join: return std::nullopt;
  }
  return std::nullopt;
}

std::optional<model::FaultCode> unread_fault(CodecKind kind) noexcept {
  switch (kind) {
    case CodecKind::date: return model::FaultCode::value_date;
    case CodecKind::decimal:
    case CodecKind::cents: return model::FaultCode::value_amount;
    case CodecKind::number: return model::FaultCode::value_type;
    default: return std::nullopt;
  }
}

}  // namespace passerelle::mapping
