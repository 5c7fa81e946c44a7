// Any bytes are the envelope of a request: it is refused with faults that can be told, or all it refers to is
// there; and nothing passes that libxml2's own parser refuses.
#include <cstddef>
#include <cstdint>
#include <libxml/parser.h>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/sne/kept_parts.hpp"
#include "adapters/sne/return_document.hpp"
#include "adapters/sne/soap_answer.hpp"
#include "adapters/sne/wire_request.hpp"
#include "tests/fuzz/must.hpp"

namespace {

using namespace passerelle;
using fuzz::must;

constexpr std::string_view boundary = "a boundary that no envelope is likely to hold";

bool well_formed(std::string_view text) {
  constexpr int quiet = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  xmlDoc* tree = xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr, quiet);
  const bool parsed = tree != nullptr;
  xmlFreeDoc(tree);
  return parsed;
}

std::string message_around(std::string_view envelope) {
  std::string message = "--" + std::string(boundary);
  message.append("\r\nContent-Type: application/xop+xml\r\n\r\n").append(envelope);
  for (const std::string_view part : {"xml_id>\r\n\r\n<a/>", "certificate>\r\n\r\n"}) {
    message.append("\r\n--").append(boundary).append("\r\nContent-ID: <").append(part);
  }
  return message.append("\r\n--").append(boundary).append("--");
}

struct Checking {
  const sne::KeptParts& parts;

  void operator()(const sne::NumUniqueRequest& request) const {
    must(request.demande.bytes > 0);
    check(request.demande);
    check(request.certificate);
  }
  void operator()(const sne::DoublonsRequest& request) const { check(request.demande); }
  template <typename Other>
  void operator()(const Other& request) const {
    check(request.certificate);
  }

 private:
  void check(const sne::NamedFile& file) const {
    must(file.part ? parts.bytes(*file.part).size() == file.bytes : file.bytes == 0);
    must(file.name.size() <= sne::longest_file_name);
  }
};

void check_told(const model::Faults& faults) {
  must(!faults.empty());
  codec::MemorySink told;
  sne::write_fault(told, faults);
  must(!told.bytes().empty());
  codec::MemorySink listed;
  sne::write_return(listed, "02.01", model::Instant::parse("2025-11-03T05:40:12Z").value(), {}, faults);
  must(well_formed(listed.bytes()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view envelope(reinterpret_cast<const char*>(data), size);
  const std::string message = message_around(envelope);
  codec::MemorySource body(message);
  sne::KeptParts parts;
  const std::string type = "multipart/related; boundary=\"" + std::string(boundary) + "\"";
  const auto request = sne::read_request(body, type, parts);
  if (!request) {
    check_told(request.error());
    return 0;
  }
  must(well_formed(envelope));
  std::visit(Checking{parts}, *request);
  return 0;
}
