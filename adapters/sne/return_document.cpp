#include "adapters/sne/return_document.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "gateway/codec/xml/xml_writer.hpp"

namespace passerelle::sne {
namespace {

constexpr std::string_view document_space = "http://nuu.application.i2/";

/// Places are ours, but for their length: what the interface can carry is assumed (TexteAnomalie).
constexpr std::size_t longest_place = 1000;

std::string wording_of(const model::Fault& fault) {
  std::string text(model::catalogue_entry(fault.code).text);
  if (!fault.path.empty() && fault.path.size() <= longest_place) text += fmt::format(" ({})", fault.path);
  if (fault.at.line > 0) text += fmt::format(", ligne {}", fault.at.line);
  return text;
}

void append_element(std::string& out, std::string_view name, std::string_view text) {
  out += fmt::format("<ns1:{}>", name);
  codec::append_xml_text(out, text);
  out += fmt::format("</ns1:{}>", name);
}

void append_anomaly(std::string& out, const model::Fault& fault) {
  out += fmt::format("<ns1:anomalie code=\"{}\">", anomaly_code(fault.code));
  append_element(out, "libelle", wording_of(fault));
  out += "</ns1:anomalie>";
}

void append_anomalies(std::string& out, const model::Faults& faults) {
  if (faults.empty()) return;
  out += "<ns1:listeAnomalie>";
  for (const model::Fault& fault : faults) append_anomaly(out, fault);
  out += "</ns1:listeAnomalie>";
}

}  // namespace

void write_return(codec::ByteSink& sink, std::string_view version, const model::Instant& at,
                  const ReturnedDemande& demande, const model::Faults& faults) {
  std::string out = "<ns1:interfaceNuu versionInterface=\"";
  codec::append_xml_attribute(out, version);
  out += fmt::format(R"(" xmlns:ns1="{}"><ns1:entete><ns1:typeFichier code="RET"/>)", document_space);
  append_element(out, "dateFichier", at.text());
  out += "</ns1:entete><ns1:demande><ns1:demandeLogement>";
  if (demande.numero) append_element(out, "numUnique", demande.numero->text().reveal());
  if (demande.guichet) append_element(out, "numGuichet", demande.guichet->text());
  append_anomalies(out, faults);
  out += "</ns1:demandeLogement></ns1:demande></ns1:interfaceNuu>";
  sink.write(out);
}

std::string anomaly_code(model::FaultCode code) {
  std::string text(model::catalogue_entry(code).code);
  std::ranges::replace(text, '-', '_');
  return text;
}

}  // namespace passerelle::sne
