#include "tests/laws/leaf_walker.hpp"

#include <libxml/xmlreader.h>
#include <memory>
#include <stdexcept>
#include <string>

namespace passerelle::laws {
namespace {

std::string text_of(const xmlChar* bytes) {
  return bytes == nullptr ? std::string{} : reinterpret_cast<const char*>(bytes);
}

struct Element {
  std::string path;  ///< from below the root
  bool is_record = false;
  bool has_child = false;
  bool has_attribute = false;
  bool has_text = false;
};

class Walk {
 public:
  Walk(xmlTextReader* reader, std::string_view record_path) : m_reader(reader), m_record_path(record_path) {}

  LeafCounts run() {
    int more = 0;
    while ((more = xmlTextReaderRead(m_reader)) == 1) step();
    if (more < 0) throw std::runtime_error("the document is not well formed");
    return m_counts;
  }

 private:
  void step() {
    switch (xmlTextReaderNodeType(m_reader)) {
      case XML_READER_TYPE_ELEMENT: return open();
      case XML_READER_TYPE_END_ELEMENT: return close();
      case XML_READER_TYPE_TEXT:
      case XML_READER_TYPE_CDATA: return note_text();
      default: return;
    }
  }

  void open() {
    const bool closed_at_once = xmlTextReaderIsEmptyElement(m_reader) == 1;
    const std::string space = text_of(xmlTextReaderConstNamespaceUri(m_reader));
    if (m_open.empty()) m_space = space;
    Element element;
    if (!m_open.empty()) {
      m_open.back().has_child = true;
      const std::string& above = m_open.back().path;
      element.path = (above.empty() ? "" : above + "/") + text_of(xmlTextReaderConstLocalName(m_reader));
    }
    element.is_record = !m_open.empty() && element.path == m_record_path && space == m_space;
    if (element.is_record) m_counts.records.push_back(0);
    m_in_record = m_in_record || element.is_record;
    m_open.push_back(element);
    while (xmlTextReaderMoveToNextAttribute(m_reader) == 1) note_attribute();
    if (closed_at_once) close();
  }

  void note_attribute() {
    if (xmlTextReaderIsNamespaceDecl(m_reader) == 1) return;
    const std::string name = text_of(xmlTextReaderConstLocalName(m_reader));
    const bool hint = name == "schemaLocation" || name == "noNamespaceSchemaLocation";
    const std::string space = text_of(xmlTextReaderConstNamespaceUri(m_reader));
    if (hint && space == "http://www.w3.org/2001/XMLSchema-instance") return;
    m_open.back().has_attribute = true;
    count();
  }

  void note_text() {
    const std::string text = text_of(xmlTextReaderConstValue(m_reader));
    if (text.find_first_not_of(" \t\r\n") != std::string::npos) m_open.back().has_text = true;
  }

  void close() {
    const Element& element = m_open.back();
    if (!element.has_child && (!element.has_attribute || element.has_text)) count();
    if (element.is_record) m_in_record = false;
    m_open.pop_back();
  }

  void count() { ++(m_in_record ? m_counts.records.back() : m_counts.envelope); }

  xmlTextReader* m_reader;
  std::string m_record_path;
  std::string m_space;
  std::vector<Element> m_open;
  bool m_in_record = false;
  LeafCounts m_counts;
};

struct FreeReader {
  void operator()(xmlTextReader* reader) const noexcept { xmlFreeTextReader(reader); }
};

}  // namespace

LeafCounts count_xml_leaves(std::string_view document, std::string_view record_path) {
  const std::unique_ptr<xmlTextReader, FreeReader> reader(
      xmlReaderForMemory(document.data(), static_cast<int>(document.size()), nullptr, nullptr,
                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  if (!reader) throw std::bad_alloc();
  return Walk(reader.get(), record_path).run();
}

}  // namespace passerelle::laws
