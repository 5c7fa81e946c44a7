#include "gateway/codec/xml/xml_reader.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdexcept>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/codec/limits.hpp"
#include "gateway/codec/xml/xsd_shape.hpp"
#include "tests/laws/record_listing.hpp"

namespace passerelle::codec {
namespace {

using laws::RecordListing;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::string data = PASSERELLE_TEST_DATA "/xml/";

const Shape& library() {
  static const Shape shape = load_xsd(data + "schemas/library.xsd", "livre").value();
  return shape;
}

struct Outcome {
  RecordListing listing;
  std::vector<std::string> file_faults;
};

Outcome read_source(ByteSource& source) {
  Outcome outcome;
  XmlReader reader(library());
  outcome.file_faults = laws::listed(reader.read(source, outcome.listing));
  return outcome;
}

Outcome read(std::string_view document) {
  MemorySource source(document);
  return read_source(source);
}

const std::string head =
    "<b:bibliotheque version=\"1.0\" xmlns:b=\"urn:test:bibliotheque\">"
    "<b:entete><b:date>2024-01-01T00:00:00</b:date></b:entete>\n";
const std::string plain_record = "<b:livre ordre=\"1\"><b:cote>Z-0</b:cote></b:livre>\n";
const std::string tail = "</b:bibliotheque>";

/// A record around what a test is about; it begins on line 2.
std::string with_record(const std::string& content) {
  return head + "<b:livre ordre=\"1\">" + content + "</b:livre>\n" + tail;
}

TEST(XmlReader, gives_the_envelope_once_then_the_records_in_order) {
  const Outcome outcome = read(head + plain_record + plain_record + tail);
  EXPECT_EQ(outcome.listing.envelopes, 1U);
  EXPECT_THAT(outcome.listing.envelope_leaves,
              ElementsAre("bibliotheque@version=1.0", "bibliotheque/entete/date=2024-01-01T00:00:00"));
  EXPECT_THAT(outcome.listing.records,
              ElementsAre(ElementsAre("bibliotheque/livre[1]@ordre=1", "bibliotheque/livre[1]/cote=Z-0"),
                          ElementsAre("bibliotheque/livre[2]@ordre=1", "bibliotheque/livre[2]/cote=Z-0")));
  EXPECT_THAT(outcome.file_faults, IsEmpty());
}

TEST(XmlReader, gives_the_envelope_of_a_document_without_records) {
  const Outcome outcome = read(head + tail);
  EXPECT_EQ(outcome.listing.envelopes, 1U);
  EXPECT_THAT(outcome.listing.faults, ElementsAre("PAS-STR-005 0:0 bibliotheque/livre"));
}

TEST(XmlReader, decodes_references_sections_and_line_ends) {
  const Outcome outcome = read(with_record("<b:cote>a&amp;b&#233;<![CDATA[<&amp;>]]>&lt;\r\n&#13;</b:cote>"));
  EXPECT_THAT(outcome.listing.records[0], Contains("bibliotheque/livre[1]/cote=a&bé<&amp;><\n\r"));
}

TEST(XmlReader, decodes_ampersands_of_attributes) {
  const Outcome outcome =
      read(with_record("<b:mesure unite=\"a&amp;b&#38;#38;&quot;&#10;\nc\">1</b:mesure>"));
  EXPECT_THAT(outcome.listing.records[0], Contains("bibliotheque/livre[1]/mesure[1]@unite=a&b&#38;\"\n c"));
}

TEST(XmlReader, tells_a_stranger_by_its_parent_and_counts_its_leaves) {
  const Outcome outcome =
      read(with_record("<b:cote>Z-0</b:cote>\n<b:Dupont a=\"1\"><b:x/><b:y z=\"2\">3</b:y></b:Dupont>"));
  EXPECT_THAT(outcome.listing.faults, ElementsAre("PAS-STR-001 3:1 bibliotheque/livre[1]/?"));
  EXPECT_THAT(outcome.listing.unplaced, ElementsAre("bibliotheque/livre[1] x4"));
}

TEST(XmlReader, takes_another_namespace_for_a_stranger) {
  const Outcome outcome = read(with_record("<cote xmlns=\"urn:autre\">Z-0</cote>"));
  EXPECT_THAT(outcome.listing.faults, ElementsAre("PAS-STR-001 2:20 bibliotheque/livre[1]/?"));
}

TEST(XmlReader, tells_a_strange_attribute_and_counts_it) {
  const Outcome outcome = read(with_record("<b:cote xml:lang=\"fr\" b:x=\"1\" y=\"2\">Z-0</b:cote>"));
  EXPECT_THAT(outcome.listing.faults, SizeIs(3));
  EXPECT_THAT(outcome.listing.faults, Contains("PAS-STR-002 2:20 bibliotheque/livre[1]/cote@?"));
  EXPECT_THAT(outcome.listing.unplaced, ElementsAre("bibliotheque/livre[1]/cote x3"));
  EXPECT_THAT(outcome.listing.records[0], Contains("bibliotheque/livre[1]/cote=Z-0"));
}

TEST(XmlReader, ignores_hints_at_schemas) {
  const Outcome outcome = read(with_record(
      "<b:don xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"a b\"/>"));
  EXPECT_THAT(outcome.listing.faults, IsEmpty());
  EXPECT_THAT(outcome.listing.records[0], Contains("bibliotheque/livre[1]/don="));
}

TEST(XmlReader, tells_elements_out_of_order_and_keeps_them) {
  const Outcome outcome = read(with_record("<b:titre>t</b:titre><b:cote>Z-0</b:cote>"));
  EXPECT_THAT(outcome.listing.faults, ElementsAre("PAS-STR-003 2:40 bibliotheque/livre[1]/cote"));
  EXPECT_THAT(outcome.listing.records[0], Contains("bibliotheque/livre[1]/cote=Z-0"));
}

TEST(XmlReader, keeps_the_first_of_two_where_one_is_allowed) {
  const Outcome outcome = read(with_record("<b:cote>Z-0</b:cote><b:cote>Z-1</b:cote>"));
  EXPECT_THAT(outcome.listing.faults, ElementsAre("PAS-STR-004 2:40 bibliotheque/livre[1]/cote"));
  EXPECT_THAT(outcome.listing.unplaced, ElementsAre("bibliotheque/livre[1] x1"));
  EXPECT_THAT(outcome.listing.records[0], Contains("bibliotheque/livre[1]/cote=Z-0"));
}

TEST(XmlReader, tells_text_where_only_elements_may_stand) {
  const Outcome outcome = read(with_record("<b:listeExemplaire>x</b:listeExemplaire>"));
  EXPECT_THAT(outcome.listing.faults, ElementsAre("PAS-STR-006 2:20 bibliotheque/livre[1]/listeExemplaire"));
  EXPECT_THAT(outcome.listing.unplaced, ElementsAre("bibliotheque/livre[1]/listeExemplaire x1"));
}

TEST(XmlReader, notes_an_empty_container_as_a_leaf) {
  const Outcome outcome = read(with_record("<b:listeExemplaire>\n </b:listeExemplaire>"));
  EXPECT_THAT(outcome.listing.records[0], Contains("bibliotheque/livre[1]/listeExemplaire"));
  EXPECT_THAT(outcome.listing.faults, IsEmpty());
}

TEST(XmlReader, reads_text_beside_attributes_as_a_leaf_of_its_own) {
  const Outcome outcome = read(with_record("<b:resume langue=\"fr\">t</b:resume><b:mesure unite=\"m\"/>"));
  EXPECT_THAT(outcome.listing.records[0],
              ElementsAre("bibliotheque/livre[1]@ordre=1", "bibliotheque/livre[1]/resume@langue=fr",
                          "bibliotheque/livre[1]/resume=t", "bibliotheque/livre[1]/mesure[1]@unite=m"));
}

TEST(XmlReader, tells_what_stands_after_the_records) {
  const Outcome outcome = read(head + plain_record + "<b:entete><b:date>x</b:date></b:entete>\nfin" + tail);
  EXPECT_THAT(outcome.file_faults,
              ElementsAre("PAS-STR-003 3:1 bibliotheque/entete", "PAS-STR-006 1:1 bibliotheque"));
  EXPECT_EQ(outcome.listing.stray_leaves, 1U);
  EXPECT_THAT(outcome.listing.records, SizeIs(1));
}

TEST(XmlReader, refuses_the_hundredth_item_of_a_list_once) {
  std::string items;
  for (int rank = 0; rank < 105; ++rank) items += "<b:motCle>mots</b:motCle>";
  const Outcome outcome = read(with_record(items));
  EXPECT_THAT(outcome.listing.faults, ElementsAre("PAS-LIM-005 2:2495 bibliotheque/livre[1]/motCle"));
  EXPECT_THAT(outcome.listing.unplaced, ElementsAre("bibliotheque/livre[1] x6"));
  EXPECT_THAT(outcome.listing.records[0], SizeIs(1 + limits::list_items));
}

TEST(XmlReader, refuses_a_record_for_one_text_over_the_limit_and_reads_the_next) {
  const std::string text(limits::text_bytes + 1, 'a');
  const Outcome outcome =
      read(head + "<b:livre ordre=\"1\"><b:cote>" + text + "</b:cote></b:livre>" + plain_record + tail);
  EXPECT_THAT(outcome.listing.faults, ElementsAre("PAS-LIM-003 2:20 bibliotheque/livre[1]/cote"));
  EXPECT_THAT(outcome.listing.unplaced, ElementsAre("bibliotheque/livre[1]/cote x1"));
  EXPECT_THAT(outcome.listing.records, SizeIs(2));
  EXPECT_THAT(outcome.file_faults, IsEmpty());
}

TEST(XmlReader, refuses_a_record_over_the_limit_and_reads_the_next) {
  std::string content;
  while (content.size() < limits::record_bytes + 1000) content += "<b:inconnu>valeur</b:inconnu>\n";
  const Outcome outcome = read(head + "<b:livre ordre=\"1\">" + content + "</b:livre>" + plain_record + tail);
  EXPECT_THAT(outcome.listing.faults, SizeIs(limits::faults + 1));
  EXPECT_THAT(outcome.listing.faults, Contains(testing::StartsWith("PAS-LIM-004")));
  EXPECT_THAT(outcome.listing.faults.back(), testing::EndsWith(" bibliotheque/livre[1]"));
  EXPECT_THAT(outcome.listing.records, SizeIs(2));
}

struct Encoded {
  const char* name;
  const char* bytes;
  const char* text;
};

class XmlReaderEncoding : public testing::TestWithParam<Encoded> {};

TEST_P(XmlReaderEncoding, decodes_and_counts_columns_in_bytes_of_the_source) {
  const auto& [name, bytes, text] = GetParam();
  const std::string record =
      fmt::format("<b:livre ordre=\"1\"><b:cote>{}</b:cote><b:x/></b:livre>", std::string_view(bytes));
  const Outcome outcome =
      read(fmt::format("<?xml version='1.0' encoding='{}'?>{}{}{}", name, head, record, tail));
  EXPECT_THAT(outcome.listing.records[0], Contains(fmt::format("bibliotheque/livre[1]/cote={}", text)));
  const std::size_t column = record.find("<b:x/>") + 1;
  EXPECT_THAT(outcome.listing.faults,
              ElementsAre(fmt::format("PAS-STR-001 2:{} bibliotheque/livre[1]/?", column)));
}

INSTANTIATE_TEST_SUITE_P(, XmlReaderEncoding,
                         testing::Values(Encoded{"UTF-8", "été €", "été €"}, Encoded{"utf-8", "œ", "œ"},
                                         Encoded{"ISO-8859-1", "\xE9t\xE9", "été"},
                                         Encoded{"ISO-8859-15", "\xA4\xBD", "€œ"},
                                         Encoded{"windows-1252", "\x80\x9C\x92", "€œ’"},
                                         Encoded{"US-ASCII", "ete", "ete"}));

TEST(XmlReader, does_not_count_a_byte_order_mark_as_content) {
  const Outcome outcome = read("\xEF\xBB\xBF" + head + plain_record + tail);
  EXPECT_THAT(outcome.file_faults, IsEmpty());
  EXPECT_THAT(outcome.listing.records, SizeIs(1));
}

TEST(DamagedDocuments, are_refused_by_code_and_place_after_the_records_before) {
  const CsvTable expected(read_file(data + "damaged/expected.csv"));
  for (std::size_t row = 0; row < expected.size(); ++row) {
    const std::string file(expected.cell(row, "file"));
    SCOPED_TRACE(file);
    const Outcome outcome = read(read_file(data + "damaged/" + file));
    EXPECT_THAT(outcome.file_faults,
                ElementsAre(fmt::format("{} {}:{} ", expected.cell(row, "code"), expected.cell(row, "line"),
                                        expected.cell(row, "column"))));
    EXPECT_EQ(std::to_string(outcome.listing.records.size()), expected.cell(row, "records"));
  }
}

TEST(DamagedDocuments, are_all_listed) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(data + "damaged")) {
    files += entry.path().extension() == ".xml" ? 1U : 0U;
  }
  EXPECT_EQ(CsvTable(read_file(data + "damaged/expected.csv")).size(), files);
}

