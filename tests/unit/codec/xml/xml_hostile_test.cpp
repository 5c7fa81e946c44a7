// Bytes at random: the reader must survive them, and refuse whatever libxml2's own parser refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <random>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/codec/xml/xml_reader.hpp"
#include "gateway/codec/xml/xsd_shape.hpp"
#include "tests/laws/record_listing.hpp"

namespace passerelle::codec {
namespace {

const std::string data = PASSERELLE_TEST_DATA "/xml/";

class Bytes {
 public:
  explicit Bytes(std::string document) : m_document(std::move(document)) {}

  std::string spoilt() {
    std::string bytes = m_document;
    for (std::size_t times = 1 + below(3); times > 0; --times) {
      const std::size_t at = below(bytes.size());
      switch (below(4)) {
        case 0: bytes.erase(at, 1 + below(8)); break;
        case 1: bytes.insert(at, bytes.substr(below(bytes.size()), below(60))); break;
        case 2: bytes.insert(at, 1, telling[below(telling.size())]); break;
        default: bytes[at] = static_cast<char>(below(256));
      }
    }
    return bytes;
  }

 private:
  static constexpr std::string_view telling = "<>&;\"'=/!?[]- :x\xC3\x80";

  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(m_dice);
  }

  std::string m_document;
  std::mt19937_64 m_dice{7};
};

bool well_formed(const std::string& bytes) {
  constexpr int quiet = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  xmlDoc* tree = xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr, quiet);
  const bool parsed = tree != nullptr;
  xmlFreeDoc(tree);
  return parsed;
}

TEST(XmlHostile, bytes_never_pass_where_libxml2_refuses_them) {
  const Shape shape = load_xsd(data + "schemas/library.xsd", "livre").value();
  XmlReader reader(shape);
  Bytes bytes(read_file(data + "valid/full.xml"));
  for (int round = 0; round < 3000; ++round) {
    const std::string document = bytes.spoilt();
    MemorySource source(document);
    laws::RecordListing listing;
    const model::Faults faults = reader.read(source, listing);
    ASSERT_LE(std::ranges::count(faults, model::Severity::blocking, &model::Fault::severity), 1);
    ASSERT_TRUE(well_formed(document) || model::has_blocking(faults)) << document;
  }
}

}  // namespace
}  // namespace passerelle::codec
