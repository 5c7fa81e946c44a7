// What a line of quarantine holds, without any of its values.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/mapping/formats.hpp"
#include "gateway/model/position.hpp"
#include "gateway/service/registry/quarantine.hpp"

namespace passerelle::service {

/// A value of a document: where it stands and what it looks like, never what it is.
struct MaskedValue {
  std::string path;
  model::Position at;      ///< in what is kept
  std::size_t characters;  ///< 0 of an empty one
  std::string type;        ///< that its format gives the place
};

/// The values of what is kept, in the order of the document, as a format reads them; none of a document that
/// it cannot read. The error is that of a format that does not exist: French text.
[[nodiscard]] tl::expected<std::vector<MaskedValue>, std::string> mask_quarantined(
    mapping::Formats& formats, const mapping::FormatName& format, const Quarantined& line);

}  // namespace passerelle::service
