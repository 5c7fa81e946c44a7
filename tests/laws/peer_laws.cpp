// The laws of every mapping that ships, on documents generated from the schemas of the peers.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/codec/codec_choice.hpp"
#include "gateway/generation/shape_generator.hpp"
#include "gateway/mapping/importer.hpp"
#include "gateway/mapping/matrix.hpp"
#include "tests/laws/document_mutator.hpp"
#include "tests/laws/field_keeping.hpp"
#include "tests/laws/laws_count.hpp"
#include "tests/laws/leaf_walker_json.hpp"
#include "tests/laws/peer_document.hpp"
#include "tests/laws/printed_matrix.hpp"
#include "tests/laws/shipped_formats.hpp"
#include "tests/laws/xsd_agreement.hpp"

namespace passerelle::laws {
namespace {

using codec::Record;
using codec::Shape;
using generation::ShapeGenerator;
using mapping::Format;

constexpr std::uint64_t demandes_a_file = 50;

/// Whether a value at that line never comes back: the law forbids to keep it, or the table says that it is
/// reported and dropped, always or for this code.
bool never_comes_back(const mapping::PlanLine& line, const codec::Value& value) {
  if (line.loss == mapping::Loss::by_law) return true;
  if (line.loss != mapping::Loss::report) return false;
  if (line.codec.kind == mapping::CodecKind::none) return line.pivot.empty();
  if (line.codec.kind != mapping::CodecKind::table) return false;
  const mapping::CodeTranslation* row = line.codec.table->to_pivot(value.reveal());
  return row == nullptr || !row->code;
}

/// The frame at the same ranks in another record of the shape.
codec::Frame& same_frame(Record& record, const codec::Frame& frame) {
  if (frame.parent == nullptr) return record.root();
  return record.at(same_frame(record, *frame.parent), frame.type->node, frame.index);
}

/// Copies the leaves that must come back.
void copy_lasting(const Format& format, const Record& record, Record& lasting) {
  lasting.clear();
  lasting.ordinal = record.ordinal;
  for (const codec::Leaf& leaf : record.leaves()) {
    const codec::Value value = record.value(leaf);
    const bool lost = std::ranges::any_of(format.plan->by_external[leaf.node], [&](mapping::LineId id) {
      return never_comes_back(format.plan->lines[id], value);
    });
    if (lost) continue;
    codec::Frame& frame = same_frame(lasting, *leaf.frame);
    if (record.shape().node(leaf.node).holds_value()) {
      lasting.set(frame, leaf.node, value);
    } else {
      frame.kept = frame.type->node == leaf.node;
      lasting.note_empty(frame, leaf.node);
    }
  }
  lasting.drop_empty_items();
}

class PeerMessage : public testing::TestWithParam<std::string> {
 protected:
  /// A file of demandes that the schema allows; `refused` ones are left out, and with `lawful` what never
  /// comes back.
  std::string draw(std::uint64_t seed, bool lawful, const std::set<std::uint64_t>& refused = {}) {
    codec::MemorySink document;
    const auto writer = codec::make_writer(*m_format.shape, document);
    m_generator.fill(m_envelope, seed);
    writer->envelope(m_envelope);
    for (std::uint64_t rank = 0; rank < demandes_a_file; ++rank) {
      if (refused.contains(rank + 1)) continue;
      m_generator.fill(m_record, seed + rank);
      if (lawful) copy_lasting(m_format, m_record, m_lasting);
      writer->record(lawful ? m_lasting : m_record);
    }
    writer->finish();
    return document.bytes();
  }

  [[nodiscard]] std::string peer() const { return m_format.peer->name; }
  /// The documents of its format, shared among its messages.
  [[nodiscard]] static std::uint64_t count() {
    const std::string format = GetParam().substr(0, GetParam().find(':') + 1);
    const auto messages = std::ranges::count_if(
        ShippedFormats::get().names(), [&](const std::string& name) { return name.starts_with(format); });
    return laws_count() / static_cast<std::uint64_t>(messages) + 1;
  }

