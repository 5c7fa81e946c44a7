#include "gateway/model/geography.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>
#include <utility>

#include "gateway/model/ascii.hpp"

namespace passerelle::model {
namespace {

constexpr std::uint16_t no_rank = std::numeric_limits<std::uint16_t>::max();
constexpr std::size_t slots_by_departement = 1000;
constexpr std::size_t departement_slots = 102;  // 00 to 99, 2A, 2B

/// A small perfect hash: every well-formed code has its own slot.
std::size_t code_slot(std::string_view code) {
  const std::string_view head = code.substr(0, 2);
  const int departement = head == "2A" ? 100 : head == "2B" ? 101 : number_of(head);
  return static_cast<std::size_t>(departement) * slots_by_departement +
         static_cast<std::size_t>(number_of(code.substr(2)));
}

std::string_view view_of(const std::vector<char>& bytes) {
  return {bytes.data(), bytes.size()};
}

/// Lines of one of our own tables: a header, then rows of `Columns` cells that never need quotes.
template <std::size_t Columns>
class TableLines {
 public:
  using Cells = std::array<std::string_view, Columns>;

  TableLines(std::string_view text, std::string_view name, std::string_view header)
      : m_rest(text), m_name(name) {
    if (take_line() != header) fail("header");
  }

  std::optional<Cells> next() {
    if (m_rest.empty()) return std::nullopt;
    std::string_view line = take_line();
    Cells cells;
    for (std::size_t column = 0; column < Columns; ++column) {
      const std::size_t comma = line.find(',');
      if ((comma == std::string_view::npos) != (column + 1 == Columns)) fail("number of cells");
      cells[column] = line.substr(0, comma);
      if (column + 1 < Columns) line.remove_prefix(comma + 1);
    }
    return cells;
  }

  [[noreturn]] void fail(std::string_view what) const {
    throw std::runtime_error(fmt::format("{}: line {}: {}", m_name, m_line, what));
  }

 private:
  std::string_view take_line() {
    ++m_line;
    const std::size_t end = std::min(m_rest.find('\n'), m_rest.size());
    const std::string_view line = m_rest.substr(0, end);
    m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
    return line;
  }

  std::string_view m_rest;
  std::string_view m_name;
  std::size_t m_line = 0;
};

std::optional<CommuneKind> kind_of(std::string_view name) {
  using Named = std::pair<std::string_view, CommuneKind>;
  constexpr std::array<Named, 5> kinds{{{"commune", CommuneKind::commune},
                                        {"arrondissement-municipal", CommuneKind::arrondissement_municipal},
                                        {"deleguee", CommuneKind::deleguee},
                                        {"associee", CommuneKind::associee},
                                        {"ancienne", CommuneKind::ancienne}}};
  const auto found = std::ranges::find(kinds, name, &Named::first);
  return found == kinds.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::uint32_t> population_of(std::string_view text) {
  std::uint32_t population = 0;
  if (text.empty()) return population;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), population);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return population;
}

using CommuneLines = TableLines<8>;

/// Nothing when a cell is not what its column holds.
std::optional<Commune> read_commune(const CommuneLines::Cells& cells, const Departement* departement) {
  const auto& [code_text, name, kind_name, departement_code, region, population_text, postcodes, successor] =
      cells;
  const auto code = CommuneInsee::parse(code_text);
  const auto present = successor.empty() ? code : CommuneInsee::parse(successor);
  const auto kind = kind_of(kind_name);
  const auto population = population_of(population_text);
  const bool lies_somewhere = departement != nullptr && departement->region == region;
  if (!code || !present || !kind || !population || !lies_somewhere) return std::nullopt;
  return Commune{*code, *present, *kind, *population, name, postcodes, departement};
}

}  // namespace

Geography Geography::parse(std::string_view communes, std::string_view departements) {
  Geography geography;
  geography.m_commune_text.assign(communes.begin(), communes.end());
  geography.m_departement_text.assign(departements.begin(), departements.end());
  geography.read_departements();
  geography.read_communes();
  geography.check_presents();
  return geography;
}

void Geography::read_departements() {
  TableLines<3> lines(view_of(m_departement_text), "departements.csv", "code,name,region");
  while (const auto cells = lines.next()) {
    const auto& [code, name, region] = *cells;
    if (!m_departements.empty() && m_departements.back().code >= code) lines.fail("order of codes");
    m_departements.push_back({code, name, region});
  }
}

void Geography::read_communes() {
  CommuneLines lines(view_of(m_commune_text), "communes.csv",
                     "code,name,type,departement,region,population,postcodes,successor");
  m_communes.reserve(static_cast<std::size_t>(std::ranges::count(m_commune_text, '\n')));
  m_ranks.assign(departement_slots * slots_by_departement, no_rank);
  while (const auto cells = lines.next()) {
    const Departement* departement = find_departement((*cells)[3]);
    const auto commune = read_commune(*cells, departement);
    if (!commune) lines.fail("unknown value");
    std::uint16_t& rank = m_ranks[code_slot(commune->code.text())];
    if (rank != no_rank || m_communes.size() == no_rank) lines.fail("code seen twice, or too many");
    rank = static_cast<std::uint16_t>(m_communes.size());
    m_communes.push_back(*commune);
  }
}

void Geography::check_presents() const {
  for (const Commune& commune : m_communes) {
    const Commune* present = find(commune.present);
    if (present == nullptr || present->kind != CommuneKind::commune)
      throw std::runtime_error(fmt::format("communes.csv: {}: successor unknown", commune.code.text()));
  }
}

const Commune* Geography::find(std::string_view code) const noexcept {
  if (check_commune_insee(code)) return nullptr;
  const std::uint16_t rank = m_ranks[code_slot(code)];
  return rank == no_rank ? nullptr : &m_communes[rank];
}

const Commune& Geography::present(const Commune& commune) const noexcept {
  const Commune* found = find(commune.present);
  assert(found != nullptr);
  return *found;
}

const Departement* Geography::find_departement(std::string_view code) const noexcept {
  const auto found = std::ranges::lower_bound(m_departements, code, {}, &Departement::code);
  return found != m_departements.end() && found->code == code ? &*found : nullptr;
}

std::optional<FaultCode> Geography::check_commune(std::string_view code) const noexcept {
  if (const auto fault = check_commune_insee(code)) return fault;
  return find(code) == nullptr ? std::optional(FaultCode::value_commune_unknown) : std::nullopt;
}

}  // namespace passerelle::model
