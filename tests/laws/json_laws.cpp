// The laws of the JSON codec, on documents of the whole pivot.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/codec/json/json_reader.hpp"
#include "gateway/codec/json/json_writer.hpp"
#include "gateway/codec/validate.hpp"
#include "gateway/generation/shape_generator.hpp"
#include "gateway/mapping/pivot_catalogue.hpp"
#include "tests/laws/laws_count.hpp"
#include "tests/laws/leaf_walker_json.hpp"

namespace passerelle::laws {
namespace {

using codec::Record;
using codec::Shape;
using generation::Dice;
using generation::ShapeGenerator;

std::string describe(const Record& record) {
  std::string text;
  for (const codec::Leaf& leaf : record.leaves()) {
    const codec::Value value = record.value(leaf);
    text += record.path(*leaf.frame, leaf.node);
    text += value.state() == codec::ValueState::null ? " null" : "=" + std::string(value.reveal());
    text += '\n';
  }
  return text;
}

class Remembering final : public codec::RecordSink {
 public:
  explicit Remembering(codec::Writer& writer) : m_writer(writer) {}
  void envelope(Record& record, model::Faults& faults) override {
    m_writer.envelope(record);
    take(record, faults);
  }
  void record(Record& record, model::Faults& faults) override {
    m_writer.record(record);
    take(record, faults);
  }

  std::vector<std::string> records;
  std::vector<std::uint64_t> leaves;
  std::size_t fault_count = 0;

 private:
  void take(const Record& record, const model::Faults& found) {
    records.push_back(describe(record));
    fault_count += found.size();
    std::uint64_t count = 0;
    for (const codec::Unplaced& lost : record.unplaced()) count += lost.leaves;
    for (const codec::Leaf& leaf : record.leaves()) {
      const std::string path = record.shape().path(leaf.node, record.root_node());
      count += path == "complements" || path.starts_with("complements.") ? 0U : 1U;
    }
    leaves.push_back(count);
  }

  codec::Writer& m_writer;
};

/// A file of the pivot drawn with its seed: an envelope, sometimes empty, and a few demandes.
struct Drawn {
  std::string text;
  std::vector<std::string> records;
};

class JsonLaws : public testing::Test {
 protected:
  Drawn draw(std::uint64_t seed) {
    Drawn drawn;
    codec::MemorySink sink;
    codec::JsonWriter writer(shape(), sink);
    if (seed % 3 == 0) {
      m_envelope.clear();
    } else {
      m_generator.fill(m_envelope, seed);
    }
    writer.envelope(m_envelope);
    drawn.records.push_back(describe(m_envelope));
    for (std::uint64_t n = 1; n <= seed % 4; ++n) {
      m_generator.fill(m_record, seed * 4 + n);
      m_record.ordinal = n;
      writer.record(m_record);
      drawn.records.push_back(describe(m_record));
    }
    writer.finish();
    drawn.text = sink.bytes();
    return drawn;
  }

  /// What a reader makes of the text; `again` becomes what a writer makes of that.
  Remembering read(std::string_view text, std::string& again) {
    codec::MemorySink sink;
    codec::JsonWriter writer(shape(), sink);
    Remembering seen(writer);
    codec::MemorySource source(text);
    seen.fault_count += codec::JsonReader(shape()).read(source, seen).size();
    again = sink.bytes();
    return seen;
  }

  [[nodiscard]] const Shape& shape() const { return m_pivot.shape(); }

  static mapping::PivotCatalogue load() {
    const std::string peers[] = {"alin", "sne"};
    return mapping::load_pivot(PASSERELLE_SOURCE "/mappings/pivot", peers).value();
  }

  mapping::PivotCatalogue m_pivot = load();
  ShapeGenerator m_generator{m_pivot.shape()};
  Record m_envelope{m_pivot.shape(), Shape::root()};
  Record m_record{m_pivot.shape(), m_pivot.shape().record()};
};

TEST_F(JsonLaws, a_generated_demande_is_legal) {
  for (std::uint64_t seed = 0; seed < laws_count(); ++seed) {
    m_generator.fill(m_record, seed);
    model::Faults faults;
    codec::validate(m_record, faults);
    for (const model::Fault& fault : faults)
      ADD_FAILURE() << model::catalogue_entry(fault.code).code << fault.path;
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST_F(JsonLaws, read_after_write_and_write_after_read_change_nothing) {
  for (std::uint64_t seed = 0; seed < laws_count(); ++seed) {
    const Drawn drawn = draw(seed);
    if (drawn.text.empty()) continue;
    std::string again;
    const Remembering seen = read(drawn.text, again);
    ASSERT_EQ(seen.fault_count, 0U) << "seed " << seed;
    ASSERT_EQ(seen.records, drawn.records) << "seed " << seed;
    ASSERT_EQ(again, drawn.text) << "seed " << seed;
  }
}

/// The file with one key spoiled, or one value given twice over as a list, where the dice fall.
std::string spoil(std::string text, Dice& dice) {
  const std::size_t from = dice.below(text.size());
  const std::size_t colon = text.find("\":", from);
  if (colon == std::string::npos) return text;
  if (dice.percent(50)) {
    text[colon - 1] = text[colon - 1] == 'Z' ? 'Y' : 'Z';
  } else if (text[colon + 2] != '{' && text[colon + 2] != '[') {
    const std::size_t end = text.find_first_of(",}\n", colon);
    if (text[colon + 2] != '"') text.insert(end, "]").insert(colon + 2, "[{},");
  } else {
    text.insert(colon + 2, "\"x\",\"inconnu\":");
  }
  return text;
}

TEST_F(JsonLaws, leaves_kept_and_leaves_without_a_place_are_all_the_leaves) {
  std::size_t spoiled = 0;
  for (std::uint64_t seed = 0; seed < laws_count(); ++seed) {
    Dice dice(seed);
    const std::string text = spoil(draw(seed * 4 + 1).text, dice);
    std::string again;
    const Remembering seen = read(text, again);
    std::vector<std::uint64_t> counted = count_json_leaves(text);
    if (counted.size() < seen.leaves.size()) counted.insert(counted.begin(), 0);
    ASSERT_EQ(seen.leaves, counted) << "seed " << seed;
    spoiled += seen.fault_count > 0 ? 1U : 0U;
  }
  EXPECT_GT(spoiled, laws_count() / 3);
}

}  // namespace
}  // namespace passerelle::laws
