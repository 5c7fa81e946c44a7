#include "gateway/codec/xml/xsd_type.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

namespace passerelle::codec {
namespace {

constexpr std::size_t derivation_depth = 32;

struct BuiltIn {
  std::string_view name;
  Lexical lexical;
  std::optional<std::int64_t> minimum;
  std::optional<std::int64_t> maximum;
};

// Those left out differ from ours in their lexical space: xs:token and its kin collapse blanks, unsigned
// types take no sign, and libxml2 takes no blank before xs:long and its kin.
const std::array built_ins{
    BuiltIn{"string", Lexical::text, {}, {}},
    BuiltIn{"boolean", Lexical::boolean, {}, {}},
    BuiltIn{"decimal", Lexical::decimal, {}, {}},
    BuiltIn{"integer", Lexical::integer, {}, {}},
    BuiltIn{"nonNegativeInteger", Lexical::integer, 0, {}},
    BuiltIn{"positiveInteger", Lexical::integer, 1, {}},
    BuiltIn{"nonPositiveInteger", Lexical::integer, {}, 0},
    BuiltIn{"negativeInteger", Lexical::integer, {}, -1},
    BuiltIn{"date", Lexical::date, {}, {}},
    BuiltIn{"dateTime", Lexical::date_time, {}, {}},
};

template <typename Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// Without a pattern: xs:date takes time zones and years of five digits, and libxml2 takes no blanks around
// it.
constexpr const char* unbound_date = "date sans motif : il doit fixer les chiffres de l'année et le fuseau";

bool is_unbound_date(const LeafType& type) {
  const bool date = type.lexical == Lexical::date || type.lexical == Lexical::date_time;
  return date && type.patterns.empty();
}

bool is_numeric(const LeafType& type) {
  return type.lexical == Lexical::integer || type.lexical == Lexical::decimal;
}

}  // namespace

std::optional<LeafType> XsdTypes::of_value(const XsdElement& at, const std::string& qualified) {
  auto type = named(at, qualified);
  if (!type || !is_unbound_date(*type)) return type;
  refuse(at, unbound_date);
  return std::nullopt;
}

std::optional<LeafType> XsdTypes::named(const XsdElement& at, const std::string& qualified) {
  const XsdName name = at.resolve(qualified);
  if (name.space == xsd_namespace) {
    const auto found = std::ranges::find(built_ins, name.local, &BuiltIn::name);
    if (found != built_ins.end()) {
      LeafType type;
      type.name = "xs:" + name.local;
      type.lexical = found->lexical;
      type.minimum = found->minimum;
      type.maximum = found->maximum;
      return type;
    }
  } else if (const auto global = m_files->global("simpleType", name.local);
             global && name.space == m_files->target_namespace()) {
    return defined(*global, name.local);
  }
  refuse(at, fmt::format("type {} inconnu ou hors du sous-ensemble reconnu", qualified));
  return std::nullopt;
}

std::optional<LeafType> XsdTypes::defined(const XsdElement& simple_type, std::string name) {
  m_files->allow_attributes(simple_type, {"name"});
  const auto children = simple_type.children();
  if (children.size() != 1 || children.front().kind() != "restriction") {
    refuse(simple_type, "xs:simpleType ne peut être qu'une xs:restriction");
    return std::nullopt;
  }
  const XsdElement& restriction = children.front();
  m_files->allow_attributes(restriction, {"base"});
  if (m_depth == derivation_depth) {
    refuse(simple_type, "type dérivé de lui-même");
    return std::nullopt;
  }
  ++m_depth;
  auto type = named(restriction, restriction.text("base"));
  --m_depth;
  if (!type || !restrict_by(*type, restriction)) return std::nullopt;
  type->name = std::move(name);
  return type;
}

std::optional<LeafType> XsdTypes::fixed(const XsdElement& at, LeafType type, const std::string& value) {
  if (type.lexical != Lexical::text) {
    refuse(at, "fixed n'est reconnu que sur un type dérivé de xs:string");
    return std::nullopt;
  }
  if (check_leaf(type, value)) {
    refuse(at, "la valeur de fixed est étrangère à son type");
    return std::nullopt;
  }
  type.name += "=" + value;
  type.code_order = {value};
  type.codes.clear();
  return type;
}

/// Narrows the type by the facets of one restriction. Lists and patterns replace those of the base, which is
/// right only when they narrow them: a second pattern is refused, a code outside the base list too.
bool XsdTypes::restrict_by(LeafType& type, const XsdElement& restriction) {
  const std::vector<std::string> base_codes = std::move(type.code_order);
  const bool base_pattern = !type.patterns.empty();
  type.code_order.clear();
  type.codes.clear();
  bool sound = true;
  for (const XsdElement& facet : restriction.children()) {
    m_files->allow_attributes(facet, {"value"});
    if (facet.kind() == "pattern" && base_pattern) {
      sound = refuse(facet, "motif ajouté à celui du type de base : hors du sous-ensemble reconnu");
    }
    if (facet.kind() == "enumeration" && !base_codes.empty() &&
        std::ranges::count(base_codes, facet.text("value")) == 0) {
      sound = refuse(facet, "code absent de la liste du type de base");
    }
    sound = apply(type, facet) && sound;
  }
  if (type.code_order.empty()) type.code_order = base_codes;
  if (is_unbound_date(type)) sound = refuse(restriction, unbound_date);
  return sound;
}

bool XsdTypes::apply(LeafType& type, const XsdElement& facet) {
  const std::string value = facet.text("value");
  const std::string_view kind = facet.kind();
  if (kind == "enumeration") return add_code(type, facet, value);
  if (kind == "pattern") return add_pattern(type, facet, value);
  if (kind == "length" || kind == "minLength" || kind == "maxLength") return bound_length(type, facet, value);
  if (kind == "minInclusive" || kind == "maxInclusive") return bound_value(type, facet, value);
  m_files->refuse_kind(facet);
  return false;
}

bool XsdTypes::add_code(LeafType& type, const XsdElement& facet, const std::string& value) {
  // Elsewhere equality is that of values: 1 and 01 would be one code.
  if (type.lexical != Lexical::text) {
    return refuse(facet, "xs:enumeration n'est reconnue que sur un type dérivé de xs:string");
  }
  type.code_order.push_back(value);
  return true;
}

bool XsdTypes::add_pattern(LeafType& type, const XsdElement& facet, const std::string& value) {
  auto pattern = Pattern::compile(value);
  if (!pattern) return refuse(facet, "motif hors du sous-ensemble reconnu");
  type.patterns.push_back(std::move(*pattern));
  return true;
}

bool XsdTypes::bound_length(LeafType& type, const XsdElement& facet, const std::string& value) {
  const auto length = whole_number<std::size_t>(value);
  if (!length || type.lexical != Lexical::text) {
    return refuse(facet, "une longueur est un entier, sur un type dérivé de xs:string");
  }
  if (facet.kind() != "maxLength") type.min_length = std::max(type.min_length, *length);
  if (facet.kind() != "minLength") type.max_length = std::min(type.max_length.value_or(*length), *length);
  return true;
}

bool XsdTypes::bound_value(LeafType& type, const XsdElement& facet, const std::string& value) {
  const auto bound = whole_number<std::int64_t>(value);
  if (!bound || !is_numeric(type)) return refuse(facet, "une borne est un entier, sur un type numérique");
  if (facet.kind() == "minInclusive") {
    type.minimum = std::max(type.minimum.value_or(*bound), *bound);
  } else {
    type.maximum = std::min(type.maximum.value_or(*bound), *bound);
  }
  return true;
}

bool XsdTypes::refuse(const XsdElement& at, std::string text) {
  m_files->refuse(at, std::move(text));
  return false;
}

}  // namespace passerelle::codec
