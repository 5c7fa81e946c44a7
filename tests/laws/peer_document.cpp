#include "tests/laws/peer_document.hpp"

#include "gateway/codec/xml/xml_writer.hpp"
#include "tests/laws/same_xml.hpp"

namespace passerelle::laws {

std::unique_ptr<codec::Writer> writer_of(const mapping::Format& format, codec::ByteSink& sink) {
  return std::make_unique<codec::XmlWriter>(*format.shape, sink);
}

LeafCounts count_leaves(const mapping::Format& format, std::string_view document) {
  return count_xml_leaves(document, format.peer->record);
}

std::string canonical(const mapping::Format&, std::string_view document) {
  return sameness(document);
}

}  // namespace passerelle::laws
