#include "gateway/codec/xml/xsd_shape.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "gateway/codec/limits.hpp"
#include "gateway/codec/xml/xsd_type.hpp"

namespace passerelle::codec {
namespace {

/// What a complex type holds, its bases included.
struct Content {
  std::vector<XsdElement> particles;   ///< elements and choices, in order
  std::vector<XsdElement> attributes;  ///< in order, those of the base first
  std::optional<LeafType> text;        ///< simple content
};

/// Where an element stands among its siblings.
struct Rank {
  std::uint16_t order = 0;
  std::uint8_t choice = 0;
  bool choice_optional = false;
};

class ShapeLoader {
 public:
  ShapeLoader(XsdFiles& files, Shape& shape) : m_files(files), m_types(files), m_shape(shape) {}

  void load(const XsdElement& root) {
    m_files.allow_attributes(root, {"name", "type"});
    const auto type = complex_type_of(root);
    if (!type) return m_files.refuse(root, "la racine doit avoir un type complexe");
    m_shape.xml_namespace = m_files.target_namespace();
    annotate(m_shape.node(Shape::root()), root, false);
    fill(Shape::root(), *type);
  }

 private:
  static void annotate(Node& node, const XsdElement& at, bool inherited) {
    node.assumption = inherited || at.marked("assumption");
    node.note = at.documentation();
  }

  std::optional<XsdElement> complex_type_of(const XsdElement& element) {
    for (const XsdElement& child : element.children()) {
      if (child.kind() == "complexType") return child;
    }
    const auto type = element.attribute("type");
    if (!type) return std::nullopt;
    const XsdName name = element.resolve(*type);
    if (name.space != m_files.target_namespace()) return std::nullopt;
    return m_files.global("complexType", name.local);
  }

  std::optional<LeafType> simple_type_of(const XsdElement& at, const std::string& path) {
    for (const XsdElement& child : at.children()) {
      if (child.kind() == "simpleType") return m_types.defined(child, path);
      m_files.refuse_kind(child);
      return std::nullopt;
    }
    if (const auto type = at.attribute("type")) return m_types.of_value(at, *type);
    m_files.refuse(at, fmt::format("xs:{} sans type", at.kind()));
    return std::nullopt;
  }

  /// Gives the group the attributes, elements and text of its type.
  void fill(NodeId group, const XsdElement& type) {
    if (m_open.size() == limits::depth || std::ranges::count(m_open, type.node()) > 0) {
      return m_files.refuse(type, "type qui se contient lui-même ou plus de 32 niveaux");
    }
    m_open.push_back(type.node());
    Node& node = m_shape.node(group);
    node.assumption = node.assumption || type.marked("assumption");
    if (node.note.empty()) node.note = type.documentation();
    Content content;
    collect(type, content);
    for (const XsdElement& attribute : content.attributes) add_attribute(group, attribute);
    if (content.text) add_text(group, std::move(*content.text));
    Rank rank;
    for (const XsdElement& particle : content.particles) {
      if (particle.kind() == "choice") {
        add_choice(group, particle, rank);
      } else {
        add_element(group, particle, {.order = rank.order});
      }
      ++rank.order;
    }
    m_open.pop_back();
  }

  void collect(const XsdElement& type, Content& content) {
    m_files.allow_attributes(type, {"name"});
    for (const XsdElement& child : type.children()) {
      if (child.kind() == "simpleContent") {
        collect_simple(child, content);
      } else if (child.kind() == "complexContent") {
        collect_extension(child, content);
      } else {
        collect_part(child, content);
      }
    }
  }

  void collect_part(const XsdElement& part, Content& content) {
    if (part.kind() == "attribute") {
      content.attributes.push_back(part);
    } else if (part.kind() == "sequence") {
      collect_sequence(part, content);
    } else {
      m_files.refuse_kind(part);
    }
  }

