#include "gateway/codec/xml/xml_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/codec/xml/xml_reader.hpp"
#include "gateway/codec/xml/xsd_shape.hpp"
#include "tests/laws/record_listing.hpp"

namespace passerelle::codec {
namespace {

const std::string data = PASSERELLE_TEST_DATA "/xml/";

const Shape& library() {
  static const Shape shape = load_xsd(data + "schemas/library.xsd", "livre").value();
  return shape;
}

/// Writes what it hears.
class Copying final : public RecordSink {
 public:
  explicit Copying(Writer& writer) : m_writer(&writer) {}
  void envelope(Record& record, model::Faults&) override { m_writer->envelope(record); }
  void record(Record& record, model::Faults&) override { m_writer->record(record); }

 private:
  Writer* m_writer;
};

std::string rewritten(std::string_view document) {
  MemorySource source(document);
  MemorySink out;
  XmlWriter writer(library(), out);
  Copying sink(writer);
  EXPECT_THAT(XmlReader(library()).read(source, sink), testing::IsEmpty());
  writer.finish();
  return out.bytes();
}

TEST(XmlWriter, writes_one_record_a_line_in_the_order_of_the_schema) {
  EXPECT_EQ(rewritten(read_file(data + "valid/least.xml")),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<ns1:bibliotheque xmlns:ns1=\"urn:test:bibliotheque\" version=\"1.0\">"
            "<ns1:entete><ns1:date>2024-01-01T00:00:00</ns1:date></ns1:entete>\n"
            "<ns1:livre ordre=\"1\"><ns1:cote>Z-0</ns1:cote><ns1:titre>t</ns1:titre>"
            "<ns1:collectif>c</ns1:collectif><ns1:pages>1</ns1:pages>"
            "<ns1:disponible>1</ns1:disponible></ns1:livre>\n"
            "</ns1:bibliotheque>\n");
}

class XmlWriterCopy : public testing::TestWithParam<const char*> {};

TEST_P(XmlWriterCopy, reads_back_as_it_was) {
  const std::string document = read_file(data + "valid/" + GetParam());
  const std::string copy = rewritten(document);
  laws::RecordListing before;
  laws::RecordListing after;
  MemorySource document_source(document);
  MemorySource copy_source(copy);
  XmlReader reader(library());
  EXPECT_THAT(reader.read(document_source, before), testing::IsEmpty());
  EXPECT_THAT(reader.read(copy_source, after), testing::IsEmpty());
  EXPECT_EQ(before.envelope_leaves, after.envelope_leaves);
  EXPECT_EQ(before.records, after.records);
  EXPECT_EQ(rewritten(copy), copy);
}

INSTANTIATE_TEST_SUITE_P(, XmlWriterCopy, testing::Values("full.xml", "least.xml"));

TEST(XmlWriter, writes_empty_groups_and_no_null) {
  Record record(library(), library().record());
  const auto node = [](const char* path) { return *library().find(path, library().record()); };
  record.open_group(record.root(), node("listeExemplaire"));
  record.set(record.root(), node("cote"), Value::null());
  record.set(record.root(), node("titre"), Value(""));
  MemorySink out;
  XmlWriter writer(library(), out);
  writer.record(record);
  writer.finish();
  EXPECT_EQ(out.bytes(),
            "<ns1:livre><ns1:titre></ns1:titre><ns1:listeExemplaire/></ns1:livre>\n"
            "</ns1:bibliotheque>\n");
}

TEST(XmlWriter, writes_as_references_what_a_reader_would_change) {
  std::string text;
  append_xml_text(text, "a<b>&\"'\r\n\té");
  EXPECT_EQ(text, "a&lt;b&gt;&amp;\"'&#13;\n\té");
  std::string attribute;
  append_xml_attribute(attribute, "a<b>&\"'\r\n\té");
  EXPECT_EQ(attribute, "a&lt;b&gt;&amp;&quot;'&#13;&#10;&#9;é");
}

}  // namespace
}  // namespace passerelle::codec
