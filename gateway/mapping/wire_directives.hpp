// The directives of peer.table that say how the files of a peer are written.
#pragma once

#include <string>
#include <string_view>

#include "gateway/codec/wire_form.hpp"
#include "gateway/mapping/table_text.hpp"

namespace passerelle::mapping {

/// `charset`, `separator`, `line-end`, `quote` and `byte-order-mark`; `codec` names the kind itself.
[[nodiscard]] bool is_wire_directive(std::string_view keyword) noexcept;

/// The form that `codec` and these directives describe; what is unknown, or does not go with the codec, is
/// appended to `faults`.
[[nodiscard]] codec::WireForm take_wire_form(const TableText& table, const std::string& file,
                                             TableFaults& faults);

}  // namespace passerelle::mapping
