// Any bytes are the pivot as JSON over a small shape: reading ends, and what is written reads back without
// fault.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/codec/json/json_reader.hpp"
#include "gateway/codec/json/json_writer.hpp"
#include "tests/fuzz/must.hpp"

namespace passerelle::codec {
namespace {

NodeId add(Shape& shape, NodeId parent, std::string name, NodeKind kind, std::uint16_t max = 1) {
  Node node;
  node.name = std::move(name);
  node.kind = kind;
  node.min_occurs = 0;
  node.max_occurs = max;
  return shape.add(parent, std::move(node));
}

Shape small_shape() {
  Shape shape("", PathStyle::dots);
  shape.add_type({.name = "text"});
  add(shape, Shape::root(), "pivot", NodeKind::leaf);
  add(shape, add(shape, Shape::root(), "entete", NodeKind::group), "emetteur", NodeKind::leaf);
  const NodeId demande = add(shape, Shape::root(), "demande", NodeKind::group, unbounded);
  shape.set_record(demande);
  add(shape, add(shape, demande, "demandeur", NodeKind::group), "nom", NodeKind::leaf);
  const NodeId list = add(shape, demande, "cotitulaires", NodeKind::array);
  add(shape, add(shape, list, "", NodeKind::group, unbounded), "nom", NodeKind::leaf);
  shape.seal();
  return shape;
}

/// Counts the records without fault, and writes them.
class Rewritten final : public RecordSink {
 public:
  explicit Rewritten(const Shape& shape) : m_writer(shape, bytes) {}

  void envelope(Record& record, model::Faults&) override { m_writer.envelope(record); }
  void record(Record& record, model::Faults& faults) override {
    if (!faults.empty()) return;
    m_writer.record(record);
    ++records;
  }
  void finish() { m_writer.finish(); }

  MemorySink bytes;
  std::size_t records = 0;

 private:
  JsonWriter m_writer;
};

bool rewrite(const Shape& shape, std::string_view text, Rewritten& out) {
  MemorySource source(text);
  const bool whole = JsonReader(shape).read(source, out).empty();
  out.finish();
  return whole;
}

}  // namespace
}  // namespace passerelle::codec

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace passerelle;
  static const codec::Shape shape = codec::small_shape();
  codec::Rewritten once(shape);
  if (!codec::rewrite(shape, {reinterpret_cast<const char*>(data), size}, once)) return 0;
  if (once.records == 0) return 0;  // an empty file would be a fault
  codec::Rewritten twice(shape);
  fuzz::must(codec::rewrite(shape, once.bytes.bytes(), twice));
  fuzz::must(once.records == twice.records && once.bytes.bytes() == twice.bytes.bytes());
  return 0;
}
