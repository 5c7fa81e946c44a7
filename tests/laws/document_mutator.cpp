#include "tests/laws/document_mutator.hpp"

#include <algorithm>
#include <array>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdexcept>
#include <vector>

namespace passerelle::laws {
namespace {

std::string text_of(const xmlChar* bytes) {
  return bytes == nullptr ? std::string{} : reinterpret_cast<const char*>(bytes);
}

const xmlChar* bytes_of(const std::string& text) {
  return reinterpret_cast<const xmlChar*>(text.c_str());
}

std::string taken(xmlChar* bytes) {
  std::string text = text_of(bytes);
  xmlFree(bytes);
  return text;
}

/// Values that sit on the edge of some type, or just beyond it.
const std::array<std::string, 64> edge_values{"",
                                              " ",
                                              "x",
                                              "é",
                                              "0",
                                              "00",
                                              "-0",
                                              "+0",
                                              "1",
                                              "01",
                                              "+1",
                                              "-1",
                                              "9",
                                              "99",
                                              "100",
                                              "1000",
                                              "1000.0",
                                              "1000.01",
                                              "1001",
                                              "9999",
                                              "10000",
                                              "1.",
                                              ".5",
                                              ".",
                                              "-",
                                              "+",
                                              "1.50",
                                              "-.5",
                                              "1e3",
                                              "true",
                                              "false",
                                              "TRUE",
                                              "127",
                                              "128",
                                              "-128",
                                              "-129",
                                              "32767",
                                              "32768",
                                              "2147483647",
                                              "2147483648",
                                              "-2147483648",
                                              "-2147483649",
                                              "99999999999999999999",
                                              "123456789012345678901234",
                                              "1234567890123456789012345",
                                              "0.123456789012345678901234",
                                              "1.123456789012345678901234",
                                              "-0.0000000000000000000000000",
                                              "000000000000000000000000000000000001",
                                              "2024-02-29",
                                              "2023-02-29",
                                              "2024-02-30",
                                              "0000-01-01",
                                              "2024-13-01",
                                              "2024-1-1",
                                              "2024-01-01Z",
                                              "-2024-01-01",
                                              "2024-01-01T00:00:00",
                                              "2024-01-01T24:00:00",
                                              "2024-01-01T23:59:60",
                                              "2024-01-01T10:00:00.",
                                              "2024-01-01T10:00:00+14:00",
                                              "2024-01-01T10:00:00+14:01",
                                              "2024-01-01T10:00:00-05:60"};

/// Faults that any element beside the damaged one may bear.
bool of_siblings(model::FaultCode code) {
  using model::FaultCode;
  return code == FaultCode::element_missing || code == FaultCode::element_order ||
         code == FaultCode::choice_conflict;
}

constexpr std::array<std::string_view, 6> blanks{" ", "\n", "\t", "  ", "\r", "\xC2\xA0"};

}  // namespace

/// One copy of the document, to be damaged.
class DocumentMutator::Tree {
 public:
  Tree(const std::string& document, std::mt19937_64& dice)
      : m_dice(dice),
        m_document(xmlReadMemory(document.data(), static_cast<int>(document.size()), nullptr, nullptr,
                                 XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)) {
    if (m_document == nullptr) throw std::runtime_error("the document is not well formed");
    collect(xmlDocGetRootElement(m_document));
  }
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;
  ~Tree() { xmlFreeDoc(m_document); }

  /// Tries one kind of damage; false when this document has no place for it.
  bool damage(Mutation& mutation) {
    using Damage = bool (Tree::*)(Mutation&);
    constexpr std::array<Damage, 14> kinds{
        &Tree::delete_element,  &Tree::double_element, &Tree::rename_element, &Tree::swap_elements,
        &Tree::plant_element,   &Tree::drop_attribute, &Tree::add_attribute,  &Tree::add_text,
        &Tree::add_blank,       &Tree::spoil_value,    &Tree::spoil_value,    &Tree::spoil_value,
        &Tree::spoil_attribute, &Tree::spoil_attribute};
    return (this->*kinds[below(kinds.size())])(mutation);
  }

