// From a place in one record to the same place in the other, through ranks, slots and selectors.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "gateway/codec/record.hpp"
#include "gateway/mapping/path_expression.hpp"

namespace passerelle::mapping {

/// Nested repeats and variables of one line; limits::depth bounds them far above what any format needs.
inline constexpr std::size_t max_levels = 6;

/// The ranks (from 0) that the variables of a line stand for.
using Ranks = std::array<std::uint16_t, max_levels>;

/// Whether the frame is one that the address means; fills the ranks of its variables.
[[nodiscard]] bool matches(const Address& address, const codec::Frame& frame, const codec::Record& record,
                           Ranks& ranks);

/// The frame that the address means, made when absent (with its selector's value).
[[nodiscard]] codec::Frame& locate(const Address& address, codec::Record& record, const Ranks& ranks);

/// The same, without making anything.
[[nodiscard]] codec::Frame* look_for(const Address& address, const codec::Record& record, const Ranks& ranks);

/// The frame at the same ranks in the other record, for lines with `same_ranks`; made when absent.
[[nodiscard]] codec::Frame& locate_same(const Address& address, codec::Record& record,
                                        const codec::Frame& frame);

/// The place with its ranks (from 1), from the record's root: the key of a complement. Never a value.
[[nodiscard]] std::string ranked_path(const codec::Record& record, const codec::Frame& frame,
                                      codec::NodeId node);

}  // namespace passerelle::mapping