  const Format& m_format = ShippedFormats::get().format(GetParam());
  ShapeGenerator m_generator{*m_format.shape};
  Record m_envelope{*m_format.shape, Shape::root()};
  Record m_record{*m_format.shape, m_format.shape->record()};
  Record m_lasting{*m_format.shape, m_format.shape->record()};
};

/// Of the pivot's JSON, whose first object is the envelope where it has one.
void expect_counted(const Converted& back, std::string_view pivot) {
  std::vector<std::uint64_t> walked = count_json_leaves(pivot);
  const LeafCounts counted = counts_of(back.receipt);
  if (walked.size() == counted.records.size()) walked.insert(walked.begin(), 0);
  ASSERT_EQ(counted.envelope, walked.front());
  ASSERT_EQ(counted.records, std::vector<std::uint64_t>(walked.begin() + 1, walked.end()));
}

TEST_P(PeerMessage, comes_back_the_same_and_its_receipt_counts_every_leaf) {
  for (std::uint64_t seed = 0, most = count(); seed < most; seed += demandes_a_file) {
    SCOPED_TRACE(seed);
    const std::string document = draw(seed, false);
    const Converted there = convert(GetParam(), "cerfa", document);
    ASSERT_EQ(there.problem, "");
    ASSERT_EQ(counts_of(there.receipt), count_leaves(m_format, document));
    const Converted back = convert("cerfa", GetParam(), there.out);
    ASSERT_NO_FATAL_FAILURE(expect_counted(back, there.out));
    const std::string lawful = draw(seed, true, refused_of(there.receipt));
    if (back.out == lawful) continue;
    ASSERT_EQ(canonical(m_format, back.out), canonical(m_format, lawful));
  }
}

TEST_P(PeerMessage, is_recognised_by_its_document_alone) {
  const std::string document = draw(1, false);
  const Converted named = convert(GetParam(), "cerfa", document);
  EXPECT_EQ(convert(peer(), "cerfa", document).out, named.out);
}

TEST_P(PeerMessage, keeps_every_equal_field_of_the_pivot_that_fits) {
  const Shape& pivot = ShippedFormats::get().formats().pivot().shape();
  const ShapeGenerator generator(pivot);
  ThereAndBack way(m_format, pivot);
  Record demande(pivot, pivot.record());
  for (std::uint64_t seed = 0, most = count(); seed < most; ++seed) {
    generator.fill(demande, seed);
    for (const codec::NodeId field : missing_fields(demande, way.go(demande))) {
      ASSERT_FALSE(way.must_keep(field) && way.fitted(field)) << "seed " << seed << " " << pivot.path(field);
    }
  }
}

/// The matrix of every shipped message, as it is printed.
const PrintedMatrix& printed_matrix() {
  static const PrintedMatrix matrix = [] {
    std::vector<const mapping::Plan*> plans;
    for (const std::string& name : ShippedFormats::get().names())
      plans.push_back(ShippedFormats::get().format(name).plan.get());
    return PrintedMatrix(mapping::loss_matrix(ShippedFormats::get().formats().pivot(), plans));
  }();
  return matrix;
}

TEST_P(PeerMessage, loses_no_more_through_another_peer_than_the_matrix_says) {
  const mapping::PivotCatalogue& catalogue = ShippedFormats::get().formats().pivot();
  ThereAndBack home(m_format, catalogue.shape());
  Record pivot(catalogue.shape(), catalogue.shape().record());
  mapping::Tally tally(m_format.plan->lines.size());
  model::Faults faults;
  const std::vector<std::string> names = ShippedFormats::get().names();
  // All pairs with this message share what one message is given.
  const std::uint64_t shared = count() / names.size() + 1;
  for (const std::string& other : names) {
    if (other.starts_with(peer() + "@")) continue;
    ThereAndBack away(ShippedFormats::get().format(other), catalogue.shape());
    for (std::uint64_t seed = 0; seed < shared; ++seed) {
      m_generator.fill(m_record, seed);
      pivot.clear();
      tally.clear();
      import_record(*m_format.plan, m_record, pivot, tally, faults);
      const Record& back = home.go(away.go(pivot));
      for (const codec::NodeId field : missing_fields(pivot, back)) {
        const mapping::PivotField* known = catalogue.field(field);
        if (known == nullptr || !away.fitted(field) || !home.fitted(field)) continue;
        ASSERT_FALSE(printed_matrix().promises(known->path, other) &&
                     printed_matrix().promises(known->path, GetParam()))
            << other << " seed " << seed << " " << known->path;
      }
    }
  }
}

TEST(PrintedMatrix, promises_something) {
  EXPECT_GT(printed_matrix().promise_count(), 100U);
  EXPECT_TRUE(printed_matrix().promises("demandeur.nom", "sne@02.01:CRE"));
  EXPECT_FALSE(printed_matrix().promises("cotations[].points", "sne@02.01:CRE"));
}

/// A message that an XSD describes.
class XsdMessage : public PeerMessage {};

TEST_P(XsdMessage, has_the_verdict_of_its_schema_on_mutated_documents) {
  // Ten thousand over the twenty messages of the national interface at the usual count, and enough at any.
  const std::uint64_t mutations = std::min<std::uint64_t>(count() * 5 / 2, 10'000);
  const XsdVerdict verdict(std::string(PASSERELLE_SOURCE "/schemas/") + m_format.source->schema);
  for (std::uint64_t seed = 0; seed < mutations; seed += 10) {
    codec::MemorySink document;
    const auto writer = codec::make_writer(*m_format.shape, document);
    m_generator.fill(m_envelope, seed);
    m_generator.fill(m_record, seed);
    writer->envelope(m_envelope);
    writer->record(m_record);
    writer->finish();
    DocumentMutator mutator(document.bytes(), seed);
    for (int mutation = 0; mutation < 10; ++mutation) {
      const Mutation mutated = mutator.next();
      ASSERT_EQ(disagreement(*m_format.shape, verdict, mutated), std::nullopt) << mutated.document;
    }
  }
}

std::string test_name(const testing::TestParamInfo<std::string>& message) {
  std::string name = message.param;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

std::vector<std::string> described_by_xsd() {
  std::vector<std::string> names = ShippedFormats::get().names();
  std::erase_if(names, [](const std::string& name) {
    return !ShippedFormats::get().format(name).source->schema.ends_with(".xsd");
  });
  return names;
}

INSTANTIATE_TEST_SUITE_P(Of, PeerMessage, testing::ValuesIn(ShippedFormats::get().names()), test_name);
INSTANTIATE_TEST_SUITE_P(Of, XsdMessage, testing::ValuesIn(described_by_xsd()), test_name);

}  // namespace
}  // namespace passerelle::laws