  [[nodiscard]] std::string written() const {
    xmlChar* bytes = nullptr;
    int size = 0;
    xmlDocDumpMemoryEnc(m_document, &bytes, &size, "UTF-8");
    return taken(bytes);
  }

 private:
  void collect(xmlNode* element) {
    m_elements.push_back(element);
    for (xmlAttr* at = element->properties; at != nullptr; at = at->next) m_attributes.push_back(at);
    for (xmlNode* at = element->children; at != nullptr; at = at->next) {
      if (at->type == XML_ELEMENT_NODE) collect(at);
    }
  }

  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(m_dice);
  }

  xmlNode* any_element() { return m_elements[below(m_elements.size())]; }
  /// Any element but the root.
  xmlNode* any_inner() { return m_elements[1 + below(m_elements.size() - 1)]; }

  static bool has_elements(const xmlNode* element) {
    return xmlChildElementCount(const_cast<xmlNode*>(element)) > 0;
  }

  static std::string path_of(const xmlNode* node) {
    std::string path = text_of(node->name);
    for (const xmlNode* at = node->parent; at != nullptr && at->type == XML_ELEMENT_NODE; at = at->parent) {
      path = text_of(at->name) + "/" + path;
    }
    return path;
  }

  static bool tell(Mutation& mutation, std::string what, const xmlNode* node) {
    mutation.what = std::move(what);
    mutation.places = {path_of(node)};
    const bool root = node->parent == nullptr || node->parent->type != XML_ELEMENT_NODE;
    mutation.parent = path_of(root ? node : node->parent);
    return true;
  }

  static bool tell_attribute(Mutation& mutation, std::string what, const xmlNode* element,
                             const std::string& name) {
    mutation.what = std::move(what);
    mutation.parent = path_of(element);
    mutation.places = {mutation.parent + "@" + name};
    return true;
  }

  bool delete_element(Mutation& mutation) {
    xmlNode* element = any_inner();
    tell(mutation, "delete", element);
    xmlUnlinkNode(element);
    xmlFreeNode(element);
    return true;
  }

  bool double_element(Mutation& mutation) {
    xmlNode* element = any_inner();
    xmlAddNextSibling(element, xmlCopyNode(element, 1));
    return tell(mutation, "double", element);
  }

  bool rename_element(Mutation& mutation) {
    xmlNode* element = any_element();
    const std::string name = below(2) == 0 ? "inconnu" : text_of(any_element()->name);
    tell(mutation, "rename to " + name, element);
    xmlNodeSetName(element, bytes_of(name));
    mutation.places.push_back(path_of(element));
    return true;
  }

  bool swap_elements(Mutation& mutation) {
    xmlNode* element = any_inner();
    xmlNode* next = xmlNextElementSibling(element);
    if (next == nullptr) return false;
    tell(mutation, "swap with the next", element);
    mutation.places.push_back(path_of(next));
    xmlAddPrevSibling(element, next);
    return true;
  }

  bool plant_element(Mutation& mutation) {
    xmlNode* element = any_element();
    xmlNode* copy = xmlCopyNode(any_inner(), 1);
    xmlAddChild(element, copy);
    tell(mutation, "plant " + text_of(copy->name), copy);
    mutation.places.push_back(mutation.parent);  // which was perhaps a leaf until now
    return true;
  }

  bool drop_attribute(Mutation& mutation) {
    if (m_attributes.empty()) return false;
    xmlAttr* attribute = m_attributes[below(m_attributes.size())];
    tell_attribute(mutation, "drop attribute", attribute->parent, text_of(attribute->name));
    xmlRemoveProp(attribute);
    return true;
  }

  bool add_attribute(Mutation& mutation) {
    xmlNode* element = any_element();
    const bool known = below(2) == 0 && !m_attributes.empty();
    const std::string name = known ? text_of(m_attributes[below(m_attributes.size())]->name) : "inconnu";
    if (xmlHasProp(element, bytes_of(name)) != nullptr) return false;
    const bool foreign = below(4) == 0;
    xmlNs* space = foreign ? xmlNewNs(element, bytes_of("urn:etranger"), bytes_of("etr")) : nullptr;
    xmlNewNsProp(element, space, bytes_of(name), bytes_of("1"));
    return tell_attribute(mutation, foreign ? "add foreign attribute" : "add attribute", element, name);
  }

