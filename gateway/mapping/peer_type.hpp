// The types that a column or member of a peer can have, as its structure file writes them.
#pragma once

#include <optional>
#include <string_view>

#include "gateway/codec/leaf_type.hpp"

namespace passerelle::mapping {

/// The value types of the pivot (pivot_type.hpp), and those of peers alone: `code(A|B)` with its codes,
/// `date(JJ/MM/AAAA)`, `date(AAAAMMJJ)`, `date(MM/AAAA)`, `amount(,)` with a decimal comma, `cents(n)` and
/// `number(n)` of exactly n digits. The name of the leaf type is the type as written. Nothing when the type
/// is not known or holds no value.
[[nodiscard]] std::optional<codec::LeafType> parse_peer_type(std::string_view written);

/// Whether a leaf type, by its name in a structure file or in an XSD, is a free comment of the peer.
[[nodiscard]] bool is_free_comment(std::string_view type_name) noexcept;
/// The same for a NIR.
[[nodiscard]] bool is_nir(std::string_view type_name) noexcept;

}  // namespace passerelle::mapping
