// The one table of limits on documents that come from outside (docs/limits.md).
#pragma once

#include <cstddef>
#include <cstdint>

namespace passerelle::codec::limits {

inline constexpr std::size_t tag_bytes = 16 * 1024;           ///< between `<` and `>`, before libxml2 sees it
inline constexpr std::uint32_t depth = 32;                    ///< nested elements or objects
inline constexpr std::size_t text_bytes = 64 * 1024;          ///< one leaf
inline constexpr std::size_t record_bytes = 2 * 1024 * 1024;  ///< one demande
inline constexpr std::uint16_t list_items = 99;               ///< items of one list
inline constexpr std::uint16_t map_entries = 9999;            ///< entries of one complement
inline constexpr std::size_t columns = 4096;                  ///< of a table's header
inline constexpr std::size_t faults = 1000;  ///< faults kept for one record; the rest is counted

inline constexpr std::size_t parts = 16;                        ///< of one multipart message, root included
inline constexpr std::size_t part_header_bytes = 8 * 1024;      ///< all header fields of one part
inline constexpr std::size_t root_part_bytes = 256 * 1024;      ///< decoded
inline constexpr std::size_t part_bytes = 16 * 1024 * 1024;     ///< one other part, decoded
inline constexpr std::size_t message_bytes = 48 * 1024 * 1024;  ///< a multipart message as it travels

inline constexpr std::size_t justificatif_bytes = 8 * 1024 * 1024;  ///< one copy of a document of a demande

}  // namespace passerelle::codec::limits
