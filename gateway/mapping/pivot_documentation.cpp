#include "gateway/mapping/pivot_documentation.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <span>

#include "gateway/mapping/pivot_catalogue.hpp"

namespace passerelle::mapping {
namespace {

constexpr std::string_view introduction = R"(# Dictionnaire du pivot, version {}

Ce document est engendré des tables de `mappings/pivot`. Il décrit {} champs et {} listes de codes ; {} champs et {} codes
sont des **hypothèses** : aucune source publique lue ne les écrit, ils sont à vérifier avant toute mise en production.

- Les champs sont écrits dans l'ordre du JSON ; `[]` suit le nom d'une liste. Absent, `null` et liste vide sont trois choses distinctes.
- Seuls les entiers et les booléens sont des scalaires JSON ; tout le reste est une chaîne, les montants aussi.
- Presque tout peut manquer : la loi interdit de bloquer une demande au-delà du formulaire et de l'identité (CCH R441-2-3).
- La classe est celle du RGPD. La classe **texte libre** est la plus sensible : les personnes y confient parfois ce qu'aucun champ ne demande
  (violences, traite, prostitution). Elle n'est jamais découpée en champs.
- « depuis » : `v2` interface nationale de 2017 ; `04`, `05` versions du formulaire Cerfa 14069 ; `unknown` version inconnue.
)";

constexpr std::string_view field_columns =
    "| champ | type | nombre | libellé | rubrique | fondement | classe | depuis | source |\n"
    "|---|---|---|---|---|---|---|---|---|\n";

std::string_view cardinality_text(const Cardinality& cardinality) {
  if (cardinality.many) return cardinality.mandatory ? "1..n" : "0..n";
  return cardinality.mandatory ? "1" : "0..1";
}

std::string type_text(const PivotType& type) {
  switch (type.kind) {
    case PivotKind::structure: return fmt::format("[{0}](#structure-{0})", type.name);
    case PivotKind::code: return fmt::format("[{0}](#liste-{0})", type.name);
    case PivotKind::text:
    case PivotKind::free_text: return fmt::format("{} ({})", pivot_kind_label(type.kind), type.maximum);
    case PivotKind::integer: return fmt::format("entier ({} à {})", type.minimum, type.maximum);
    default: return std::string(pivot_kind_label(type.kind));
  }
}

std::string source_text(Evidence evidence, std::string_view source) {
  return evidence == Evidence::assumption ? fmt::format("**hypothèse** ({})", source) : std::string(source);
}

std::string emphasised_class(RgpdClass rgpd) {
  const std::string_view label = rgpd_class_label(rgpd);
  return rgpd == RgpdClass::free_text ? fmt::format("**{}**", label) : std::string(label);
}

class Documentation {
 public:
  explicit Documentation(const PivotTables& tables) : m_tables(tables) {}

  std::string write() {
    write_introduction();
    write_top_level();
    write_groups();
    write_structures();
    for (const auto& [name, list] : m_tables.lists) write_list(list);
    return m_text;
  }

 private:
  template <typename... Parts>
  void line(fmt::format_string<Parts...> form, Parts&&... parts) {
    m_text += fmt::format(form, std::forward<Parts>(parts)...);
  }

  void write_introduction() {
    const auto assumed = [](const auto& row) { return row.evidence == Evidence::assumption; };
    const auto values = [](const PivotField& field) { return field.type.holds_value(); };
    const auto assumed_value = [&](const PivotField& field) { return assumed(field) && values(field); };
    std::ptrdiff_t codes = 0;
    for (const auto& [name, list] : m_tables.lists) codes += std::ranges::count_if(list.codes, assumed);
    line(introduction, pivot_version, std::ranges::count_if(m_tables.expanded, values), m_tables.lists.size(),
         std::ranges::count_if(m_tables.expanded, assumed_value), codes);
  }

  void write_top_level() {
    line("\n## Champs simples de la demande\n\n{}", field_columns);
    for (const PivotField& field : m_tables.fields) {
      if (field.parent().empty() && field.type.holds_value()) write_field(field);
    }
  }

  /// Each group or list of the top level with what is written below it.
  void write_groups() {
    for (const PivotField& field : m_tables.fields) {
      if (field.parent().empty() && !field.type.holds_value()) {
        line("\n## {} : `{}`\n\n{}", field.label, field.path, field_columns);
        write_field(field);
      } else if (!field.parent().empty()) {
        write_field(field);
      }
    }
  }

  void write_structures() {
    for (const PivotField& field : m_tables.structures) {
      if (field.parent().empty()) {
        line("\n<a id=\"structure-{0}\"></a>\n\n## Structure `{0}` : {1}\n\n{2}", field.path, field.label,
             field_columns);
      } else {
        write_field(field);
      }
    }
  }

  void write_field(const PivotField& field) {
    line("| `{}` | {} | {} | {} | {} | {} | {} | {} | {} |\n", field.path, type_text(field.type),
         cardinality_text(field.cardinality), field.label, field.rubric, field.basis,
         emphasised_class(field.rgpd), form_version_name(field.since),
         source_text(field.evidence, field.source));
  }

  void write_list(const CodeList& list) {
    line("\n<a id=\"liste-{0}\"></a>\n\n## Liste `{0}`\n\n| code | libellé | depuis | jusqu'à | source |\n",
         list.name);
    line("|---|---|---|---|---|\n");
    for (const Code& code : list.codes) {
      line("| `{}` | {} | {} | {} | {} |\n", code.code, code.label, form_version_name(code.since),
           code.until ? form_version_name(*code.until) : "", source_text(code.evidence, code.source));
    }
  }

  const PivotTables& m_tables;
  std::string m_text;
};

}  // namespace

std::string pivot_documentation(const PivotTables& tables) {
  return Documentation(tables).write();
}

}  // namespace passerelle::mapping
