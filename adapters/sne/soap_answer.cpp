#include "adapters/sne/soap_answer.hpp"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>
#include <optional>
#include <string>

#include "adapters/sne/soap_envelope.hpp"
#include "gateway/codec/xml/xml_writer.hpp"

namespace passerelle::sne {
namespace {

constexpr std::string_view detail_space = "urn:passerelle:faute:1";

void write_head(codec::ByteSink& sink) {
  sink.write(
      "--passerelle-reponse\r\n"
      "Content-Type: application/xop+xml; charset=UTF-8; type=\"application/soap+xml\"\r\n"
      "Content-Transfer-Encoding: binary\r\n"
      "Content-ID: <reponse>\r\n"
      "\r\n");
  sink.write(fmt::format("<soap:Envelope xmlns:soap=\"{}\"><soap:Body>", envelope_space));
}

void write_tail(codec::ByteSink& sink) {
  sink.write("</soap:Body></soap:Envelope>\r\n--passerelle-reponse--\r\n");
}

/// How many of the first bytes of a document are its declaration; nothing while more of them must be seen.
std::optional<std::size_t> declaration_length(std::string_view head) {
  constexpr std::string_view opening = "<?xml";
  constexpr std::string_view closing = "?>";
  if (head.size() < opening.size()) return std::nullopt;
  if (!head.starts_with(opening)) return 0;
  const std::size_t end = head.find(closing);
  return end == std::string_view::npos ? std::nullopt : std::optional(end + closing.size());
}

/// The first blocking fault, or the first.
const model::FaultEntry& leading(const model::Faults& faults) {
  assert(!faults.empty());
  const auto blocking = std::ranges::find(faults, model::Severity::blocking, &model::Fault::severity);
  return model::catalogue_entry(blocking == faults.end() ? faults.front().code : blocking->code);
}

void append_detail(std::string& out, const model::Fault& fault) {
  const model::FaultEntry& entry = model::catalogue_entry(fault.code);
  out += fmt::format(R"(<pas:faute code="{}" lieu=")", entry.code);
  codec::append_xml_attribute(out, fault.path);
  out += fmt::format(R"(" ligne="{}" colonne="{}">)", fault.at.line, fault.at.column);
  codec::append_xml_text(out, entry.text);
  out += "</pas:faute>";
}

/// A fault (SOAP 1.2 part 1, 5.4); `detail` is empty or an element.
void write_soap_fault(codec::ByteSink& sink, model::SoapCode code, std::string_view reason,
                      std::string_view detail) {
  std::string fault = fmt::format("<soap:Fault><soap:Code><soap:Value>soap:{}</soap:Value></soap:Code>",
                                  model::soap_code_name(code));
  fault += "<soap:Reason><soap:Text xml:lang=\"fr\">";
  codec::append_xml_text(fault, reason);
  fault += "</soap:Text></soap:Reason>";
  if (!detail.empty()) fault += fmt::format("<soap:Detail>{}</soap:Detail>", detail);
  fault += "</soap:Fault>";
  write_head(sink);
  sink.write(fault);
  write_tail(sink);
}

}  // namespace

AnswerWriter::AnswerWriter(codec::ByteSink& sink) : m_sink(&sink) {
  write_head(sink);
}

void AnswerWriter::write(std::string_view piece) {
  assert(piece.find('\r') == std::string_view::npos);
  if (m_declared) return m_sink->write(piece);
  m_head.append(piece);
  const auto length = declaration_length(m_head);
  if (!length) return;
  m_declared = true;
  m_sink->write(std::string_view(m_head).substr(*length));
}

void AnswerWriter::finish() {
  assert(m_declared);
  write_tail(*m_sink);
}

void write_fault(codec::ByteSink& sink, const model::Faults& faults) {
  const model::FaultEntry& entry = leading(faults);
  std::string detail = fmt::format("<pas:fautes xmlns:pas=\"{}\">", detail_space);
  for (const model::Fault& fault : faults) append_detail(detail, fault);
  detail += "</pas:fautes>";
  write_soap_fault(sink, entry.soap, fmt::format("{} {} : {}", generic_failure, entry.code, entry.text),
                   detail);
}

void write_failure(codec::ByteSink& sink) {
  write_soap_fault(sink, model::SoapCode::Receiver, generic_failure, {});
}

std::uint16_t status_of(model::SoapCode code) noexcept {
  constexpr std::uint16_t bad_request = 400;
  constexpr std::uint16_t server_error = 500;
  return code == model::SoapCode::Sender ? bad_request : server_error;
}

model::SoapCode soap_code_of(const model::Faults& faults) noexcept {
  return leading(faults).soap;
}

}  // namespace passerelle::sne
