// Which version and message a document is, or is to be written in.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "gateway/codec/byte_stream.hpp"
#include "gateway/codec/record.hpp"
#include "gateway/mapping/formats.hpp"
#include "gateway/model/fault.hpp"

namespace passerelle::service {

/// Why no message could be chosen: a fault of the document, or a problem of the request (French text).
struct NoMessage {
  std::optional<model::FaultCode> fault;
  std::string problem;
};
using MessageChoice = tl::expected<const mapping::MappingSource*, NoMessage>;

/// The message of a document that comes in, from its first bytes, within what the name leaves open.
/// XML and JSON name it at the peer's discriminators; so does the first line of a fixed-width file; a CSV
/// file tells by the names of its columns. What is wrong with the tables of a candidate is appended to
/// `faults`.
[[nodiscard]] MessageChoice recognise(mapping::Formats& formats, const mapping::FormatName& name,
                                      codec::PeekableSource& source, mapping::TableFaults& faults);

/// The message to write, from the envelope in the pivot, within what the name leaves open; the newest version
/// and the peer's default message where the envelope says nothing.
[[nodiscard]] MessageChoice choose_output(mapping::Formats& formats, const mapping::FormatName& name,
                                          const codec::Record& envelope, mapping::TableFaults& faults);

}  // namespace passerelle::service
