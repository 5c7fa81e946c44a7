// A document that the streaming reader takes without a fault holds the leaves that a naive walk of libxml2's
// tree finds in it.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/codec/xml/xml_reader.hpp"
#include "tests/fuzz/must.hpp"
#include "tests/fuzz/small_xml_shape.hpp"

namespace {

using namespace passerelle;
using fuzz::must;

using Leaves = std::vector<std::string>;

/// What the streaming path says.
class Listing final : public codec::RecordSink {
 public:
  void envelope(codec::Record& record, model::Faults& faults) override { take(record, faults); }
  void record(codec::Record& record, model::Faults& faults) override { take(record, faults); }

  Leaves leaves;
  bool faulty = false;

 private:
  void take(const codec::Record& record, const model::Faults& faults) {
    faulty = faulty || !faults.empty() || !record.unplaced().empty();
    for (const codec::Leaf& leaf : record.leaves()) {
      const codec::Value value = record.value(leaf);
      const std::string path = record.path(*leaf.frame, leaf.node);
      leaves.push_back(value.absent() ? path : fmt::format("{}={}", path, value.reveal()));
    }
  }
};

std::string taken(xmlChar* bytes) {
  std::string text = bytes == nullptr ? "" : reinterpret_cast<const char*>(bytes);
  xmlFree(bytes);
  return text;
}

std::string name_of(const xmlChar* name) {
  return reinterpret_cast<const char*>(name);
}

/// What the tree says: every attribute, every element without elements that holds a value or nothing at all.
class TreeWalk {
 public:
  explicit TreeWalk(xmlNode* root) { walk(root, name_of(root->name)); }

  Leaves leaves;

 private:
  static bool repeats(const std::string& name) { return name == "d" || name == "l" || name == "b"; }
  static bool holds_value(const std::string& name) {
    return name == "h" || name == "a" || name == "b" || name == "t";
  }

  void walk(xmlNode* element, const std::string& path) {
    const bool attributes = list_attributes(element, path);
    if (xmlChildElementCount(element) == 0) return list_bare(element, path, attributes);
    std::vector<std::string> seen;
    for (xmlNode* child = xmlFirstElementChild(element); child != nullptr;
         child = xmlNextElementSibling(child)) {
      const std::string name = name_of(child->name);
      seen.push_back(name);
      const auto rank = std::ranges::count(seen, name);
      walk(child, fmt::format("{}/{}{}", path, name, repeats(name) ? fmt::format("[{}]", rank) : ""));
    }
  }

  bool list_attributes(xmlNode* element, const std::string& path) {
    bool found = false;
    for (xmlAttr* at = element->properties; at != nullptr; at = at->next) {
      if (at->ns != nullptr) continue;  // hints of XML Schema; any other would be a fault
      leaves.push_back(
          fmt::format("{}@{}={}", path, name_of(at->name), taken(xmlGetNoNsProp(element, at->name))));
      found = true;
    }
    return found;
  }

  void list_bare(xmlNode* element, const std::string& path, bool attributes) {
    const std::string text = taken(xmlNodeGetContent(element));
    const std::string name = name_of(element->name);
    const bool blank = text.find_first_not_of(" \t\r\n") == std::string::npos;
    if (holds_value(name)) {
      // Blank text beside attributes is no leaf.
      if (!attributes || !blank) leaves.push_back(path + "=" + text);
    } else if (!attributes) {
      leaves.push_back(path);
    }
  }
};

struct FreeDocument {
  void operator()(xmlDoc* document) const noexcept { xmlFreeDoc(document); }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const codec::Shape shape = fuzz::small_xml_shape();
  static codec::XmlReader reader(shape);
  codec::MemorySource source({reinterpret_cast<const char*>(data), size});
  Listing stream;
  if (!reader.read(source, stream).empty() || stream.faulty) return 0;
  const std::unique_ptr<xmlDoc, FreeDocument> document(
      xmlReadMemory(reinterpret_cast<const char*>(data), static_cast<int>(size), nullptr, nullptr,
                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  must(document != nullptr);
  TreeWalk tree(xmlDocGetRootElement(document.get()));
  std::ranges::sort(stream.leaves);
  std::ranges::sort(tree.leaves);
  must(stream.leaves == tree.leaves);
  return 0;
}
