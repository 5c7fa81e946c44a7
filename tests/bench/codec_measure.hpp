// What the measures of the codecs share: a sink that counts, one that forgets, and the clock.
#pragma once

#include <algorithm>
#include <ctime>
#include <fmt/format.h>
#include <string_view>

#include "gateway/codec/codec.hpp"
#include "gateway/codec/validate.hpp"

namespace passerelle::codec {

struct Counter final : RecordSink {
  void envelope(Record&, model::Faults& faults) override { wrong += faults.size(); }
  void record(Record& record, model::Faults& faults) override {
    if (checked) validate(record, faults);
    if (writer != nullptr) writer->record(record);
    leaves += record.leaves().size();
    wrong += faults.size();
  }
  bool checked = false;
  Writer* writer = nullptr;
  std::size_t leaves = 0;
  std::size_t wrong = 0;
};

struct NullSink final : ByteSink {
  void write(std::string_view bytes) override { size += bytes.size(); }
  std::size_t size = 0;
};

/// The best of five, in processor time, since the machine may be shared.
template <typename Work>
void measure(std::string_view what, std::size_t bytes, Work work) {
  double best = 1e9;
  for (int round = 0; round < 5; ++round) {
    const std::clock_t start = std::clock();
    work();
    best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  fmt::print("{:<28} {:>7.0f} MB/s\n", what, static_cast<double>(bytes) / best / 1e6);
}

}  // namespace passerelle::codec
