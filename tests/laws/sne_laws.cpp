// The laws of the mapping of the national interface, on documents generated from its own schemas.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/codec/xml/xml_writer.hpp"
#include "gateway/service/convert.hpp"
#include "tests/laws/document_mutator.hpp"
#include "tests/laws/laws_count.hpp"
#include "tests/laws/leaf_walker.hpp"
#include "tests/laws/leaf_walker_json.hpp"
#include "tests/laws/same_xml.hpp"
#include "tests/laws/shape_generator.hpp"
#include "tests/laws/xsd_agreement.hpp"

namespace passerelle::laws {
namespace {

using codec::Record;
using mapping::Format;
using mapping::Formats;

constexpr std::uint64_t demandes_a_file = 50;

struct Law {
  mapping::TableFaults faults;
  Formats formats{PASSERELLE_SOURCE, "2026-01-01", faults};
};

Law& law() {
  static Law only;
  return only;
}

std::vector<std::string> message_names() {
  std::vector<std::string> names;
  for (const mapping::MappingSource& source : law().formats.find_peer("sne")->messages) {
    names.push_back(source.version + ":" + source.message);
  }
  return names;
}

/// Takes the values that the law forbids to keep out of a record, so that what is left must come back.
void drop_by_law(const Format& format, Record& record) {
  for (const codec::Leaf& leaf : record.leaves()) {
    for (const mapping::LineId id : format.plan->by_external[leaf.node]) {
      const codec::Node& node = record.shape().node(leaf.node);
      if (format.plan->lines[id].loss != mapping::Loss::by_law || !node.holds_value()) continue;
      leaf.frame->slots[node.repeated() ? 0 : node.slot] = codec::Value();
    }
  }
}

struct Generated {
  std::string document;
  std::string lawful;  ///< the same without what must not be kept
};

Generated generate(const Format& format, const ShapeGenerator& generator, std::uint64_t seed) {
  codec::MemorySink document;
  codec::MemorySink lawful;
  codec::XmlWriter writer(*format.shape, document);
  codec::XmlWriter lawful_writer(*format.shape, lawful);
  Record envelope(*format.shape, codec::Shape::root());
  Record record(*format.shape, format.shape->record());
  generator.fill(envelope, seed);
  writer.envelope(envelope);
  lawful_writer.envelope(envelope);
  for (std::uint64_t rank = 0; rank < demandes_a_file; ++rank) {
    generator.fill(record, seed + rank);
    writer.record(record);
    drop_by_law(format, record);
    lawful_writer.record(record);
  }
  writer.finish();
  lawful_writer.finish();
  return {document.bytes(), lawful.bytes()};
}

struct Converted {
  std::string out;
  std::string receipt;
  std::vector<std::string> faults;
};

Converted convert(std::string_view from, std::string_view to, std::string_view text) {
  codec::MemorySource source(text);
  codec::MemorySink out;
  codec::MemorySink receipt;
  Converted converted;
  service::ConvertRequest request{.from = *mapping::parse_format_name(from),
                                  .to = *mapping::parse_format_name(to),
                                  .in = &source,
                                  .out = &out,
                                  .receipt = &receipt};
  request.on_fault = [&](const model::Fault& fault) {
    converted.faults.push_back(fmt::format("{} {}", catalogue_entry(fault.code).code, fault.path));
  };
  EXPECT_TRUE(service::convert(law().formats, request).has_value());
  converted.out = out.bytes();
  converted.receipt = receipt.bytes();
  return converted;
}

/// What the receipt adds up to, demande by demande; 0 is the envelope.
LeafCounts counts_of(const std::string& receipt) {
  LeafCounts counts;
  const codec::CsvTable rows(receipt);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::uint64_t demande = std::stoull(std::string(rows.cell(row, "demand")));
    const std::uint64_t leaves = std::stoull(std::string(rows.cell(row, "count")));
    if (demande > counts.records.size()) counts.records.resize(demande);
    (demande == 0 ? counts.envelope : counts.records[demande - 1]) += leaves;
  }
  return counts;
}

class SneMessage : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    const auto name = mapping::parse_format_name("sne@" + GetParam());
    m_format = law().formats.get(*law().formats.candidates(*name).front(), law().faults);
    ASSERT_NE(m_format, nullptr) << law().faults.front().text;
  }

  const Format* m_format = nullptr;
};

TEST_P(SneMessage, comes_back_the_same_and_its_receipt_counts_every_leaf) {
  const ShapeGenerator generator(*m_format->shape);
  for (std::uint64_t seed = 0; seed < laws_count(); seed += demandes_a_file) {
    const Generated generated = generate(*m_format, generator, seed);
    const Converted there = convert("sne", "cerfa", generated.document);
    ASSERT_EQ(counts_of(there.receipt), count_xml_leaves(generated.document, "demande")) << "seed " << seed;
    const Converted back = convert("cerfa", "sne", there.out);
    const std::vector<std::uint64_t> walked = count_json_leaves(there.out);
    LeafCounts counted = counts_of(back.receipt);
    ASSERT_EQ(counted.envelope, walked.front()) << "seed " << seed;
    ASSERT_EQ(counted.records, std::vector<std::uint64_t>(walked.begin() + 1, walked.end()))
        << "seed " << seed;
    if (back.out == generated.lawful) continue;
    ASSERT_EQ(sameness(back.out), sameness(generated.lawful)) << "seed " << seed;
  }
}

TEST_P(SneMessage, has_the_verdict_of_its_schema_on_mutated_documents) {
  // Ten thousand over the twenty messages at the usual count.
  const std::uint64_t mutations = laws_count() / 4;
  const XsdVerdict verdict(std::string(PASSERELLE_SOURCE "/schemas/") + m_format->source->schema);
  const ShapeGenerator generator(*m_format->shape);
  Record envelope(*m_format->shape, codec::Shape::root());
  Record record(*m_format->shape, m_format->shape->record());
  for (std::uint64_t seed = 0; seed < mutations; seed += 10) {
    codec::MemorySink document;
    codec::XmlWriter writer(*m_format->shape, document);
    generator.fill(envelope, seed);
    generator.fill(record, seed);
    writer.envelope(envelope);
    writer.record(record);
    writer.finish();
    DocumentMutator mutator(document.bytes(), seed);
    for (int mutation = 0; mutation < 10; ++mutation) {
      const Mutation mutated = mutator.next();
      ASSERT_EQ(disagreement(*m_format->shape, verdict, mutated), std::nullopt) << mutated.document;
    }
  }
}

std::string test_name(const testing::TestParamInfo<std::string>& message) {
  std::string name = message.param;
  for (char& c : name) {
    if (c == ':' || c == '.') c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Of, SneMessage, testing::ValuesIn(message_names()), test_name);

}  // namespace
}  // namespace passerelle::laws
