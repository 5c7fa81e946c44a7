#include "tests/laws/same_xml.hpp"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <memory>
#include <stdexcept>

namespace passerelle::laws {
namespace {

struct FreeDocument {
  void operator()(xmlDoc* document) const noexcept { xmlFreeDoc(document); }
};

void name_prefixes(xmlNode* node) {
  for (xmlNs* space = node->nsDef; space != nullptr; space = space->next) {
    xmlFree(const_cast<xmlChar*>(space->prefix));
    space->prefix = xmlCharStrdup("ns1");
  }
}

/// Walks without recursion over siblings; depth is that of the document.
void normalise(xmlNode* node) {
  if (node->type == XML_ELEMENT_NODE) name_prefixes(node);
  for (xmlNode* child = node->children; child != nullptr;) {
    xmlNode* next = child->next;
    if (xmlIsBlankNode(child) == 1) {
      xmlUnlinkNode(child);
      xmlFreeNode(child);
    } else {
      normalise(child);
    }
    child = next;
  }
}

}  // namespace

std::string sameness(std::string_view document) {
  const std::unique_ptr<xmlDoc, FreeDocument> tree(
      xmlReadMemory(document.data(), static_cast<int>(document.size()), nullptr, nullptr, XML_PARSE_NONET));
  if (tree == nullptr) throw std::runtime_error("the document is not well formed");
  normalise(xmlDocGetRootElement(tree.get()));
  xmlChar* bytes = nullptr;
  const int size = xmlC14NDocDumpMemory(tree.get(), nullptr, XML_C14N_1_0, nullptr, 0, &bytes);
  if (size < 0) throw std::runtime_error("the document has no canonical form");
  std::string canonical(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  xmlFree(bytes);
  return canonical;
}

}  // namespace passerelle::laws
