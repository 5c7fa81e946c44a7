// The SOAP 1.2 envelope of a request, read into the fields of its one request element.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/model/fault.hpp"
#include "gateway/model/personal.hpp"

namespace passerelle::sne {

inline constexpr std::string_view envelope_space = "http://www.w3.org/2003/05/soap-envelope";

/// One child of the request element.
struct SoapField {
  std::string name;                      ///< the sender's
  model::Personal<std::string> text;     ///< without blanks around
  std::string media_type;                ///< `contentType`; empty: none
  std::optional<std::string> reference;  ///< of the `xop:Include` that stands for the content
  model::Position at;
};

struct SoapRequest {
  std::string element;  ///< the sender's, of the namespace of the service
  std::vector<SoapField> fields;
  model::Position at;
};

/// Reads an envelope (SOAP 1.2 part 1, 5) whose body holds one element of the service. Its fields stand in no
/// namespace or in that of the service. Refuses with the first fault: those of an XML document (no DOCTYPE,
/// no entity), a limit, `soap_version`, `soap_header` for a block that we would have to understand,
/// `soap_structure` for all the rest. Paths hold no name that the sender chose.
[[nodiscard]] tl::expected<SoapRequest, model::Fault> read_envelope(std::string_view bytes);

}  // namespace passerelle::sne
