// Where libxml2 interns the names of a document.
#pragma once

#include <libxml/tree.h>
#include <memory>
#include <new>

namespace passerelle::codec {

struct FreeXmlDictionary {
  void operator()(xmlDict* dictionary) const noexcept { xmlDictFree(dictionary); }
};

using XmlDictionary = std::unique_ptr<xmlDict, FreeXmlDictionary>;

/// An empty one; throws std::bad_alloc.
[[nodiscard]] inline XmlDictionary make_xml_dictionary() {
  XmlDictionary dictionary(xmlDictCreate());
  if (!dictionary) throw std::bad_alloc();
  return dictionary;
}

}  // namespace passerelle::codec
