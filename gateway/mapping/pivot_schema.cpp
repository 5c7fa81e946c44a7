#include "gateway/mapping/pivot_schema.hpp"

#include <fmt/format.h>
#include <map>
#include <vector>

#include "gateway/mapping/json_outline.hpp"
#include "gateway/mapping/pivot_catalogue.hpp"

namespace passerelle::mapping {
namespace {

using Fields = std::vector<const PivotField*>;

class SchemaText {
 public:
  explicit SchemaText(const PivotTables& tables) : m_tables(tables) {}

  std::string write() {
    m_json.open('{');
    m_json.member("$schema", "https://json-schema.org/draft/2020-12/schema");
    m_json.member("$id", fmt::format("urn:passerelle:pivot:{}", pivot_version));
    m_json.member("title", "Pivot de Passerelle : l'en-tête d'un fichier ou une demande de logement social");
    m_json.key("anyOf").open('[');
    reference("enveloppe");
    reference("demande");
    m_json.close(']');
    m_json.key("$defs").open('{');
    write_records();
    write_structures();
    for (const auto& [name, list] : m_tables.lists) write_list(list);
    m_json.close('}').close('}');
    return m_json.written();
  }

 private:
  void write_records() {
    const auto children = by_parent(m_tables.fields);
    Fields envelope;
    Fields demande;
    for (const PivotField* field : children.at("")) {
      (field->path == "entete" ? envelope : demande).push_back(field);
    }
    write_record("enveloppe", envelope, children);
    write_record("demande", demande, children);
  }

  using Children = std::map<std::string_view, Fields>;

  static Children by_parent(const std::vector<PivotField>& fields) {
    Children children;
    for (const PivotField& field : fields) children[field.parent()].push_back(&field);
    return children;
  }

  void write_record(std::string_view name, const Fields& fields, const Children& children) {
    m_json.key(name).open('{').member("type", "object").key("properties").open('{');
    m_json.key(codec::version_member).open('{').member("const", pivot_version).close('}');
    for (const PivotField* field : fields) write_field(*field, children);
    write_complements();
    m_json.close('}').key("required").open('[').text(codec::version_member).close(']');
    m_json.key("additionalProperties").word("false").close('}');
  }

  void write_complements() {
    m_json.key(codec::complements_member).open('{').member("type", "object");
    m_json.member("description", "Ce que le pivot ne sait pas dire, scellé pour chaque partenaire");
    m_json.key("additionalProperties").open('{').member("type", "object");
    m_json.key("additionalProperties").open('{').member("type", "string").close('}');
    m_json.close('}').close('}');
  }

  void write_structures() {
    const auto children = by_parent(m_tables.structures);
    const auto roots = children.find("");
    if (roots == children.end()) return;
    for (const PivotField* structure : roots->second) {
      m_json.key(structure->path).open('{').member("type", "object");
      write_properties(structure->path, children);
      m_json.close('}');
    }
  }

  void write_field(const PivotField& field, const Children& children) {
    m_json.key(field.name()).open('{');
    m_json.member("description", field.label);
    m_json.member("x-classe", rgpd_class_name(field.rgpd));
    if (field.evidence == Evidence::assumption) m_json.member("x-statut", "hypothèse");
    if (field.is_list()) {
      m_json.member("type", "array").key("items").open('{');
      write_type(field, children, false);
      m_json.close('}');
    } else {
      write_type(field, children, true);
    }
    m_json.close('}');
  }

  void write_type(const PivotField& field, const Children& children, bool nullable) {
    switch (field.type.kind) {
      case PivotKind::structure:
        m_json.member("$ref", "#/$defs/" + field.type.name);
        write_properties(field.path, children);
        m_json.key("unevaluatedProperties").word("false");
        return;
      case PivotKind::group:
      case PivotKind::list:
        m_json.member("type", "object");
        write_properties(field.path, children);
        m_json.key("additionalProperties").word("false");
        return;
      case PivotKind::code: return write_code(field.type, nullable);
      default: return write_value(field.type, nullable);
    }
  }

  void write_properties(std::string_view path, const Children& children) {
    const auto below = children.find(path);
    if (below == children.end()) return;
    m_json.key("properties").open('{');
    for (const PivotField* field : below->second) write_field(*field, children);
    m_json.close('}');
  }

  void write_code(const PivotType& type, bool nullable) {
    const std::string list = "liste." + type.name;
    if (!nullable) {
      m_json.member("$ref", "#/$defs/" + list);
      return;
    }
    m_json.key("anyOf").open('[');
    reference(list);
    m_json.open('{').member("type", "null").close('}').close(']');
  }

  void write_value(const PivotType& type, bool nullable) {
    const bool scalar = type.kind == PivotKind::boolean || type.kind == PivotKind::integer;
    const std::string_view name = scalar ? std::string_view(type.written).substr(0, 7) : "string";
    m_json.key("type");
    nullable ? m_json.open('[').text(name).text("null").close(']') : m_json.text(name);
    if (type.kind == PivotKind::text || type.kind == PivotKind::free_text)
      m_json.key("maxLength").word(std::to_string(type.maximum));
    if (type.kind == PivotKind::integer) {
      m_json.key("minimum").word(std::to_string(type.minimum));
      m_json.key("maximum").word(std::to_string(type.maximum));
    }
    if (const auto pattern = pivot_kind_pattern(type.kind); !pattern.empty())
      m_json.member("pattern", pattern);
  }

  void write_list(const CodeList& list) {
    m_json.key("liste." + list.name).open('{').key("oneOf").open('[');
    for (const Code& code : list.codes) {
      m_json.open('{').member("const", code.code).member("title", code.label);
      if (code.evidence == Evidence::assumption) m_json.member("x-statut", "hypothèse");
      m_json.close('}');
    }
    m_json.close(']').close('}');
  }

  void reference(std::string_view name) {
    m_json.open('{').member("$ref", fmt::format("#/$defs/{}", name)).close('}');
  }

  const PivotTables& m_tables;
  JsonOutline m_json;
};

}  // namespace

std::string pivot_json_schema(const PivotTables& tables) {
  return SchemaText(tables).write();
}

}  // namespace passerelle::mapping
