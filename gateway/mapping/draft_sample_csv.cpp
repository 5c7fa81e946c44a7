#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <simdjson.h>

#include "gateway/codec/charset.hpp"
#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/mapping/draft_sample.hpp"
#include "gateway/mapping/table_text.hpp"

namespace passerelle::mapping {
namespace {

using Outcome = tl::expected<Sample, std::string>;

/// Signs that the path of a mapping, or a structure file, keeps for itself.
constexpr std::string_view reserved = ".[]/|@=()\",#";

char separator_of(std::string_view text) {
  const std::string_view header = text.substr(0, text.find('\n'));
  constexpr std::array<char, 3> known{';', ',', '\t'};
  return *std::ranges::max_element(known, {}, [&](char c) { return std::ranges::count(header, c); });
}

/// Why the header cannot name the places of a mapping; empty when it can.
std::string header_problem(const std::vector<std::string>& header) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i].empty()) return fmt::format("la colonne {} n'a pas de nom dans la première ligne", i + 1);
    if (header[i].find_first_of(reserved) != std::string::npos || header[i] != trimmed(header[i]))
      return fmt::format("le nom de la colonne {} a un signe réservé ({}) ou un blanc au bord", i + 1,
                         reserved);
    const auto before = header.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(header.begin(), before, header[i]) != before)
      return fmt::format("la colonne {} porte le nom d'une autre", i + 1);
  }
  return {};
}

}  // namespace

Outcome read_csv_sample(std::string_view bytes) {
  Sample sample{.codec = "csv"};
  std::string western;
  sample.byte_order_mark = bytes.starts_with(codec::utf_8_mark);
  if (!simdjson::validate_utf8(bytes)) {
    sample.charset = "windows-1252";
    if (!codec::append_decoded(western, bytes, codec::Charset::windows_1252))
      return tl::unexpected<std::string>("l'échantillon n'est ni en UTF-8 ni en Windows-1252");
    bytes = western;
  }
  sample.separator = separator_of(bytes);
  sample.carriage_return = bytes.find("\r\n") != std::string_view::npos;
  const codec::CsvTable table(bytes, sample.separator);
  if (table.header().empty()) return tl::unexpected<std::string>("l'échantillon est vide");
  if (table.unclosed_quote()) return tl::unexpected<std::string>("un guillemet n'est jamais refermé");
  if (std::string problem = header_problem(table.header()); !problem.empty()) return tl::unexpected(problem);
  sample.records = table.size();
  for (std::size_t column = 0; column < table.header().size(); ++column) {
    SamplePlace& place = sample.places.emplace_back(SamplePlace{.path = table.header()[column], .guess = {}});
    for (std::size_t row = 0; row < table.size(); ++row) place.guess.see(table.cell(row, column));
  }
  return sample;
}

}  // namespace passerelle::mapping