  bool add_text(Mutation& mutation) {
    xmlNode* element = any_element();
    xmlAddChild(element, xmlNewText(bytes_of("1")));
    return tell(mutation, "add text", element);
  }

  bool add_blank(Mutation& mutation) {
    xmlNode* element = any_element();
    const std::string blank(blanks[below(blanks.size())]);
    xmlNode* text = xmlNewText(bytes_of(blank));
    if (element->children != nullptr && below(2) == 0) {
      xmlAddPrevSibling(element->children, text);
    } else {
      xmlAddChild(element, text);
    }
    return tell(mutation, "add blank", element);
  }

  bool spoil_value(Mutation& mutation) {
    xmlNode* element = any_inner();
    if (has_elements(element)) return false;
    const std::string value = spoilt(taken(xmlNodeGetContent(element)));
    xmlNodeSetContent(element, nullptr);
    xmlNodeAddContent(element, bytes_of(value));
    return tell(mutation, "value '" + value + "'", element);
  }

  bool spoil_attribute(Mutation& mutation) {
    if (m_attributes.empty()) return false;
    xmlAttr* attribute = m_attributes[below(m_attributes.size())];
    xmlNode* element = attribute->parent;
    const std::string name = text_of(attribute->name);
    const std::string value = spoilt(taken(xmlGetNoNsProp(element, bytes_of(name))));
    xmlSetProp(element, bytes_of(name), bytes_of(value));
    return tell_attribute(mutation, "value '" + value + "'", element, name);
  }

  std::string spoilt(std::string value) {
    switch (below(9)) {
      case 0: return std::string(blanks[below(blanks.size())]) + value;
      case 1: return value + std::string(blanks[below(blanks.size())]);
      case 2: return value + value;
      case 3: return first_half(value);
      case 4: return std::string(below(400), 'a');
      case 5: return value + "é";
      case 6: return changed(std::move(value));
      default: return edge_values[below(edge_values.size())];
    }
  }

  /// Cut between two characters.
  static std::string first_half(const std::string& value) {
    std::size_t end = value.size() / 2;
    while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;
    return value.substr(0, end);
  }

  /// One ASCII character becomes another.
  std::string changed(std::string value) {
    constexpr std::string_view characters = "0123456789-+.:TZaAzé ";
    if (value.empty()) return value;
    char& c = value[below(value.size())];
    const char other = characters[below(characters.size())];
    const auto ascii = [](char one) { return static_cast<unsigned char>(one) < 0x80; };
    if (ascii(c) && ascii(other)) c = other;
    return value;
  }

  std::mt19937_64& m_dice;
  xmlDoc* m_document;
  std::vector<xmlNode*> m_elements;
  std::vector<xmlAttr*> m_attributes;
};

DocumentMutator::DocumentMutator(std::string_view document, std::uint64_t seed)
    : m_document(document), m_dice(seed) {}

DocumentMutator::~DocumentMutator() = default;

Mutation DocumentMutator::next() {
  Mutation mutation;
  for (;;) {
    Tree tree(m_document, m_dice);
    if (!tree.damage(mutation)) continue;
    mutation.document = tree.written();
    return mutation;
  }
}

bool names_place(const model::Faults& faults, const Mutation& mutation) {
  const auto without_ranks = [](const std::string& path) {
    std::string plain;
    bool rank = false;
    for (const char c : path) {
      if (c == '[') rank = true;
      if (!rank) plain += c;
      if (c == ']') rank = false;
    }
    return plain;
  };
  return std::ranges::any_of(faults, [&](const model::Fault& fault) {
    const std::string path = without_ranks(fault.path);
    const auto holds = [&path](const std::string& place) { return path.starts_with(place); };
    const bool beside = path.substr(0, path.rfind('/')) == mutation.parent;
    return std::ranges::any_of(mutation.places, holds) || fault.code == model::FaultCode::document_root ||
           path == mutation.parent + "/?" || path == mutation.parent + "@?" ||
           (beside && of_siblings(fault.code));
  });
}

}  // namespace passerelle::laws