  void collect_sequence(const XsdElement& sequence, Content& content) {
    m_files.allow_attributes(sequence, {});
    for (const XsdElement& particle : sequence.children()) {
      if (particle.kind() == "element" || particle.kind() == "choice") {
        content.particles.push_back(particle);
      } else {
        m_files.refuse_kind(particle);
      }
    }
  }

  std::optional<XsdElement> extension_of(const XsdElement& content) {
    m_files.allow_attributes(content, {});
    const auto children = content.children();
    if (children.size() != 1 || children.front().kind() != "extension") {
      m_files.refuse(content, fmt::format("xs:{} ne peut être qu'une xs:extension", content.kind()));
      return std::nullopt;
    }
    m_files.allow_attributes(children.front(), {"base"});
    return children.front();
  }

  void collect_simple(const XsdElement& simple_content, Content& content) {
    const auto extension = extension_of(simple_content);
    if (!extension) return;
    content.text = m_types.of_value(*extension, extension->text("base"));
    for (const XsdElement& child : extension->children()) {
      if (child.kind() == "attribute") {
        content.attributes.push_back(child);
      } else {
        m_files.refuse_kind(child);
      }
    }
  }

  void collect_extension(const XsdElement& complex_content, Content& content) {
    const auto extension = extension_of(complex_content);
    if (!extension) return;
    const XsdName name = extension->resolve(extension->text("base"));
    const auto base = m_files.global("complexType", name.local);
    if (!base || name.space != m_files.target_namespace() || m_bases == limits::depth) {
      return m_files.refuse(*extension, "base inconnue ou dérivée d'elle-même");
    }
    ++m_bases;
    collect(*base, content);
    --m_bases;
    for (const XsdElement& child : extension->children()) collect_part(child, content);
  }

  void add_attribute(NodeId group, const XsdElement& attribute) {
    m_files.allow_attributes(attribute, {"name", "type", "use", "fixed"});
    const std::string use = attribute.attribute("use").value_or("optional");
    if (use != "optional" && use != "required") m_files.refuse(attribute, "use est optional ou required");
    Node node;
    node.name = attribute.text("name");
    node.kind = NodeKind::attribute;
    node.min_occurs = use == "required" ? 1 : 0;
    auto type = simple_type_of(attribute, place_of(group, "@" + node.name));
    if (const auto value = attribute.attribute("fixed"); value && type) {
      type = m_types.fixed(attribute, std::move(*type), *value);
    }
    add(group, std::move(node), attribute, std::move(type));
  }

  void add_text(NodeId group, LeafType type) {
    Node node;
    node.kind = NodeKind::leaf;
    // Blank text beside attributes is no leaf: it is missed only where its type cannot be empty.
    node.min_occurs = check_leaf(type, "") ? 1 : 0;
    node.assumption = m_shape.node(group).assumption;
    node.type = m_shape.add_type(std::move(type));
    m_shape.add(group, std::move(node));
  }

  void add_choice(NodeId group, const XsdElement& choice, Rank& rank) {
    m_files.allow_attributes(choice, {"minOccurs", "maxOccurs"});
    if (occurs(choice, "maxOccurs") != 1) m_files.refuse(choice, "xs:choice répété hors du sous-ensemble");
    const auto members = choice.children();
    const auto may_be_absent = [this](const XsdElement& member) { return occurs(member, "minOccurs") == 0; };
    rank.choice_optional = may_be_absent(choice) || std::ranges::any_of(members, may_be_absent);
    ++rank.choice;
    for (const XsdElement& member : members) {
      if (member.kind() == "element") {
        add_element(group, member, rank);
      } else {
        m_files.refuse_kind(member);
      }
    }
  }

