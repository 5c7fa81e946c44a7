// Measures the CSV codec in MB of text per second of processor time: `csv_bench [megabytes]`, Release only.
#include <fmt/format.h>
#include <string>

#include "gateway/codec/csv/csv_reader.hpp"
#include "gateway/codec/csv/csv_writer.hpp"
#include "tests/bench/codec_measure.hpp"

namespace passerelle::codec {
namespace {

constexpr std::size_t column_count = 80;
constexpr std::string_view values[] = {"Résidence des Œillets", "valeurNumero17", "1984-02-29", "O", "1250"};

/// As many columns as a peer has, of five types in turn.
Shape bench_shape(Charset charset) {
  Shape shape("", PathStyle::dots);
  shape.wire = {.kind = WireKind::csv, .charset = charset, .separator = ';'};
  Node demande{.name = "demande", .children = {}, .min_occurs = 0};
  demande.max_occurs = unbounded;
  shape.set_record(shape.add(Shape::root(), std::move(demande)));
  LeafType code{.name = "code"};
  for (int n = 0; n < 40; ++n) code.code_order.push_back(fmt::format("valeurNumero{}", n));
  const std::uint16_t types[] = {
      shape.add_type({.name = "texte", .max_length = 50}), shape.add_type(std::move(code)),
      shape.add_type({.name = "date", .lexical = Lexical::date}),
      shape.add_type({.name = "code(O|N)", .code_order = {"O", "N"}}),
      shape.add_type({.name = "entier", .lexical = Lexical::integer, .minimum = 0})};
  for (std::size_t n = 0; n < column_count; ++n) {
    shape.add(shape.record(), {.name = fmt::format("COLONNE_{}", n),
                               .kind = NodeKind::leaf,
                               .children = {},
                               .min_occurs = 0,
                               .type = types[n % std::size(types)]});
  }
  shape.seal();
  return shape;
}

/// Two columns of three are filled.
std::string make_text(const Shape& shape, std::size_t bytes) {
  Record record(shape, shape.record());
  const auto& columns = shape.node(shape.record()).children;
  for (std::size_t n = 0; n < columns.size(); ++n) {
    if (n % 3 != 2) record.set(record.root(), columns[n], Value(values[n % std::size(values)]));
  }
  MemorySink sink;
  CsvWriter writer(shape, sink);
  writer.envelope(Record(shape, Shape::root()));
  while (sink.bytes().size() < bytes) writer.record(record);
  return sink.bytes();
}

bool measure_charset(std::string_view name, Charset charset, std::size_t bytes) {
  const Shape shape = bench_shape(charset);
  const std::string text = make_text(shape, bytes);
  fmt::print("{}: {} bytes, {} a demande\n", name, text.size(),
             text.find('\n', text.find('\n') + 1) - text.find('\n'));
  std::size_t cut = 0;
  measure("cut", text.size(), [&] {
    MemorySource source(text);
    CsvSplitter splitter(source, ';', false);
    for (CsvRow row; splitter.next(row);) ++cut;
  });
  const auto reading = [&](std::string_view what, bool checked, Writer* writer) {
    Counter counter;
    counter.checked = checked;
    counter.writer = writer;
    measure(what, text.size(), [&] {
      MemorySource source(text);
      CsvReader(shape).read(source, counter);
    });
    return counter.wrong == 0 && counter.leaves > 0;
  };
  NullSink sink;
  CsvWriter writer(shape, sink);
  const bool sound = reading("read", false, nullptr) && reading("read, validate", true, nullptr) &&
                     reading("read, validate, write", true, &writer);
  return sound && cut > 0;
}

}  // namespace
}  // namespace passerelle::codec

int main(int count, char** arguments) {
  using passerelle::codec::Charset;
  const std::size_t bytes = (count > 1 ? std::stoul(arguments[1]) : 60) * 1'000'000;
  const bool sound = passerelle::codec::measure_charset("UTF-8", Charset::utf_8, bytes) &&
                     passerelle::codec::measure_charset("Windows-1252", Charset::windows_1252, bytes);
  return sound ? 0 : 1;
}
