#include "hearing.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

#include "gateway/codec/codec_choice.hpp"
#include "gateway/codec/csv/csv_table.hpp"
#include "tests/unit/codec/chunked_source.hpp"

namespace passerelle::codec {
namespace {

std::string describe(std::string_view place, const model::Fault& fault) {
  return fmt::format("{},{},{},{},{}", place, model::catalogue_entry(fault.code).code, fault.path,
                     fault.at.line, fault.at.column);
}

bool is_complement(const Shape& shape, NodeId node) {
  for (NodeId at = node; at != no_node; at = shape.node(at).parent) {
    if (shape.node(at).name == "complements") return true;
  }
  return false;
}

class HearingSink final : public RecordSink {
 public:
  HearingSink(const Shape& shape, Heard& heard) : m_heard(heard), m_writer(make_writer(shape, m_bytes)) {}

  void envelope(Record& record, model::Faults& faults) override {
    m_writer->envelope(record);
    take(record, faults, "entete");
  }
  void record(Record& record, model::Faults& faults) override {
    m_writer->record(record);
    take(record, faults, std::to_string(record.ordinal));
  }
  void stray(std::uint64_t leaves) override { m_heard.stray += leaves; }
  void finish() {
    m_writer->finish();
    m_heard.text = m_bytes.bytes();
  }

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
  std::unique_ptr<Writer> m_writer;
};

}  // namespace

Heard hear(const Shape& shape, std::string_view bytes, std::size_t chunk) {
  Heard heard;
  HearingSink sink(shape, heard);
  ChunkedSource source(bytes, chunk);
  for (const model::Fault& fault : make_reader(shape)->read(source, sink)) {
    heard.faults.push_back(describe("fichier", fault));
  }
  sink.finish();
  return heard;
}

void expect_faults_of_damaged_files(const Shape& shape, const std::string& folder) {
  const CsvTable table(read_file(folder + "/expected.csv"));
  std::map<std::string, std::vector<std::string>> expected;
  for (std::size_t row = 0; row < table.size(); ++row) {
    expected[std::string(table.cell(row, "file"))].push_back(
        fmt::format("{},{},{},{},{}", table.cell(row, "place"), table.cell(row, "code"),
                    table.cell(row, "path"), table.cell(row, "line"), table.cell(row, "column")));
  }
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().filename() == "expected.csv") continue;
    const std::string bytes = read_file(file.path());
    EXPECT_EQ(hear(shape, bytes).faults, expected[file.path().filename()]) << file.path().filename();
    EXPECT_EQ(hear(shape, bytes, 1).faults, expected[file.path().filename()])
        << file.path().filename() << ", byte by byte";
  }
}

}  // namespace passerelle::codec
