#include "gateway/codec/xml/xsd_file.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <libxml/parser.h>
#include <sstream>

namespace passerelle::codec {
namespace {

namespace fs = std::filesystem;

std::string_view view(const xmlChar* bytes) {
  return bytes == nullptr ? std::string_view{} : reinterpret_cast<const char*>(bytes);
}

std::string taken(xmlChar* bytes) {
  std::string text(view(bytes));
  xmlFree(bytes);
  return text;
}

std::string collapsed(const std::string& text) {
  std::istringstream words(text);
  std::string result;
  for (std::string word; words >> word;) result.append(result.empty() ? "" : " ").append(word);
  return result;
}

/// The folder that includes may not leave: `schemas` when the file lies below one, else its own folder.
fs::path folder_of(const fs::path& file) {
  for (fs::path at = file.parent_path(); at.has_relative_path(); at = at.parent_path()) {
    if (at.filename() == "schemas") return at;
  }
  return file.parent_path();
}

bool lies_below(const fs::path& folder, const fs::path& file) {
  return std::ranges::mismatch(folder, file).in1 == folder.end();
}

}  // namespace

std::string_view XsdElement::kind() const {
  const bool xsd = m_node->ns != nullptr && view(m_node->ns->href) == xsd_namespace;
  return xsd ? view(m_node->name) : std::string_view{};
}

std::optional<std::string> XsdElement::attribute(const char* name) const {
  xmlChar* value = xmlGetNoNsProp(m_node, reinterpret_cast<const xmlChar*>(name));
  if (value == nullptr) return std::nullopt;
  return taken(value);
}

std::vector<std::string> XsdElement::attribute_names() const {
  std::vector<std::string> names;
  for (const xmlAttr* at = m_node->properties; at != nullptr; at = at->next)
    names.emplace_back(view(at->name));
  return names;
}

std::vector<XsdElement> XsdElement::children() const {
  std::vector<XsdElement> found;
  for (const xmlNode* at = m_node->children; at != nullptr; at = at->next) {
    const XsdElement child(at);
    if (at->type == XML_ELEMENT_NODE && child.kind() != "annotation") found.push_back(child);
  }
  return found;
}

std::string XsdElement::name_space(const std::string& prefix) const {
  const auto* name = prefix.empty() ? nullptr : reinterpret_cast<const xmlChar*>(prefix.c_str());
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): libxml2 only reads the node
  const xmlNs* found = xmlSearchNs(m_node->doc, const_cast<xmlNode*>(m_node), name);
  return found == nullptr ? std::string{} : std::string(view(found->href));
}

XsdName XsdElement::resolve(const std::string& qualified) const {
  const std::size_t colon = qualified.find(':');
  if (colon == std::string::npos) return {name_space(""), qualified};
  return {name_space(qualified.substr(0, colon)), qualified.substr(colon + 1)};
}

std::vector<std::string> XsdElement::annotations(std::string_view kind) const {
  std::vector<std::string> texts;
  for (const xmlNode* at = m_node->children; at != nullptr; at = at->next) {
    if (at->type != XML_ELEMENT_NODE || XsdElement(at).kind() != "annotation") continue;
    for (const XsdElement& said : XsdElement(at).children()) {
      if (said.kind() == kind) texts.push_back(collapsed(taken(xmlNodeGetContent(said.node()))));
    }
  }
  return texts;
}

bool XsdElement::marked(std::string_view appinfo) const {
  return std::ranges::count(annotations("appinfo"), appinfo) > 0;
}

std::string XsdElement::documentation() const {
  const auto texts = annotations("documentation");
  return texts.empty() ? std::string{} : texts.front();
}

XsdFiles::XsdFiles(const std::string& path) {
  const fs::path main = fs::weakly_canonical(path);
  m_folder = folder_of(main);
  load(main);
}

