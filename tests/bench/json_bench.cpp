// Measures the JSON codec in MB of text per second of processor time: `json_bench [megabytes]`, Release only.
#include <fmt/format.h>
#include <simdjson.h>
#include <string>

#include "gateway/codec/json/json_reader.hpp"
#include "gateway/codec/json/json_writer.hpp"
#include "tests/bench/codec_measure.hpp"

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

/// The members of one object: as many places as a person of the pivot has, of which every other is filled.
void add_members(Shape& shape, NodeId object) {
  LeafType code{.name = "code"};
  for (int n = 0; n < 40; ++n) code.code_order.push_back(fmt::format("valeurNumero{}", n));
  LeafType amount{.name = "montant", .patterns = {Pattern::compile(R"(\d{1,7}|\d{1,7}\.\d{2})").value()}};
  const std::uint16_t types[] = {
      shape.add_type({.name = "texte", .max_length = 50}), shape.add_type(std::move(code)),
      shape.add_type({.name = "date", .lexical = Lexical::date}),
      shape.add_type({.name = "booleen", .lexical = Lexical::boolean}),
      shape.add_type({.name = "entier", .lexical = Lexical::integer, .minimum = 0})};
  for (std::size_t n = 0; n < 24; ++n) {
    add(shape, object, fmt::format("champNumero{}", n), NodeKind::leaf, types[n / 2 % std::size(types)]);
  }
}

NodeId add_list(Shape& shape, NodeId parent, std::string name) {
  return repeated(shape,
                  add(shape, add(shape, parent, std::move(name), NodeKind::array), "", NodeKind::group));
}

Shape bench_shape() {
  Shape shape("", PathStyle::dots);
  add(shape, Shape::root(), "pivot", NodeKind::leaf);
  add(shape, Shape::root(), "entete", NodeKind::group);
  const NodeId demande = repeated(shape, add(shape, Shape::root(), "demande", NodeKind::group));
  shape.set_record(demande);
  for (int n = 0; n < 6; ++n) {
    const NodeId group = add(shape, demande, fmt::format("rubriqueNumero{}", n), NodeKind::group);
    add_members(shape, group);
    add_members(shape, add(shape, group, "adresse", NodeKind::group));
  }
  const NodeId person = add_list(shape, demande, "cotitulaires");
  add_members(shape, person);
  add_members(shape, add_list(shape, person, "ressources"));
  shape.seal();
  return shape;
}

void fill(Record& record, Frame& frame, NodeId object) {
  static constexpr std::string_view values[] = {"Résidence des Œillets", "valeurNumero17", "1984-02-29",
                                                "true", "1250"};
  const Shape& shape = record.shape();
  std::size_t rank = 0;
  for (const NodeId id : shape.node(object).children) {
    const Node& node = shape.node(id);
    if (node.kind == NodeKind::leaf) {
      const bool skipped = rank++ % 2 == 1;
      if (!skipped) record.set(frame, id, Value(values[(rank - 1) / 2 % std::size(values)]));
    } else if (node.kind == NodeKind::array) {
      for (int n = 0; n < 2; ++n)
        fill(record, record.append(frame, node.children.front()), node.children.front());
    } else {
      record.open_group(frame, id);
      fill(record, frame, id);
    }
  }
}

std::string make_text(const Shape& shape, std::size_t bytes) {
  Record record(shape, shape.record());
  fill(record, record.root(), shape.record());
  MemorySink sink;
  JsonWriter writer(shape, sink);
  while (sink.bytes().size() < bytes) writer.record(record);
  return sink.bytes();
}

void read_all(const Shape& shape, const std::string& text, Counter& counter) {
  MemorySource source(text);
  JsonReader(shape).read(source, counter);
}

int run(std::size_t megabytes) {
  const Shape shape = bench_shape();
  const std::string text = make_text(shape, megabytes * 1'000'000);
  const std::size_t line = text.find('\n') + 1;
  fmt::print("{} bytes, {} a demande, {}\n", text.size(), line,
             simdjson::get_active_implementation()->name());
  std::size_t cut = 0;
  measure("cut", text.size(), [&] {
    MemorySource source(text);
    JsonSplitter splitter(source);
    for (JsonSlice slice; splitter.next(slice);) ++cut;
  });
  const auto reading = [&](std::string_view what, bool checked, Writer* writer) {
    Counter counter;
    counter.checked = checked;
    counter.writer = writer;
    measure(what, text.size(), [&] { read_all(shape, text, counter); });
    return counter.wrong == 0 && counter.leaves > 0;
  };
  NullSink sink;
  JsonWriter writer(shape, sink);
  const bool sound = reading("read", false, nullptr) && reading("read, validate", true, nullptr) &&
                     reading("read, validate, write", true, &writer);
  return sound && cut > 0 ? 0 : 1;
}

}  // namespace
}  // namespace passerelle::codec

int main(int count, char** arguments) {
  return passerelle::codec::run(count > 1 ? std::stoul(arguments[1]) : 60);
}
