// Any bytes are rows of a CSV table: fields stay inside the text, lines never go back, reading ends.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gateway/codec/csv/csv_table.hpp"
#include "tests/fuzz/must.hpp"

using passerelle::fuzz::must;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  passerelle::codec::CsvRows rows(text);
  std::size_t taken = 0;
  std::uint32_t last_line = 0;
  while (const auto* fields = rows.next()) {
    must(!fields->empty());
    for (const std::string_view field : *fields) taken += field.size();
    must(rows.line() >= last_line);
    last_line = rows.line();
  }
  must(taken <= size);
  return 0;
}
