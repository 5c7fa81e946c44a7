#include "sample_shape.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "gateway/codec/json/json_reader.hpp"
#include "gateway/codec/json/json_writer.hpp"

namespace passerelle::codec {
namespace {

NodeId add(Shape& shape, NodeId parent, std::string name, NodeKind kind, std::uint16_t type = 0) {
  Node node;
  node.name = std::move(name);
  node.kind = kind;
  node.type = type;
  node.min_occurs = 0;
  return shape.add(parent, std::move(node));
}

NodeId repeated(Shape& shape, NodeId node) {
  shape.node(node).max_occurs = unbounded;
  return node;
}

void add_map(Shape& shape, NodeId parent, std::string name) {
  const NodeId map = add(shape, parent, std::move(name), NodeKind::map);
  const NodeId entry = repeated(shape, add(shape, map, "", NodeKind::group));
  add(shape, entry, "key", NodeKind::leaf);
  add(shape, entry, "value", NodeKind::leaf);
}

NodeId add_objects(Shape& shape, NodeId parent, std::string name) {
  return repeated(shape,
                  add(shape, add(shape, parent, std::move(name), NodeKind::array), "", NodeKind::group));
}

std::string describe(std::string_view place, const model::Fault& fault) {
  return fmt::format("{},{},{},{},{}", place, model::catalogue_entry(fault.code).code, fault.path,
                     fault.at.line, fault.at.column);
}

/// Gives at most `chunk` bytes a time, as a pipe may.
class ChunkedSource final : public ByteSource {
 public:
  ChunkedSource(std::string_view bytes, std::size_t chunk) : m_bytes(bytes), m_chunk(chunk) {}
  std::size_t read(char* into, std::size_t size) override {
    return m_bytes.read(into, std::min(size, m_chunk));
  }

 private:
  MemorySource m_bytes;
  std::size_t m_chunk;
};

bool is_complement(const Shape& shape, NodeId node) {
  for (NodeId at = node; at != no_node; at = shape.node(at).parent) {
    if (shape.node(at).name == "complements") return true;
  }
  return false;
}

class HearingSink final : public RecordSink {
 public:
  HearingSink(const Shape& shape, Heard& heard) : m_heard(heard), m_writer(shape, m_bytes) {}

  void envelope(Record& record, model::Faults& faults) override {
    m_writer.envelope(record);
    take(record, faults, "entete");
  }
  void record(Record& record, model::Faults& faults) override {
    m_writer.record(record);
    take(record, faults, std::to_string(record.ordinal));
  }
  void finish() { m_heard.text = m_bytes.bytes(); }

 private:
  void take(const Record& record, const model::Faults& faults, const std::string& place) {
    for (const model::Fault& fault : faults) m_heard.faults.push_back(describe(place, fault));
    std::uint64_t leaves = 0;
    for (const Leaf& leaf : record.leaves()) leaves += is_complement(record.shape(), leaf.node) ? 0U : 1U;
    for (const Unplaced& lost : record.unplaced()) leaves += lost.leaves;
    m_heard.leaves.push_back(leaves);
  }

  Heard& m_heard;
  MemorySink m_bytes;
  JsonWriter m_writer;
};

}  // namespace

Shape sample_shape() {
  Shape shape("", PathStyle::dots);
  const auto date = shape.add_type({.name = "date", .lexical = Lexical::date});
  const auto yes_no = shape.add_type({.name = "boolean", .lexical = Lexical::boolean});
  const auto whole =
      shape.add_type({.name = "integer", .lexical = Lexical::integer, .minimum = 0, .maximum = 99});
  const auto motive = shape.add_type({.name = "motif", .code_order = {"sansLogement", "divorce"}});
  add(shape, Shape::root(), "pivot", NodeKind::leaf);
  const NodeId header = add(shape, Shape::root(), "entete", NodeKind::group);
  add(shape, header, "emetteur", NodeKind::leaf);
  add_map(shape, add(shape, Shape::root(), "complements", NodeKind::group), "sne");
  const NodeId demande = repeated(shape, add(shape, Shape::root(), "demande", NodeKind::group));
  shape.set_record(demande);
  add(shape, demande, "numeroUnique", NodeKind::leaf);
  const NodeId applicant = add(shape, demande, "demandeur", NodeKind::group);
  add(shape, applicant, "nom", NodeKind::leaf);
  add(shape, applicant, "dateNaissance", NodeKind::leaf, date);
  add(shape, applicant, "majeur", NodeKind::leaf, yes_no);
  add(shape, applicant, "enfants", NodeKind::leaf, whole);
  repeated(shape, add(shape, add(shape, demande, "motifs", NodeKind::array), "", NodeKind::leaf, motive));
  const NodeId joint = add_objects(shape, demande, "cotitulaires");
  add(shape, joint, "nom", NodeKind::leaf);
  const NodeId income = add_objects(shape, joint, "ressources");
  add(shape, income, "nature", NodeKind::leaf);
  add(shape, income, "montant", NodeKind::leaf);
  const NodeId complements = add(shape, demande, "complements", NodeKind::group);
  add_map(shape, complements, "sne");
  add_map(shape, complements, "alin");
  shape.seal();
  return shape;
}

Heard hear(const Shape& shape, std::string_view bytes, std::size_t chunk) {
  Heard heard;
  HearingSink sink(shape, heard);
  ChunkedSource source(bytes, chunk);
  for (const model::Fault& fault : JsonReader(shape).read(source, sink)) {
    heard.faults.push_back(describe("fichier", fault));
  }
  sink.finish();
  return heard;
}

}  // namespace passerelle::codec