void XsdFiles::load(const fs::path& path) {
  if (std::ranges::count(m_files, path, &File::path) > 0) return;
  constexpr int quiet = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  xmlDoc* document = xmlReadFile(path.c_str(), nullptr, quiet);
  m_files.push_back({path, std::unique_ptr<xmlDoc, FreeDocument>(document)});
  if (document == nullptr) {
    const xmlError* error = xmlGetLastError();
    const auto line = error == nullptr || error->line < 0 ? 0U : static_cast<std::uint32_t>(error->line);
    return refuse_file(path, line, "schéma illisible ou mal formé");
  }
  const XsdElement schema(xmlDocGetRootElement(document));
  if (schema.kind() != "schema") return refuse(schema, "la racine d'un schéma est xs:schema");
  read_schema(schema);
}

void XsdFiles::read_schema(const XsdElement& schema) {
  allow_attributes(schema, {"targetNamespace", "elementFormDefault", "version", "lang"});
  if (m_target.empty()) m_target = schema.text("targetNamespace");
  if (m_target.empty() || schema.text("targetNamespace") != m_target) {
    refuse(schema, "targetNamespace absent ou différent de celui du schéma principal");
  }
  if (schema.text("elementFormDefault") != "qualified") {
    refuse(schema, "elementFormDefault doit être qualified");
  }
  for (const XsdElement& child : schema.children()) {
    const std::string kind(child.kind());
    if (kind == "include") {
      include(child);
    } else if (kind == "element" || kind == "complexType" || kind == "simpleType") {
      const bool fresh = m_globals.try_emplace({kind, child.text("name")}, child.node()).second;
      if (!fresh) refuse(child, fmt::format("xs:{} {} défini deux fois", kind, child.text("name")));
    } else {
      refuse_kind(child);
    }
  }
}

void XsdFiles::include(const XsdElement& at) {
  allow_attributes(at, {"schemaLocation"});
  const std::string location = at.text("schemaLocation");
  const fs::path from = reinterpret_cast<const char*>(at.node()->doc->URL);
  const fs::path path = fs::weakly_canonical(from.parent_path() / location);
  if (location.find("://") != std::string::npos || !lies_below(m_folder, path)) {
    return refuse(at, "xs:include ne peut sortir du dossier des schémas");
  }
  if (!fs::is_regular_file(path)) return refuse(at, "xs:include d'un fichier absent");
  load(path);
}

std::optional<XsdElement> XsdFiles::global(std::string_view kind, const std::string& name) const {
  const auto found = m_globals.find({std::string(kind), name});
  if (found == m_globals.end()) return std::nullopt;
  return XsdElement(found->second);
}

std::vector<XsdElement> XsdFiles::globals(std::string_view kind) const {
  std::vector<XsdElement> found;
  for (const auto& [key, node] : m_globals) {
    if (key.first == kind) found.emplace_back(node);
  }
  return found;
}

void XsdFiles::refuse(const XsdElement& at, std::string text) {
  const long line = xmlGetLineNo(at.node());
  refuse_file(reinterpret_cast<const char*>(at.node()->doc->URL), static_cast<std::uint32_t>(line),
              std::move(text));
}

void XsdFiles::refuse_file(const fs::path& path, std::uint32_t line, std::string text) {
  SchemaFault fault{path.string(), line, std::move(text)};
  // A type that many elements share is told once.
  if (std::ranges::find(m_faults, fault) == m_faults.end()) m_faults.push_back(std::move(fault));
}

void XsdFiles::allow_attributes(const XsdElement& at, std::initializer_list<std::string_view> names) {
  for (const std::string& name : at.attribute_names()) {
    if (name == "id" || std::ranges::count(names, name) > 0) continue;
    refuse(at, fmt::format("attribut {} de xs:{} hors du sous-ensemble reconnu", name, at.kind()));
  }
}

void XsdFiles::refuse_kind(const XsdElement& at) {
  refuse(at, fmt::format("xs:{} à une place hors du sous-ensemble reconnu", at.kind()));
}

}  // namespace passerelle::codec