  void add_element(NodeId group, const XsdElement& element, const Rank& rank) {
    m_files.allow_attributes(element, {"name", "type", "minOccurs", "maxOccurs"});
    Node node;
    node.name = element.text("name");
    node.min_occurs = occurs(element, "minOccurs");
    node.max_occurs = occurs(element, "maxOccurs");
    node.order = rank.order;
    node.choice = rank.choice;
    if (rank.choice != 0 && node.min_occurs > 1) {
      m_files.refuse(element, "minOccurs supérieur à 1 dans xs:choice : hors du sous-ensemble reconnu");
    }
    if (rank.choice_optional) node.min_occurs = 0;
    if (node.max_occurs == 0) m_files.refuse(element, "maxOccurs nul : hors du sous-ensemble reconnu");
    if (m_shape.child(group, node.name) != no_node) {
      m_files.refuse(element, "deux éléments de même nom dans un type : hors du sous-ensemble reconnu");
    }
    if (const auto type = complex_type_of(element)) {
      annotate(node, element, m_shape.node(group).assumption);
      fill(m_shape.add(group, std::move(node)), *type);
      return;
    }
    node.kind = NodeKind::leaf;
    auto type = simple_type_of(element, place_of(group, node.name));
    add(group, std::move(node), element, std::move(type));
  }

  void add(NodeId group, Node node, const XsdElement& at, std::optional<LeafType> type) {
    if (!type) return;
    annotate(node, at, m_shape.node(group).assumption);
    if (const auto global = named_type_of(at)) {
      node.assumption = node.assumption || global->marked("assumption");
      if (node.note.empty()) node.note = global->documentation();
    }
    node.type = m_shape.add_type(std::move(*type));
    m_shape.add(group, std::move(node));
    if (m_shape.size() >= no_node) m_files.refuse(at, "schéma trop grand");
  }

  std::optional<XsdElement> named_type_of(const XsdElement& at) {
    for (const XsdElement& child : at.children()) return child;
    return m_files.global("simpleType", at.resolve(at.text("type")).local);
  }

  std::string place_of(NodeId group, const std::string& step) {
    const std::string above = m_shape.path(group);
    return above.empty() || step.starts_with('@') ? above + step : above + "/" + step;
  }

  std::uint16_t occurs(const XsdElement& at, const char* name) {
    const auto written = at.attribute(name);
    if (!written) return 1;
    if (*written == "unbounded") return unbounded;
    std::uint16_t count = 0;
    const auto [end, error] = std::from_chars(written->data(), written->data() + written->size(), count);
    if (error != std::errc{} || end != written->data() + written->size()) {
      m_files.refuse(at, fmt::format("{} n'est pas un nombre reconnu", name));
    }
    return count;
  }

  XsdFiles& m_files;
  XsdTypes m_types;
  Shape& m_shape;
  std::vector<const xmlNode*> m_open;
  std::size_t m_bases = 0;
};

/// Marks the record; the reader gives the envelope before the first one, so nothing may follow them.
bool mark_record(Shape& shape, std::string_view record_path) {
  const auto record = shape.find(record_path);
  if (!record || *record == Shape::root() || shape.node(*record).kind != NodeKind::group) return false;
  for (NodeId at = *record; at != Shape::root(); at = shape.node(at).parent) {
    const Node& node = shape.node(at);
    const bool last = shape.node(node.parent).children.back() == at;
    if (!last || node.choice != 0 || (at != *record && node.repeated())) return false;
  }
  shape.set_record(*record);
  return true;
}

}  // namespace

tl::expected<Shape, std::vector<SchemaFault>> load_xsd(const std::string& path,
                                                       std::string_view record_path) {
  XsdFiles files(path);
  const auto roots = files.globals("element");
  if (files.faults().empty() && roots.size() != 1) {
    files.faults().push_back({path, 0, "le schéma doit avoir un élément global et un seul"});
  }
  if (!files.faults().empty()) return tl::unexpected(std::move(files.faults()));
  Shape shape(roots.front().text("name"), PathStyle::xml);
  ShapeLoader(files, shape).load(roots.front());
  if (files.faults().empty() && !mark_record(shape, record_path)) {
    files.refuse(roots.front(), fmt::format("l'enregistrement {} est absent, ou n'est pas seul et dernier "
                                            "de sa séquence",
                                            record_path));
  }
  if (!files.faults().empty()) return tl::unexpected(std::move(files.faults()));
  shape.seal();
  return shape;
}

}  // namespace passerelle::codec
