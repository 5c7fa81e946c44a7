// The laws of the XML codec, on documents that the schemas of the national interface allow.
#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/codec/validate.hpp"
#include "gateway/codec/xml/xml_reader.hpp"
#include "gateway/codec/xml/xml_writer.hpp"
#include "gateway/codec/xml/xsd_shape.hpp"
#include "gateway/generation/shape_generator.hpp"
#include "tests/laws/laws_count.hpp"
#include "tests/laws/leaf_walker.hpp"
#include "tests/laws/record_listing.hpp"
#include "tests/laws/xsd_agreement.hpp"

namespace passerelle::laws {
namespace {

using codec::Record;
using codec::Shape;
using generation::ShapeGenerator;

constexpr std::string_view record_path = "demande";

/// A message has a schema of its own name in capitals, or is the export; the other files are parts of them.
std::vector<std::string> message_schemas() {
  std::vector<std::string> found;
  for (const auto& file : std::filesystem::recursive_directory_iterator(PASSERELLE_SOURCE "/schemas/sne")) {
    const std::string name = file.path().stem();
    const bool message = name == "export" || (name.size() == 3 && name[0] >= 'A' && name[0] <= 'Z');
    if (message && file.path().extension() == ".xsd") found.push_back(file.path());
  }
  return found;
}

class XmlLaws : public testing::TestWithParam<std::string> {
 protected:
  /// The file of an envelope and one demande, both drawn with the seed.
  std::string draw(std::uint64_t seed) {
    m_generator.fill(m_envelope, seed);
    m_generator.fill(m_record, seed + 1);
    m_record.ordinal = 1;
    codec::MemorySink sink;
    codec::XmlWriter writer(m_shape, sink);
    writer.envelope(m_envelope);
    writer.record(m_record);
    writer.finish();
    return sink.bytes();
  }

  [[nodiscard]] RecordListing read(std::string_view document) const {
    RecordListing listing;
    codec::MemorySource source(document);
    for (std::string& fault : listed(codec::XmlReader(m_shape).read(source, listing))) {
      listing.faults.push_back(std::move(fault));
    }
    return listing;
  }

  /// The messages share what the budget allows for one of them.
  [[nodiscard]] static std::uint64_t count() { return laws_count() / message_schemas().size() + 1; }

  Shape m_shape = codec::load_xsd(GetParam(), record_path).value();
  ShapeGenerator m_generator{m_shape};
  Record m_envelope{m_shape, Shape::root()};
  Record m_record{m_shape, m_shape.record()};
};

TEST_P(XmlLaws, a_generated_document_is_valid_for_us_and_for_xsd) {
  const XsdVerdict verdict(GetParam());
  for (std::uint64_t seed = 0; seed < count(); ++seed) {
    const std::string document = draw(seed);
    model::Faults faults;
    codec::validate(m_envelope, faults);
    codec::validate(m_record, faults);
    ASSERT_THAT(listed(faults), testing::IsEmpty()) << "seed " << seed;
    ASSERT_TRUE(verdict.accepts(document)) << "seed " << seed << "\n" << document;
  }
}

TEST_P(XmlLaws, what_is_read_is_what_was_written) {
  for (std::uint64_t seed = 0; seed < count(); ++seed) {
    const std::string document = draw(seed);
    model::Faults none;
    RecordListing drawn;
    drawn.envelope(m_envelope, none);
    drawn.record(m_record, none);
    const RecordListing seen = read(document);
    ASSERT_THAT(seen.faults, testing::IsEmpty()) << "seed " << seed;
    ASSERT_EQ(seen.envelope_leaves, drawn.envelope_leaves) << "seed " << seed;
    ASSERT_EQ(seen.records, drawn.records) << "seed " << seed;
    const LeafCounts counted = count_xml_leaves(document, record_path);
    ASSERT_EQ(counted.envelope, seen.envelope_leaves.size()) << "seed " << seed;
    ASSERT_THAT(counted.records, testing::ElementsAre(seen.records.front().size())) << "seed " << seed;
  }
}

/// `02.01/CRE.xsd` as `02_01_CRE`.
std::string message_name(const testing::TestParamInfo<std::string>& schema) {
  const std::filesystem::path path(schema.param);
  std::string name = path.parent_path().filename().string() + "_" + path.stem().string();
  std::ranges::replace(name, '.', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Sne, XmlLaws, testing::ValuesIn(message_schemas()), message_name);

}  // namespace
}  // namespace passerelle::laws
