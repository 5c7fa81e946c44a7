#include "gateway/mapping/peer_type.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "gateway/mapping/date_spelling.hpp"
#include "gateway/mapping/pivot_type.hpp"
#include "gateway/model/ascii.hpp"

namespace passerelle::mapping {
namespace {

using codec::LeafType;
using model::FaultCode;

constexpr int most_digits = 24;

std::optional<FaultCode> check_form(std::string_view form, std::string_view text) {
  return is_date_written(form, text) ? std::nullopt : std::optional(FaultCode::value_date);
}

std::optional<FaultCode> check_day_first(std::string_view text) {
  return check_form("JJ/MM/AAAA", text);
}
std::optional<FaultCode> check_compact(std::string_view text) {
  return check_form("AAAAMMJJ", text);
}
std::optional<FaultCode> check_month_first(std::string_view text) {
  return check_form("MM/AAAA", text);
}

LeafType with_patterns(std::initializer_list<std::string> expressions) {
  LeafType type;
  for (const std::string& expression : expressions)
    type.patterns.push_back(codec::Pattern::compile(expression).value());
  return type;
}

std::optional<LeafType> date_type(std::string_view form) {
  LeafType type;
  if (form == "JJ/MM/AAAA") type.domain_check = check_day_first;
  if (form == "AAAAMMJJ") type.domain_check = check_compact;
  if (form == "MM/AAAA") type.domain_check = check_month_first;
  return type.domain_check == nullptr ? std::nullopt : std::optional(std::move(type));
}

std::optional<LeafType> code_type(std::string_view list) {
  LeafType type;
  while (true) {
    const std::size_t end = std::min(list.find('|'), list.size());
    std::string code(list.substr(0, end));
    const bool known = std::ranges::find(type.code_order, code) != type.code_order.end();
    if (code.empty() || known) return std::nullopt;
    type.code_order.push_back(std::move(code));
    if (end == list.size()) return type;
    list.remove_prefix(end + 1);
  }
}

std::optional<LeafType> amount_type(std::string_view mark) {
  if (mark != ",") return std::nullopt;
  return with_patterns({"\\d{1,9}", "\\d{1,9},\\d{1,2}"});
}

std::optional<LeafType> digits_type(std::string_view count) {
  const bool written = count.size() <= 2 && model::all_digits(count);
  const int digits = written ? model::number_of(count) : 0;
  if (digits < 1 || digits > most_digits) return std::nullopt;
  return with_patterns({fmt::format("\\d{{{}}}", digits)});
}

using Make = std::optional<LeafType> (*)(std::string_view argument);
constexpr std::array<std::pair<std::string_view, Make>, 5> own_types{{{"date", date_type},
                                                                      {"code", code_type},
                                                                      {"amount", amount_type},
                                                                      {"cents", digits_type},
                                                                      {"number", digits_type}}};

/// A type of the pivot that a peer may have: its lists and structures are the pivot's own.
std::optional<LeafType> shared_type(std::string_view written) {
  const auto type = parse_pivot_type(written);
  if (!type || !type->holds_value() || type->kind == PivotKind::code) return std::nullopt;
  return make_leaf_type(*type);
}

}  // namespace

std::optional<LeafType> parse_peer_type(std::string_view written) {
  const std::size_t open = written.find('(');
  const auto* const own =
      std::ranges::find(own_types, written.substr(0, open), [](const auto& entry) { return entry.first; });
  if (open == std::string_view::npos || own == own_types.end()) return shared_type(written);
  if (!written.ends_with(')')) return std::nullopt;
  auto type = own->second(written.substr(open + 1, written.size() - open - 2));
  if (type) type->name = written;
  return type;
}

bool is_free_comment(std::string_view type_name) noexcept {
  return type_name == "CommentaireLibre" || type_name.starts_with("freeText(");
}

bool is_nir(std::string_view type_name) noexcept {
  return type_name == "Nir" || type_name == "nir";
}

}  // namespace passerelle::mapping
