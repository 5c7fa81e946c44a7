#include "adapters/sne/soap_envelope.hpp"

#include <algorithm>

#include "adapters/sne/operation.hpp"
#include "gateway/codec/byte_stream.hpp"
#include "gateway/codec/limits.hpp"
#include "gateway/codec/xml/xml_dictionary.hpp"
#include "gateway/codec/xml/xml_parse.hpp"

namespace passerelle::sne {
namespace {

using codec::text_of;
using codec::XmlAttribute;
using codec::XmlTag;
using codec::limits::list_items;
using codec::limits::text_bytes;
using model::FaultCode;

constexpr std::string_view envelope_space_1_1 = "http://schemas.xmlsoap.org/soap/envelope/";
constexpr std::string_view inclusion_space = "http://www.w3.org/2004/08/xop/include";
constexpr std::string_view xml_blanks = " \t\r\n";

bool is_blank(std::string_view text) {
  return text.find_first_not_of(xml_blanks) == std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(xml_blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(xml_blanks) + 1 - begin);
}

bool is(const XmlTag& tag, std::string_view space, std::string_view name) {
  return text_of(tag.space) == space && text_of(tag.name) == name;
}

/// The value of an attribute, or nothing.
std::optional<std::string> attribute_of(const XmlTag& tag, std::string_view space, std::string_view name) {
  for (int rank = 0; rank < tag.attribute_count; ++rank) {
    const XmlAttribute attribute = tag.attribute(rank);
    if (text_of(attribute.space()) != space || text_of(attribute.name()) != name) continue;
    std::string buffer;
    return std::string(codec::plain_attribute(attribute.escaped(), buffer));
  }
  return std::nullopt;
}

/// SOAP 1.2 part 1, 2.4 and 5.2: whether a header block is for us, the last receiver, and may not be passed
/// over.
bool must_be_understood(const XmlTag& block) {
  const std::string must(trimmed(attribute_of(block, envelope_space, "mustUnderstand").value_or("")));
  if (must != "1" && must != "true") return false;
  constexpr std::string_view roles = "http://www.w3.org/2003/05/soap-envelope/role/";
  const std::string role = attribute_of(block, envelope_space, "role").value_or("");
  return role.empty() || role == std::string(roles) + "next" ||
         role == std::string(roles) + "ultimateReceiver";
}

/// Hears an envelope: what stands where is told by depth, since there is one way down.
class EnvelopeReading final : public codec::XmlEvents {
 public:
  tl::expected<SoapRequest, model::Fault> run(codec::XmlParse& parse) {
    m_parse = &parse;
    const auto fault = parse.run();
    if (fault) return tl::unexpected(model::make_fault(fault->code, m_refused, fault->at));
    if (m_requests == 1) return std::move(m_request);
    return tl::unexpected(model::make_fault(FaultCode::soap_structure, "/Envelope/Body"));
  }

  void start(const XmlTag& tag) override {
    m_at = m_parse->tag_position();
    if (++m_depth > codec::limits::depth) return refuse(FaultCode::limit_depth, "");
    switch (m_depth) {
      case root_depth: return start_envelope(tag);
      case section_depth: return start_section(tag);
      case block_depth: return m_section == Section::header ? start_block(tag) : start_request(tag);
      default: break;
    }
    if (m_section == Section::header) return;
    if (m_depth == field_depth) return start_field(tag);
    start_inclusion(tag);
  }

  void end() override {
    if (m_section == Section::body && m_depth == field_depth) end_field();
    --m_depth;
  }

  void text(std::string_view piece) override {
    if (m_section == Section::header && m_depth > section_depth) return;
    if (m_section == Section::body && m_depth == field_depth) return append_text(piece);
    if (!is_blank(piece)) refuse(FaultCode::soap_structure, "/Envelope");
  }

 private:
  static constexpr std::size_t root_depth = 1;
  static constexpr std::size_t section_depth = 2;
  static constexpr std::size_t block_depth = 3;
  static constexpr std::size_t field_depth = 4;
  static constexpr std::size_t inclusion_depth = 5;

  enum class Section : std::uint8_t { none, header, body };

  void start_envelope(const XmlTag& tag) {
    if (is(tag, envelope_space_1_1, "Envelope")) return refuse(FaultCode::soap_version, "/");
    if (!is(tag, envelope_space, "Envelope")) refuse(FaultCode::document_root, "/");
  }

  void start_section(const XmlTag& tag) {
    if (m_section == Section::none && is(tag, envelope_space, "Header")) {
      m_section = Section::header;
    } else if (m_section != Section::body && is(tag, envelope_space, "Body")) {
      m_section = Section::body;
    } else {
      refuse(FaultCode::soap_structure, "/Envelope");
    }
  }

  void start_block(const XmlTag& tag) {
    if (must_be_understood(tag)) refuse(FaultCode::soap_header, "/Envelope/Header");
  }

  void start_request(const XmlTag& tag) {
    if (++m_requests > 1) return refuse(FaultCode::soap_structure, "/Envelope/Body");
    if (text_of(tag.space) != service_space) return refuse(FaultCode::soap_operation, "/Envelope/Body");
    m_request.element = text_of(tag.name);
    m_request.at = m_at;
  }

  void start_field(const XmlTag& tag) {
    if (m_request.fields.size() == list_items) return refuse(FaultCode::limit_list, request_path);
    const std::string_view space = text_of(tag.space);
    if (!space.empty() && space != service_space) return refuse(FaultCode::soap_structure, request_path);
    SoapField& field = m_request.fields.emplace_back();
    field.name = text_of(tag.name);
    field.media_type = attribute_of(tag, service_space, "contentType").value_or("");
    field.at = m_at;
    m_text.clear();
  }

  /// XOP 1.0, 2.1: the element stands alone in the one whose content it replaces.
  void start_inclusion(const XmlTag& tag) {
    SoapField& field = m_request.fields.back();
    auto reference = attribute_of(tag, "", "href");
    const bool alone = m_depth == inclusion_depth && !field.reference;
    if (!alone || !reference || !is(tag, inclusion_space, "Include")) {
      return refuse(FaultCode::soap_structure, request_path);
    }
    field.reference = std::move(reference);
  }

  void append_text(std::string_view piece) {
    if (m_text.size() + piece.size() > text_bytes) return refuse(FaultCode::limit_text, request_path);
    m_text.append(piece);
  }

  void end_field() {
    SoapField& field = m_request.fields.back();
    field.text = model::Personal<std::string>(std::string(trimmed(m_text)));
    if (field.reference && !is_blank(m_text)) refuse(FaultCode::soap_structure, request_path);
  }

  void refuse(FaultCode code, std::string_view path) {
    m_refused = path;
    m_parse->stop(code, m_at);
  }

  static constexpr std::string_view request_path = "/Envelope/Body/*";

  codec::XmlParse* m_parse = nullptr;
  std::size_t m_depth = 0;
  Section m_section = Section::none;
  std::size_t m_requests = 0;
  std::string m_text;
  model::Position m_at;   ///< of the last tag
  std::string m_refused;  ///< path of what we refused ourselves
  SoapRequest m_request;
};

}  // namespace

tl::expected<SoapRequest, model::Fault> read_envelope(std::string_view bytes) {
  codec::MemorySource source(bytes);
  codec::XmlInput input(source);
  EnvelopeReading reading;
  const codec::XmlDictionary names = codec::make_xml_dictionary();
  codec::XmlParse parse(input, reading, names.get());
  return reading.run(parse);
}

}  // namespace passerelle::sne
