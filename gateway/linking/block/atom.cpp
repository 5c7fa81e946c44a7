#include "gateway/linking/block/atom.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "gateway/linking/hash.hpp"
#include "gateway/linking/normalise/date.hpp"

namespace passerelle::linking {
namespace {

struct Aspect {
  std::string_view name;
  AspectKey key;
};

std::uint32_t hash_of(std::uint32_t number) {
  return number == 0 ? 0 : join_hashes(number, 1);
}

std::uint32_t sorted_day_month(PartialDate date) {
  if (date.day == 0 || date.month == 0) return 0;
  return 1U + std::min(date.day, date.month) * 64U + std::max(date.day, date.month);
}

std::uint32_t whole_date(const ValueTraits& traits) {
  const PartialDate date = PartialDate::unpack(traits.date);
  return join_hashes(sorted_day_month(date), date.year);
}

std::uint32_t year_and_month(const ValueTraits& traits) {
  const PartialDate date = PartialDate::unpack(traits.date);
  return date.month == 0 ? 0 : join_hashes(date.year, date.month);
}

std::uint32_t day_and_month(const ValueTraits& traits) {
  return hash_of(sorted_day_month(PartialDate::unpack(traits.date)));
}

std::uint32_t year_only(const ValueTraits& traits) {
  return hash_of(traits.date / 10000);
}

std::uint32_t day_and_decade_place(const ValueTraits& traits) {
  const PartialDate date = PartialDate::unpack(traits.date);
  return date.day == 0 ? 0 : join_hashes(date.day, 1U + date.year % 10U);
}

// The first aspect of each list is the finest: it implies the others.
constexpr std::array words_aspects{Aspect{"mots", [](const ValueTraits& t) { return t.equivalent; }},
                                   Aspect{"son", [](const ValueTraits& t) { return t.sound; }},
                                   Aspect{"squelette", [](const ValueTraits& t) { return t.skeleton; }},
                                   Aspect{"premier mot", [](const ValueTraits& t) { return t.first_word; }},
                                   Aspect{"dernier mot", [](const ValueTraits& t) { return t.last_word; }},
                                   Aspect{"début", [](const ValueTraits& t) { return t.head; }}};
constexpr std::array date_aspects{Aspect{"date", whole_date}, Aspect{"année et mois", year_and_month},
                                  Aspect{"jour et mois", day_and_month}, Aspect{"année", year_only},
                                  Aspect{"jour et unité d'année", day_and_decade_place}};
constexpr std::array digits_aspects{Aspect{"code", [](const ValueTraits& t) { return t.equivalent; }},
                                    Aspect{"début", [](const ValueTraits& t) { return t.head; }},
                                    Aspect{"fin", [](const ValueTraits& t) { return t.tail; }}};
constexpr std::array code_aspects{Aspect{"valeur", [](const ValueTraits& t) { return t.equivalent; }}};
constexpr std::array variant_aspect{Aspect{"variante", [](const ValueTraits& t) { return t.variant; }}};

std::span<const Aspect> aspects_of(Family family) {
  switch (family) {
    case Family::words: return words_aspects;
    case Family::date: return date_aspects;
    case Family::digits: return digits_aspects;
    case Family::code: return code_aspects;
    case Family::none: break;
  }
  return {};
}

Atom make_atom(const Records& records, const Field& field, const Aspect& aspect, std::size_t group) {
  const Dictionary& dictionary = records.dictionary(field);
  std::vector<std::uint32_t> of_value(dictionary.size());
  for (std::size_t id = 1; id < of_value.size(); ++id) {
    of_value[id] = aspect.key(dictionary.traits(static_cast<ValueId>(id)));
  }
  Atom atom{field.label + " : " + std::string(aspect.name), group, {}, {}};
  atom.key.reserve(records.size());
  for (const ValueId value : field.value) atom.key.push_back(of_value[value]);
  return atom;
}

struct Wanted {
  std::size_t field;
  const Aspect* aspect;
  std::size_t group;
  bool finest;
};

std::vector<Wanted> wanted_atoms(const std::vector<Comparison>& comparisons) {
  std::vector<Wanted> wanted;
  for (std::size_t group = 0; group < comparisons.size(); ++group) {
    for (const std::size_t field : comparisons[group].fields) {
      const auto aspects = aspects_of(comparisons[group].family);
      for (const Aspect& aspect : aspects)
        wanted.push_back({field, &aspect, group, &aspect == &aspects.front()});
      if (comparisons[group].kind == Kind::first_name) {
        wanted.push_back({field, &variant_aspect.front(), group, false});
      }
    }
  }
  wanted.resize(std::min(wanted.size(), most_atoms - 2));
  return wanted;
}

void mark_implied(std::vector<Atom>& atoms, const std::vector<Wanted>& wanted) {
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    atoms[i].implied.set(i);
    for (std::size_t j = i + 1; wanted[i].finest && j < wanted.size() && wanted[j].field == wanted[i].field;
         ++j) {
      atoms[i].implied.set(j);
    }
  }
}

/// The same aspect of first and last name, in alphabetical order of hashes: blind to swaps.
Atom join_names(const Atom& first, const Atom& last, std::string label) {
  Atom joined{std::move(label), first.group, {}, {}};
  joined.key.reserve(first.key.size());
  for (std::size_t i = 0; i < first.key.size(); ++i)
    joined.key.push_back(crossed_key(first.key[i], last.key[i]));
  return joined;
}

void add_name_pairs(std::vector<Atom>& atoms, const std::vector<Wanted>& wanted,
                    const std::vector<Comparison>& comparisons) {
  const auto find = [&](Kind kind) {
    const auto found = std::ranges::find_if(
        wanted, [&](const Wanted& one) { return one.finest && comparisons[one.group].kind == kind; });
    return static_cast<std::size_t>(found - wanted.begin());
  };
  const std::size_t first = find(Kind::first_name);
  const std::size_t last = find(Kind::last_name);
  if (first == wanted.size() || last == wanted.size()) return;
  for (const auto& [label, name] : crossed_labels) {
    const auto aspect = static_cast<std::size_t>(std::ranges::find(words_aspects, name, &Aspect::name) -
                                                 words_aspects.begin());
    const std::size_t rank = atoms.size();
    atoms.push_back(join_names(atoms[first + aspect], atoms[last + aspect], std::string(label)));
    atoms[rank].implied.set(rank);
  }
}

}  // namespace

AspectKey find_aspect(Family family, std::string_view name) noexcept {
  for (const Aspect& aspect : aspects_of(family)) {
    if (aspect.name == name) return aspect.key;
  }
  const Aspect& variant = variant_aspect.front();
  return family == Family::words && name == variant.name ? variant.key : nullptr;
}

std::uint32_t crossed_key(std::uint32_t a, std::uint32_t b) noexcept {
  return join_hashes(std::min(a, b), std::max(a, b));
}

std::vector<Atom> make_atoms(const Records& records, const std::vector<Comparison>& comparisons,
                             const Executor& run) {
  const std::vector<Wanted> wanted = wanted_atoms(comparisons);
  std::vector<Atom> atoms(wanted.size());
  run(wanted.size(), [&](std::size_t i) {
    atoms[i] = make_atom(records, records.fields[wanted[i].field], *wanted[i].aspect, wanted[i].group);
  });
  mark_implied(atoms, wanted);
  add_name_pairs(atoms, wanted, comparisons);
  return atoms;
}

}  // namespace passerelle::linking
