// Any bytes are a frozen model: it is refused with its lines, or it is written back and judges finite
// numbers.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gateway/linking/frozen/blocking_keys.hpp"
#include "gateway/linking/frozen/judge.hpp"
#include "gateway/linking/frozen/model_text.hpp"
#include "tests/fuzz/must.hpp"

using passerelle::fuzz::must;
using namespace passerelle::linking;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto frozen = read_frozen_model(text);
  if (!frozen) {
    must(!frozen.error().empty());
    for (const SpecFault& fault : frozen.error()) must(fault.line <= size + 1 && !fault.text.empty());
    return 0;
  }
  const std::string written = write_frozen_model(*frozen);
  const auto again = read_frozen_model(written);
  must(again.has_value() && write_frozen_model(*again) == written);
  const Cells cells(cell_columns(frozen->spec).size(), "Rose 12/04/1988");
  must(blocking_keys(*frozen, cells) == blocking_keys(*again, cells));
  const Cells nobody;
  for (const Cells& other : {cells, nobody}) {
    const Judgement judged = IncrementalJudge(*frozen).judge({&cells, 1}, {&other, 1}).front();
    must(std::isfinite(judged.log_odds) && judged.probability >= 0 && judged.probability <= 1);
  }
  return 0;
}
