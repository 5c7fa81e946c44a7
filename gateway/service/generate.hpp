// The use case of generation: invented demandes in the pivot or in the format of a peer.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <tl/expected.hpp>

#include "gateway/codec/byte_stream.hpp"
#include "gateway/generation/calendar.hpp"
#include "gateway/generation/vocabulary.hpp"
#include "gateway/mapping/formats.hpp"
#include "gateway/model/geography.hpp"
#include "gateway/service/convert.hpp"

namespace passerelle::service {

struct GenerateRequest {
  std::uint64_t count = 0;
  std::uint64_t seed = 0;
  std::string territory;  ///< `063`, `02A`, `974`
  mapping::FormatName to;
  std::string kind;       ///< code of the pivot list `natureMessage`; empty: the one that `to` is made for
  generation::Day today;  ///< the day on which the file is written
  const generation::Vocabulary* words = nullptr;
  const model::Geography* geography = nullptr;
  codec::ByteSink* out = nullptr;
  codec::ByteSink* receipt = nullptr;  ///< of the way from the pivot to the peer; null: none
  std::function<void(const model::Fault&)> on_fault;
  std::function<void(std::uint64_t demandes)> on_progress;  ///< may be empty
};

/// Writes believable demandes, streaming; a peer's format is what `convert` makes of the pivot, and demandes
/// that its message cannot carry (a legal person for a bailleur) are passed over. The error is that of a
/// request that cannot run: French text.
[[nodiscard]] tl::expected<ConvertSummary, std::string> generate(mapping::Formats& formats,
                                                                 const GenerateRequest& request);

/// Writes documents that the schema of one message (or of the pivot) allows, whether or not the pivot can
/// say what they say and whether or not anybody would write them. Asks only for `count`, `seed`, `to`, `out`.
[[nodiscard]] tl::expected<ConvertSummary, std::string> generate_from_schema(mapping::Formats& formats,
                                                                             const GenerateRequest& request);

}  // namespace passerelle::service
