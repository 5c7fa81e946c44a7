#include "gateway/policy/declarations.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "gateway/codec/limits.hpp"
#include "gateway/model/ascii.hpp"

namespace passerelle::policy {
namespace {

using model::FaultCode;

constexpr std::string_view demandeur_name = "demandeur";
constexpr std::string_view cotitulaires_name = "cotitulaires";
constexpr std::size_t rank_digits = 4;

struct Step {
  std::string_view name;  // empty: an item
  std::size_t rank = 0;
};

bool is_name_character(char c) {
  return model::is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

/// `[12]`, as it is written and no other way.
std::optional<std::size_t> take_rank(std::string_view& path) {
  const std::size_t end = path.find(']');
  if (!path.starts_with('[') || end == std::string_view::npos) return std::nullopt;
  const std::string_view digits = path.substr(1, end - 1);
  const bool plain = model::all_digits(digits) && digits.size() <= rank_digits &&
                     (digits.size() == 1 || digits.front() != '0');
  if (!plain) return std::nullopt;
  path.remove_prefix(end + 1);
  return static_cast<std::size_t>(model::number_of(digits));
}

std::optional<Step> take_step(std::string_view& path, bool first) {
  if (!first && path.starts_with('[')) {
    const auto rank = take_rank(path);
    if (!rank) return std::nullopt;
    return Step{{}, *rank};
  }
  if (!first) {
    if (!path.starts_with('.')) return std::nullopt;
    path.remove_prefix(1);
  }
  const auto* const end = std::ranges::find_if_not(path, is_name_character);
  const auto length = static_cast<std::size_t>(end - path.begin());
  if (length == 0) return std::nullopt;
  const Step step{path.substr(0, length)};
  path.remove_prefix(length);
  return step;
}

tl::expected<std::vector<Step>, FaultCode> cut(std::string_view path) {
  std::vector<Step> steps;
  while (!path.empty()) {
    const auto step = take_step(path, steps.empty());
    if (!step) return tl::unexpected(FaultCode::value_pattern);
    if (steps.size() == codec::limits::depth) return tl::unexpected(FaultCode::limit_depth);
    steps.push_back(*step);
  }
  return steps;
}

const DeclaredPlace* find(const DeclaredPlace& above, const Step& step) {
  return step.name.empty() ? above.item(step.rank) : above.member(step.name);
}

bool stands_before(const DeclaredPlace& place, const Step& step) {
  return place.name == step.name ? place.rank < step.rank : place.name < step.name;
}

/// The place at that step, made when it is not there; in the order of names, then of ranks.
DeclaredPlace& make_below(DeclaredPlace& above, const Step& step) {
  const auto at =
      std::ranges::find_if_not(above.below, [&](const auto& place) { return stands_before(place, step); });
  if (at != above.below.end() && at->name == step.name && at->rank == step.rank) return *at;
  return *above.below.insert(at,
                             {.name = std::string(step.name), .rank = step.rank, .person = {}, .below = {}});
}

std::string person_text(const std::optional<Person>& person) {
  if (!person) return {};
  if (!person->cotitulaire) return std::string(demandeur_name);
  return fmt::format("{}[{}]", cotitulaires_name, *person->cotitulaire);
}

/// A person, nobody known, or nothing when the text is neither.
std::optional<std::optional<Person>> parse_person(std::string_view text) {
  if (text.empty()) return std::optional<Person>{};
  if (text == demandeur_name) return Person{};
  if (!text.starts_with(cotitulaires_name)) return std::nullopt;
  text.remove_prefix(cotitulaires_name.size());
  const auto rank = take_rank(text);
  if (!rank || !text.empty()) return std::nullopt;
  return Person{*rank};
}

void write(const DeclaredPlace& place, const std::string& path, std::string& out) {
  if (place.declared)
    out += fmt::format(R"({}"{}":"{}")", out.size() == 1 ? "" : ",", path, person_text(place.person));
  for (const DeclaredPlace& below : place.below) {
    const std::string_view dot = path.empty() || below.name.empty() ? "" : ".";
    const std::string step = below.name.empty() ? fmt::format("[{}]", below.rank) : below.name;
    write(below, fmt::format("{}{}{}", path, dot, step), out);
  }
}

/// Reads `{"...":"...",...}` without blanks nor escapes: no place and no person needs any.
class Members {
 public:
  explicit Members(std::string_view text) : m_left(text) {}

  bool open() { return take('{'); }
  /// Whether another member begins.
  bool more() { return std::exchange(m_first, false) ? !m_left.starts_with('}') : take(','); }
  bool close() { return take('}') && m_left.empty(); }
  std::optional<std::pair<std::string_view, std::string_view>> member() {
    const auto path = quoted();
    if (!path || !take(':')) return std::nullopt;
    const auto person = quoted();
    if (!person) return std::nullopt;
    return std::pair(*path, *person);
  }

 private:
  bool take(char mark) {
    if (!m_left.starts_with(mark)) return false;
    m_left.remove_prefix(1);
    return true;
  }

  std::optional<std::string_view> quoted() {
    if (!take('"')) return std::nullopt;
    const std::size_t end = m_left.find('"');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view text = m_left.substr(0, end);
    m_left.remove_prefix(end + 1);
    return text;
  }

  std::string_view m_left;
  bool m_first = true;
};

std::optional<FaultCode> add(DeclaredPlace& demande, std::string_view path, std::string_view who) {
  const auto steps = cut(path);
  if (!steps) return steps.error();
  const auto person = parse_person(who);
  if (!person) return FaultCode::value_pattern;
  DeclaredPlace* place = &demande;
  for (const Step& step : *steps) place = &make_below(*place, step);
  if (place->declared) return FaultCode::key_repeated;
  place->declared = true;
  place->person = *person;
  return std::nullopt;
}

}  // namespace

const DeclaredPlace* DeclaredPlace::member(std::string_view wanted) const noexcept {
  const auto found = std::ranges::find(below, wanted, &DeclaredPlace::name);
  return found == below.end() ? nullptr : &*found;
}

const DeclaredPlace* DeclaredPlace::item(std::size_t wanted) const noexcept {
  const auto found = std::ranges::find_if(
      below, [&](const DeclaredPlace& place) { return place.name.empty() && place.rank == wanted; });
  return found == below.end() ? nullptr : &*found;
}

tl::expected<Declarations, FaultCode> Declarations::parse(std::string_view text) {
  Declarations read;
  Members members(text);
  if (!members.open()) return tl::unexpected(FaultCode::document_malformed);
  while (members.more()) {
    const auto member = members.member();
    if (!member) return tl::unexpected(FaultCode::document_malformed);
    if (const auto fault = add(read.m_demande, member->first, member->second)) return tl::unexpected(*fault);
  }
  if (!members.close()) return tl::unexpected(FaultCode::document_malformed);
  return read;
}

std::string Declarations::text() const {
  std::string text = "{";
  write(m_demande, {}, text);
  return text + '}';
}

bool Declarations::declare(std::string_view path, std::optional<Person> person) {
  const auto steps = cut(path);
  if (!steps) return false;
  DeclaredPlace* place = &m_demande;
  for (const Step& step : *steps) place = &make_below(*place, step);
  place->declared = true;
  place->person = person;
  place->below.clear();  // what was said of parts of it
  return true;
}

std::optional<Person> Declarations::declarer(std::string_view path) const {
  const auto steps = cut(path);
  if (!steps) return std::nullopt;
  std::optional<Person> person = m_demande.person;
  const DeclaredPlace* place = &m_demande;
  for (const Step& step : *steps) {
    place = find(*place, step);
    if (place == nullptr) break;
    if (place->declared) person = place->person;
  }
  return person;
}

}  // namespace passerelle::policy
