// The structure of a peer whose files are not XML, read from a table: columns of CSV, fields of fixed width,
// members of JSON (docs/mapping-language.md).
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/codec/shape.hpp"
#include "gateway/mapping/table_fault.hpp"

namespace passerelle::mapping {

/// The shape that a table of `path,type,cardinality,at,length,status,label` describes, for a peer whose files
/// have that form. A path that starts with `/` stands in the envelope, the others in the demande; `x[]` is a
/// list, of values or of groups. Answers every fault of the table at once, under the name of its file.
[[nodiscard]] tl::expected<codec::Shape, TableFaults> parse_structure(std::string_view text,
                                                                      const std::string& file,
                                                                      const codec::WireForm& wire);

/// The same for a file; throws std::system_error when it cannot be read.
[[nodiscard]] tl::expected<codec::Shape, TableFaults> load_structure(const std::string& path,
                                                                     const codec::WireForm& wire);

}  // namespace passerelle::mapping