TEST(DamagedDocuments, cut_anywhere_are_truncated) {
  const std::string document = read_file(data + "valid/full.xml");
  const std::size_t end = document.rfind('>');
  for (std::size_t size = 1; size < end; ++size) {
    const Outcome outcome = read(std::string_view(document).substr(0, size));
    ASSERT_THAT(outcome.file_faults, ElementsAre(testing::StartsWith("PAS-DOC-002"))) << "at byte " << size;
  }
}

/// Gives one byte at a time, like the slowest of networks.
class Dripping final : public ByteSource {
 public:
  explicit Dripping(std::string_view bytes) : m_source(bytes) {}
  std::size_t read(char* into, std::size_t) override { return m_source.read(into, 1); }

 private:
  MemorySource m_source;
};

TEST(XmlReader, gives_the_same_however_the_bytes_come) {
  const std::string document = read_file(data + "valid/full.xml");
  Dripping source(document);
  const Outcome dripped = read_source(source);
  EXPECT_EQ(dripped.listing.records, read(document).listing.records);
  EXPECT_THAT(dripped.file_faults, IsEmpty());
}

class Broken final : public ByteSource {
 public:
  std::size_t read(char*, std::size_t) override { throw std::runtime_error("disk"); }
};

TEST(XmlReader, lets_the_fault_of_the_world_out) {
  Broken source;
  EXPECT_THROW(read_source(source), std::runtime_error);
}

class Refusing final : public RecordSink {
 public:
  void envelope(Record&, model::Faults&) override {}
  void record(Record&, model::Faults&) override {
    ++records;
    throw std::runtime_error("store");
  }
  int records = 0;
};

TEST(XmlReader, stops_at_an_exception_of_its_sink) {
  const std::string document = head + plain_record + plain_record + tail;
  MemorySource source(document);
  Refusing sink;
  XmlReader reader(library());
  EXPECT_THROW(reader.read(source, sink), std::runtime_error);
  EXPECT_EQ(sink.records, 1);
}

TEST(XmlReader, serves_document_after_document_whatever_names_they_bring) {
  XmlReader reader(library());
  for (int round = 0; round < 300; ++round) {
    const std::string document = with_record(fmt::format("<b:nom{}/>", round)) + "<";
    MemorySource source(document);
    RecordListing listing;
    EXPECT_THAT(reader.read(source, listing), SizeIs(1));
    EXPECT_THAT(listing.unplaced, SizeIs(1));
  }
}

}  // namespace
}  // namespace passerelle::codec
