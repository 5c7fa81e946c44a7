// Reads any bytes with the codec of a shape and writes what came out, twice.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "gateway/codec/codec_choice.hpp"
#include "tests/fuzz/must.hpp"

namespace passerelle::fuzz {

/// Counts the records without fault, and writes them.
class Rewritten final : public codec::RecordSink {
 public:
  explicit Rewritten(const codec::Shape& shape) : m_writer(codec::make_writer(shape, bytes)) {}

  void envelope(codec::Record& record, model::Faults& faults) override {
    if (faults.empty()) return m_writer->envelope(record);
    m_writer->envelope(codec::Record(record.shape(), codec::Shape::root()));
  }
  void record(codec::Record& record, model::Faults& faults) override {
    for (const codec::Leaf& leaf : record.leaves()) must(leaf.at.line > 0 && leaf.at.column > 0);
    if (!faults.empty()) return;
    m_writer->record(record);
    ++records;
  }
  void finish() { m_writer->finish(); }

  codec::MemorySink bytes;
  std::size_t records = 0;

 private:
  std::unique_ptr<codec::Writer> m_writer;
};

/// Answers whether the file itself had no fault.
inline bool rewrite(const codec::Shape& shape, std::string_view text, Rewritten& out) {
  codec::MemorySource source(text);
  const bool whole = codec::make_reader(shape)->read(source, out).empty();
  out.finish();
  return whole;
}

/// What is written reads back without fault and is written the same.
inline void must_settle(const codec::Shape& shape, std::string_view text) {
  Rewritten once(shape);
  if (!rewrite(shape, text, once) || once.records == 0) return;
  Rewritten twice(shape);
  must(rewrite(shape, once.bytes.bytes(), twice));
  must(once.records == twice.records && once.bytes.bytes() == twice.bytes.bytes());
}

}  // namespace passerelle::fuzz
