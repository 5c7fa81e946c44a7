#include "tests/unit/service/conversion.hpp"

namespace passerelle::service {

std::uint64_t Converted::losses() const {
  std::uint64_t lost = 0;
  for (std::size_t i = 0; i < mapping::outcome_count; ++i) {
    if (is_loss(static_cast<mapping::Outcome>(i))) lost += summary.outcomes[i];
  }
  return lost;
}

Converted Converter::run(std::string_view from, std::string_view to, std::string_view text) {
  codec::MemorySource source(text);
  codec::MemorySink out;
  codec::MemorySink receipt;
  Converted converted;
  ConvertRequest request{
      .from = *mapping::parse_format_name(from), .in = &source, .out = &out, .receipt = &receipt};
  if (!to.empty()) request.to = *mapping::parse_format_name(to);
  request.on_fault = [&](const model::Fault& fault) { converted.faults.push_back(fault); };
  const auto summary = convert(m_formats, request);
  if (summary) converted.summary = *summary;
  if (!summary) converted.problem = summary.error();
  converted.out = out.bytes();
  converted.receipt = receipt.bytes();
  return converted;
}

}  // namespace passerelle::service
