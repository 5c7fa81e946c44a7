#include "gateway/codec/xml/xml_names.hpp"

#include <new>

namespace passerelle::codec {
namespace {

constexpr int strangers_kept = 64;
constexpr std::size_t dictionary_bytes = 2 * 1024 * 1024;

}  // namespace

XmlNames::XmlNames(const Shape& shape) : m_shape(&shape) {
  intern();
}

xmlDict* XmlNames::dictionary() {
  if (xmlDictSize(m_dictionary.get()) > m_own_names + strangers_kept) intern();
  return m_dictionary.get();
}

void XmlNames::intern() {
  m_dictionary = make_xml_dictionary();
  xmlDictSetLimit(m_dictionary.get(), dictionary_bytes);
  const std::size_t count = m_shape->size();
  m_elements.assign(count, {});
  m_attributes.assign(count, {});
  m_texts.assign(count, no_node);
  for (NodeId id = 0; id < count; ++id) {
    const Node& node = m_shape->node(id);
    if (node.kind == NodeKind::leaf) m_texts[node.name.empty() ? node.parent : id] = id;
    if (id == Shape::root() || node.name.empty()) continue;
    auto& places = node.kind == NodeKind::attribute ? m_attributes : m_elements;
    places[node.parent].push_back({intern(node.name), id});
  }
  m_space = intern(m_shape->xml_namespace);
  m_root = intern(m_shape->node(Shape::root()).name);
  m_own_names = xmlDictSize(m_dictionary.get());
}

const xmlChar* XmlNames::intern(const std::string& name) {
  const auto* bytes = reinterpret_cast<const xmlChar*>(name.data());
  const xmlChar* interned = xmlDictLookup(m_dictionary.get(), bytes, static_cast<int>(name.size()));
  if (interned == nullptr) throw std::bad_alloc();
  return interned;
}

}  // namespace passerelle::codec
