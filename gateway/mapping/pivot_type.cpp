#include "gateway/mapping/pivot_type.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "gateway/model/annee.hpp"
#include "gateway/model/code_postal.hpp"
#include "gateway/model/commune_insee.hpp"
#include "gateway/model/date.hpp"
#include "gateway/model/email.hpp"
#include "gateway/model/guichet.hpp"
#include "gateway/model/montant.hpp"
#include "gateway/model/nir.hpp"
#include "gateway/model/numero_unique.hpp"
#include "gateway/model/rpls_id.hpp"
#include "gateway/model/siren.hpp"
#include "gateway/model/siret.hpp"
#include "gateway/model/telephone.hpp"

namespace passerelle::mapping {
namespace {

using codec::DomainCheck;
using codec::Lexical;

enum class Arguments : std::uint8_t { none, name, maximum, bounds };

struct KindEntry {
  PivotKind kind;
  std::string_view name;
  Arguments arguments;
  Lexical lexical;
  std::string_view label;
  DomainCheck check = nullptr;
  std::string_view pattern = {};
};

/// In the order of PivotKind. Only booleans and integers are scalars in JSON; everything else is a string, so
/// that no reader rounds an amount.
constexpr std::array kinds{
    KindEntry{PivotKind::group, "group", Arguments::none, Lexical::text, "groupe"},
    KindEntry{PivotKind::list, "list", Arguments::none, Lexical::text, "liste de groupes"},
    KindEntry{PivotKind::structure, "structure", Arguments::name, Lexical::text, "structure"},
    KindEntry{PivotKind::text, "text", Arguments::maximum, Lexical::text, "texte"},
    KindEntry{PivotKind::free_text, "freeText", Arguments::maximum, Lexical::text, "texte libre"},
    KindEntry{PivotKind::code, "code", Arguments::name, Lexical::text, "code"},
    KindEntry{PivotKind::boolean, "boolean", Arguments::none, Lexical::boolean, "vrai ou faux"},
    KindEntry{PivotKind::integer, "integer", Arguments::bounds, Lexical::integer, "entier"},
    KindEntry{PivotKind::decimal, "decimal", Arguments::none, Lexical::decimal, "nombre décimal"},
    KindEntry{PivotKind::amount, "amount", Arguments::none, Lexical::text, "montant en euros",
              model::check_montant},
    KindEntry{PivotKind::date, "date", Arguments::none, Lexical::date, "date"},
    KindEntry{PivotKind::partial_date, "partialDate", Arguments::none, Lexical::text,
              "date, même partielle, suivie de ? si elle est incertaine", model::check_date},
    KindEntry{PivotKind::date_time, "dateTime", Arguments::none, Lexical::date_time, "date et heure"},
    KindEntry{PivotKind::year, "year", Arguments::none, Lexical::text, "année", model::check_annee,
              "^[0-9]{4}$"},
    KindEntry{PivotKind::nir, "nir", Arguments::none, Lexical::text, "NIR avec sa clé", model::check_nir},
    KindEntry{PivotKind::numero_unique, "numeroUnique", Arguments::none, Lexical::text, "numéro unique",
              model::check_numero_unique},
    KindEntry{PivotKind::commune, "commune", Arguments::none, Lexical::text, "code INSEE de commune",
              model::check_commune_insee},
    KindEntry{PivotKind::code_postal, "codePostal", Arguments::none, Lexical::text, "code postal",
              model::check_code_postal, "^[0-9]{5}$"},
    KindEntry{PivotKind::siren, "siren", Arguments::none, Lexical::text, "SIREN", model::check_siren,
              "^[0-9]{9}$"},
    KindEntry{PivotKind::siret, "siret", Arguments::none, Lexical::text, "SIRET", model::check_siret,
              "^[0-9]{14}$"},
    KindEntry{PivotKind::rpls, "rpls", Arguments::none, Lexical::text, "identifiant RPLS",
              model::check_rpls_id},
    KindEntry{PivotKind::email, "email", Arguments::none, Lexical::text, "adresse électronique",
              model::check_email},
    KindEntry{PivotKind::phone, "phone", Arguments::none, Lexical::text, "numéro de téléphone",
              model::check_telephone},
    KindEntry{PivotKind::guichet, "guichet", Arguments::none, Lexical::text, "numéro de guichet",
              model::check_guichet},
};

const KindEntry& entry(PivotKind kind) noexcept {
  return kinds[static_cast<std::size_t>(kind)];
}

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool take_bounds(std::string_view text, PivotType& type) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return false;
  const auto minimum = parse_number(text.substr(0, comma));
  const auto maximum = parse_number(text.substr(comma + 1));
  if (!minimum || !maximum || *minimum > *maximum) return false;
  type.minimum = *minimum;
  type.maximum = *maximum;
  return true;
}

bool take_maximum(std::string_view text, PivotType& type) {
  const auto maximum = parse_number(text);
  if (!maximum || *maximum < 1) return false;
  type.maximum = *maximum;
  return true;
}

bool take_arguments(Arguments expected, std::string_view text, PivotType& type) {
  switch (expected) {
    case Arguments::none: return false;
    case Arguments::name: type.name = text; return !text.empty();
    case Arguments::maximum: return take_maximum(text, type);
    case Arguments::bounds: return take_bounds(text, type);
  }
  return false;
}

}  // namespace

std::optional<PivotType> parse_pivot_type(std::string_view written) {
  const std::size_t open = std::min(written.find('('), written.size());
  const auto* const found = std::ranges::find(kinds, written.substr(0, open), &KindEntry::name);
  if (found == kinds.end()) return std::nullopt;
  PivotType type{.kind = found->kind, .written = std::string(written), .name = {}};
  if (open == written.size()) {
    if (found->arguments != Arguments::none) return std::nullopt;
    return type;
  }
  if (written.back() != ')') return std::nullopt;
  if (!take_arguments(found->arguments, written.substr(open + 1, written.size() - open - 2), type))
    return std::nullopt;
  return type;
}

codec::LeafType make_leaf_type(const PivotType& type) {
  const KindEntry& kind = entry(type.kind);
  codec::LeafType leaf{.name = type.written, .lexical = kind.lexical, .domain_check = kind.check};
  if (kind.arguments == Arguments::maximum) leaf.max_length = static_cast<std::size_t>(type.maximum);
  if (kind.arguments == Arguments::bounds) {
    leaf.minimum = type.minimum;
    leaf.maximum = type.maximum;
  }
  return leaf;
}

std::string_view pivot_kind_label(PivotKind kind) noexcept {
  return entry(kind).label;
}

std::string_view pivot_kind_pattern(PivotKind kind) noexcept {
  return entry(kind).pattern;
}

}  // namespace passerelle::mapping
