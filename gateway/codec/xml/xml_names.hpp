// The names of a shape as libxml2 will hand them over, so that a place is found by comparing addresses.
#pragma once

#include <libxml/tree.h>
#include <vector>

#include "gateway/codec/shape.hpp"
#include "gateway/codec/xml/xml_dictionary.hpp"

namespace passerelle::codec {

class XmlNames {
 public:
  explicit XmlNames(const Shape& shape);

  /// The dictionary to parse with. Names of the documents stay in it, so it is made anew when strangers
  /// have swollen it: call between parses only.
  [[nodiscard]] xmlDict* dictionary();
  [[nodiscard]] const xmlChar* name_space() const noexcept { return m_space; }
  [[nodiscard]] const xmlChar* root_name() const noexcept { return m_root; }

  /// The element of that name below `parent`, or `no_node`. `cursor` is where the last search under that
  /// parent ended (0 at first): documents come in the order of the schema.
  [[nodiscard]] NodeId element(NodeId parent, const xmlChar* name, std::uint16_t& cursor) const noexcept {
    const Places& places = m_elements[parent];
    const std::size_t count = places.size();
    for (std::size_t at = cursor; at < count; ++at) {
      if (places[at].name == name) return found(places[at], at, cursor);
    }
    for (std::size_t at = 0; at < cursor; ++at) {
      if (places[at].name == name) return found(places[at], at, cursor);
    }
    return no_node;
  }
  /// The attribute of that name of an element, or `no_node`.
  [[nodiscard]] NodeId attribute(NodeId element, const xmlChar* name) const noexcept {
    for (const Place& place : m_attributes[element]) {
      if (place.name == name) return place.node;
    }
    return no_node;
  }
  /// Whether an element of the shape may hold neither elements nor text, not even blanks (XSD part 1, 3.4.4,
  /// empty content).
  [[nodiscard]] bool empty_content(NodeId element) const noexcept {
    return m_elements[element].empty() && m_texts[element] == no_node;
  }
  /// The leaf that holds the text of an element: itself, its child named "", or `no_node`.
  [[nodiscard]] NodeId text(NodeId element) const noexcept { return m_texts[element]; }

 private:
  struct Place {
    const xmlChar* name;
    NodeId node;
  };
  using Places = std::vector<Place>;

  static NodeId found(const Place& place, std::size_t at, std::uint16_t& cursor) noexcept {
    cursor = static_cast<std::uint16_t>(at);
    return place.node;
  }
  void intern();
  const xmlChar* intern(const std::string& name);

  const Shape* m_shape;
  XmlDictionary m_dictionary;
  std::vector<Places> m_elements;
  std::vector<Places> m_attributes;
  std::vector<NodeId> m_texts;
  const xmlChar* m_space = nullptr;
  const xmlChar* m_root = nullptr;
  int m_own_names = 0;
};

}  // namespace passerelle::codec
