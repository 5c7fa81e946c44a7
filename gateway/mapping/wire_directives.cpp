#include "gateway/mapping/wire_directives.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>

namespace passerelle::mapping {
namespace {

using codec::Charset;
using codec::LineEnd;
using codec::Quoting;
using codec::WireForm;
using codec::WireKind;

template <typename Value, std::size_t count>
bool take_word(const std::array<std::pair<std::string_view, Value>, count>& words, std::string_view word,
               Value& value) {
  const auto* const found = std::ranges::find(words, word, [](const auto& entry) { return entry.first; });
  if (found == words.end()) return false;
  value = found->second;
  return true;
}

bool take_charset(std::string_view word, WireForm& form) {
  constexpr std::array<std::pair<std::string_view, Charset>, 3> words{
      {{"utf-8", Charset::utf_8},
       {"iso-8859-1", Charset::iso_8859_1},
       {"windows-1252", Charset::windows_1252}}};
  return take_word(words, word, form.charset);
}

/// One sign, or the name of one that a table cannot write.
bool take_separator(std::string_view word, WireForm& form) {
  constexpr std::array<std::pair<std::string_view, char>, 7> words{
      {{";", ';'}, {",", ','}, {":", ':'}, {"~", '~'}, {"!", '!'}, {"tab", '\t'}, {"bar", '|'}}};
  return take_word(words, word, form.separator);
}

bool take_line_end(std::string_view word, WireForm& form) {
  constexpr std::array<std::pair<std::string_view, LineEnd>, 2> words{
      {{"lf", LineEnd::lf}, {"crlf", LineEnd::crlf}}};
  return take_word(words, word, form.line_end);
}

bool take_quote(std::string_view word, WireForm& form) {
  constexpr std::array<std::pair<std::string_view, Quoting>, 2> words{
      {{"needed", Quoting::needed}, {"always", Quoting::always}}};
  return take_word(words, word, form.quoting);
}

bool take_mark(std::string_view word, WireForm& form) {
  constexpr std::array<std::pair<std::string_view, bool>, 2> words{{{"yes", true}, {"no", false}}};
  return take_word(words, word, form.byte_order_mark);
}

struct WireDirective {
  std::string_view keyword;
  bool (*take)(std::string_view word, WireForm& form);
  bool csv_only;
  std::string_view expected;
};

constexpr std::array directives{
    WireDirective{"charset", take_charset, false, "utf-8, iso-8859-1 ou windows-1252"},
    WireDirective{"separator", take_separator, true, "; , : ~ ! tab ou bar"},
    WireDirective{"line-end", take_line_end, false, "lf ou crlf"},
    WireDirective{"quote", take_quote, true, "needed ou always"},
    WireDirective{"byte-order-mark", take_mark, false, "yes ou no"}};

const WireDirective* find(std::string_view keyword) noexcept {
  const auto* const found = std::ranges::find(directives, keyword, &WireDirective::keyword);
  return found == directives.end() ? nullptr : found;
}

}  // namespace

bool is_wire_directive(std::string_view keyword) noexcept {
  return find(keyword) != nullptr;
}

WireForm take_wire_form(const TableText& table, const std::string& file, TableFaults& faults) {
  WireForm form;
  const std::string_view codec = table.value("codec");
  if (const auto kind = codec::wire_kind_named(codec)) {
    form.kind = *kind;
  } else {
    faults.push_back(
        {file, 0, fmt::format("codec inconnu : « {} » ; attendu xml, json, csv ou fixed", codec)});
  }
  for (const auto& [keyword, value, line] : table.directives) {
    const WireDirective* directive = find(keyword);
    if (directive == nullptr) continue;
    const bool meant = directive->csv_only ? form.kind == WireKind::csv : form.tabular();
    if (!meant) {
      faults.push_back({file, line, fmt::format("la directive {} ne va pas avec ce codec", keyword)});
    } else if (!directive->take(value, form)) {
      faults.push_back(
          {file, line, fmt::format("{} inconnu : « {} » ; attendu {}", keyword, value, directive->expected)});
    }
  }
  if (form.byte_order_mark && form.charset != Charset::utf_8)
    faults.push_back({file, 0, "byte-order-mark yes ne va qu'avec charset utf-8"});
  return form;
}

}  // namespace passerelle::mapping
