#include "adapters/sne/client_request.hpp"

#include <algorithm>
#include <cassert>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <vector>

#include "adapters/sne/soap_envelope.hpp"
#include "gateway/codec/mime/base64_lines.hpp"
#include "gateway/codec/xml/xml_writer.hpp"

namespace passerelle::sne {
namespace {

constexpr std::string_view document_part = "xml_id";
constexpr std::string_view certificate_part = "certificate";
constexpr std::string_view inclusion_space = "http://www.w3.org/2004/08/xop/include";

const OperationEntry& entry_of(Operation operation) {
  const auto all = operations();
  const auto found = std::ranges::find(all, operation, &OperationEntry::operation);
  assert(found != all.end());
  return *found;
}

/// The code point of a UTF-8 sequence that begins a text, and how many bytes it takes; a byte that begins
/// none stands for itself as U+FFFD, so that nothing but ASCII leaves.
struct CodePoint {
  std::uint32_t value;
  std::size_t bytes;
};
CodePoint first_code_point(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  constexpr CodePoint replacement{0xFFFD, 1};
  if (bytes == 1 || text.size() < bytes) return replacement;
  std::uint32_t value = lead & (0xFFU >> (bytes + 1));
  for (const char c : text.substr(1, bytes - 1)) {
    const auto octet = static_cast<unsigned char>(c);
    if ((octet & 0xC0U) != 0x80U) return replacement;
    value = (value << 6U) | (octet & 0x3FU);
  }
  return {value, bytes};
}

/// The document in ASCII, its lines ended by CRLF.
std::string wire_document(std::string_view document) {
  std::string out;
  out.reserve(document.size() + document.size() / 16);
  while (!document.empty()) {
    const char c = document.front();
    std::size_t taken = 1;
    if (static_cast<unsigned char>(c) >= 0x80) {
      const CodePoint point = first_code_point(document);
      out += fmt::format("&#{};", point.value);
      taken = point.bytes;
    } else if (c == '\n') {
      out += "\r\n";
    } else if (c != '\r') {
      out += c;
    }
    document.remove_prefix(taken);
  }
  return out;
}

std::string element(std::string_view name, std::string_view text) {
  std::string out = fmt::format("      <{}>", name);
  codec::append_xml_text(out, text);
  return out + fmt::format("</{}>\r\n", name);
}

std::string inclusion(std::string_view name, std::string_view type, std::string_view part) {
  return fmt::format(R"(      <{0} ws:contentType="{1}"><xop:Include href="cid:{2}" xmlns:xop="{3}"/></{0}>)"
                     "\r\n",
                     name, type, part, inclusion_space);
}

std::string envelope(const OperationEntry& operation, std::string_view fields) {
  return fmt::format(
      "<soap:Envelope xmlns:soap=\"{}\" xmlns:ws=\"{}\">\r\n  <soap:Header/>\r\n  <soap:Body>\r\n"
      "    <ws:{}>\r\n{}    </ws:{}>\r\n  </soap:Body>\r\n</soap:Envelope>",
      envelope_space, service_space, operation.element, fields, operation.element);
}

std::string certificate_fields(const SentCertificate& certificate) {
  return element("nomCertificat", certificate.name) +
         inclusion("certificat", "application/x-x509-ca-cert", certificate_part);
}

std::string certificate_body(const SentCertificate& certificate) {
  return fmt::format(
      "Content-Type: application/octet-stream\r\nContent-ID: <{}>\r\n"
      "Content-Transfer-Encoding: BASE64\r\nContent-Disposition: attachment\r\n\r\n{}",
      certificate_part, codec::base64_lines(certificate.pem));
}

std::string document_body(std::string_view document) {
  return fmt::format(
      "Content-Type: text/xml; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n"
      "Content-ID: <{0}>\r\nContent-Disposition: attachment; name=\"{0}\"\r\n\r\n{1}",
      document_part, document);
}

/// A boundary that stands in none of the parts, always the same for the same parts.
std::string boundary_outside(const std::vector<std::string>& parts) {
  for (int tried = 0;; ++tried) {
    std::string boundary = fmt::format("MIME_BOUNDARY_{}", tried);
    if (std::ranges::none_of(
            parts, [&](const std::string& part) { return part.find(boundary) != std::string::npos; }))
      return boundary;
  }
}

WireMessage message(const OperationEntry& operation, std::string_view fields,
                    std::vector<std::string> attachments) {
  std::vector<std::string> parts = {fmt::format(
      "Content-Type: application/xop+xml; charset=UTF-8; type=\"application/soap+xml\"; action=\"{}\"\r\n"
      "Content-Transfer-Encoding: 8bit\r\nContent-ID: <soaproot>\r\n\r\n{}",
      operation.service, envelope(operation, fields))};
  std::ranges::move(attachments, std::back_inserter(parts));
  const std::string boundary = boundary_outside(parts);
  std::string body;
  for (const std::string& part : parts) body += fmt::format("--{}\r\n{}\r\n", boundary, part);
  body += fmt::format("--{}--", boundary);
  return {fmt::format(R"(multipart/related; type="application/xop+xml"; start="soaproot"; )"
                      R"(start-info="application/soap+xml"; boundary="{}"; action="{}{}")",
                      boundary, service_space, operation.service),
          model::Personal(std::move(body))};
}

/// `YYYY-MM-DDThh:mm:ss.s+hh:mm`.
std::string wire_date(const model::Instant& instant) {
  const auto local = instant.utc() + instant.offset();
  const auto minutes = instant.offset().count();
  const auto size = minutes < 0 ? -minutes : minutes;
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.0{}{:02}:{:02}", local, minutes < 0 ? '-' : '+', size / 60,
                     size % 60);
}

}  // namespace

WireMessage write_num_unique(std::string_view file_name, std::string_view document,
                             const SentCertificate& certificate) {
  const OperationEntry& operation = entry_of(Operation::num_unique);
  const std::string fields = element("nomFichierDemande", file_name) +
                             inclusion("fichierDemande", "text/xml", document_part) +
                             certificate_fields(certificate);
  return message(operation, fields, {certificate_body(certificate), document_body(wire_document(document))});
}

WireMessage write_since(Operation operation, const model::Instant& since,
                        const SentCertificate& certificate) {
  assert(operation == Operation::nouveaux_dalo_depuis_le ||
         operation == Operation::demandes_radiees_depuis_le);
  const OperationEntry& asked = entry_of(operation);
  return message(asked, element(asked.fields.front(), wire_date(since)) + certificate_fields(certificate),
                 {certificate_body(certificate)});
}

}  // namespace passerelle::sne
