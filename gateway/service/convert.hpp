// The use case of conversion: a file in one format becomes a file in another, with its receipt and its
// faults.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <tl/expected.hpp>

#include "gateway/codec/codec.hpp"
#include "gateway/mapping/formats.hpp"
#include "gateway/mapping/receipt.hpp"
#include "gateway/model/geography.hpp"

namespace passerelle::service {

struct ConvertRequest {
  mapping::FormatName from;
  mapping::FormatName to;  ///< empty peer: nothing is written, the input is only checked
  codec::ByteSource* in = nullptr;
  codec::ByteSink* out = nullptr;         ///< null when `to` is empty
  codec::ByteSink* receipt = nullptr;     ///< null: no receipt
  codec::ByteSink* complement = nullptr;  ///< null: complements stay inside the pivot documents
  std::string parked;                     ///< from the pivot: what `complement` had written, to be put back
  const model::Geography* geography = nullptr;  ///< null: commune codes are checked by form alone
  std::function<void(const model::Fault&)> on_fault;
  std::function<void(std::uint64_t demandes)> on_progress;  ///< may be empty
  /// May be empty: gets the envelope, then each demande, as its format holds it, before it is mapped by a
  /// plan (null: the pivot), which lives as long as the formats.
  std::function<void(const codec::Record& as_read, const mapping::Plan* plan)> on_read;
  /// May be empty: gets, in the pivot as far as it could be mapped, each demande that faults refuse.
  std::function<void(const codec::Record& pivot, const model::Faults& faults)> on_refused;
  /// May be empty: gets the envelope in the pivot, before any demande.
  std::function<void(const codec::Record& pivot)> on_envelope;
  /// May be empty: gets, in the pivot, each demande that no fault blocks, to read or to change before it is
  /// written; a blocking fault that it appends refuses the demande.
  std::function<void(codec::Record& pivot, model::Faults& faults)> on_demande;
};

struct ConvertSummary {
  std::uint64_t demandes = 0;  ///< read
  std::uint64_t refused = 0;   ///< not written because of a blocking fault
  std::uint64_t faults = 0;
  mapping::OutcomeCounts outcomes{};
};

/// Runs the conversion, streaming: memory is that of the largest demande. Faults of the input go to
/// `on_fault`, demande by demande. The error is that of a request that cannot run (unknown or ambiguous
/// format, tables that do not compile): French text, one problem a line. Throws std::system_error when a
/// stream fails.
[[nodiscard]] tl::expected<ConvertSummary, std::string> convert(mapping::Formats& formats,
                                                                const ConvertRequest& request);

}  // namespace passerelle::service
