#include "adapters/sne/wire_request.hpp"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>

#include "adapters/sne/operation.hpp"
#include "adapters/sne/soap_envelope.hpp"
#include "gateway/codec/mime/media_type.hpp"
#include "gateway/codec/mime/transfer_decoder.hpp"
#include "gateway/model/date.hpp"

namespace passerelle::sne {
namespace {

using codec::RelatedMessage;
using model::FaultCode;

constexpr std::string_view root_type = "application/xop+xml";

/// A day as a field says it.
struct WholeDay {
  static tl::expected<WholeDay, FaultCode> parse(std::string_view text) {
    if (!model::is_calendar_date(text)) return tl::unexpected(FaultCode::value_date);
    return WholeDay{std::string(text)};
  }
  std::string text;
};

/// Whether a type announces the operation, or none. Senders write the action with or without its namespace.
bool announces(const codec::MediaType& type, const OperationEntry& operation) {
  const std::string* action = type.parameter("action");
  if (action == nullptr || action->empty()) return true;
  std::string_view name = *action;
  if (name.starts_with(service_space)) name.remove_prefix(service_space.size());
  return name == operation.service;
}

/// Reads the fields of a request into values, and notes whatever is wrong with them.
class FieldReading {
 public:
  FieldReading(const SoapRequest& request, const OperationEntry& operation, const RelatedMessage& message,
               codec::PartStore& store)
      : m_request(&request), m_operation(&operation), m_message(&message), m_store(&store) {
    check_names();
  }

  NamedFile file(std::string_view name_element, std::string_view content_element) {
    NamedFile read;
    if (const SoapField* field = find(name_element)) read.name = file_name(*field);
    if (const SoapField* field = find(content_element)) take_content(*field, read);
    return read;
  }

  /// The document that a request is about: it must be there.
  NamedFile demande() {
    NamedFile read = file("nomFichierDemande", "fichierDemande");
    if (read.bytes == 0 && !told("fichierDemande")) report_missing("fichierDemande");
    return read;
  }

  NamedFile certificate() { return file("nomCertificat", "certificat"); }

  /// The value of a mandatory field.
  template <typename Value>
  std::optional<Value> value(std::string_view element) {
    const SoapField* field = find(element);
    if (field == nullptr || (field->text.reveal().empty() && !field->reference)) {
      report_missing(element);
      return std::nullopt;
    }
    if (field->reference) {
      report(FaultCode::soap_inclusion, element, field->at);
      return std::nullopt;
    }
    const auto parsed = Value::parse(field->text.reveal());
    if (parsed) return *parsed;
    report(parsed.error(), element, field->at);
    return std::nullopt;
  }

  [[nodiscard]] model::Faults take_faults() { return std::move(m_faults); }

 private:
  void check_names() {
    for (const SoapField& field : m_request->fields) {
      if (std::ranges::count(m_operation->fields, field.name) == 0) {
        report(FaultCode::element_unknown, "?", field.at);
      } else if (find(field.name) != &field) {
        report(FaultCode::element_repeated, field.name, field.at);
      }
    }
  }

  [[nodiscard]] const SoapField* find(std::string_view element) const {
    const auto found = std::ranges::find(m_request->fields, element, &SoapField::name);
    return found == m_request->fields.end() ? nullptr : &*found;
  }

  std::string file_name(const SoapField& field) {
    if (field.reference) report(FaultCode::soap_inclusion, field.name, field.at);
    const std::string& name = field.text.reveal();
    if (name.size() <= longest_file_name) return name;
    report(FaultCode::value_length, field.name, field.at);
    return {};
  }

  /// MTOM lets a sender leave a content in its place, as base64 (XOP 1.0, 3.1); small ones are seen to be.
  void take_content(const SoapField& field, NamedFile& read) {
    read.media_type = field.media_type;
    if (!field.reference) return take_text(field, read);
    read.part = m_message->find(*field.reference);
    if (!read.part) return report(FaultCode::soap_inclusion, field.name, field.at);
    read.bytes = m_message->parts[*read.part].bytes;
  }

  void take_text(const SoapField& field, NamedFile& read) {
    if (field.text.reveal().empty()) return;
    codec::Base64Decoder decoder;
    std::string bytes;
    if (!decoder.decode(field.text.reveal(), bytes) || !decoder.complete()) {
      return report(FaultCode::mime_content, field.name, field.at);
    }
    read.part = m_message->parts.size() + m_inline++;
    read.bytes = bytes.size();
    m_store->open(*read.part).write(bytes);
  }

  [[nodiscard]] std::string path_of(std::string_view element) const {
    return fmt::format("/Envelope/Body/{}/{}", m_operation->element, element);
  }

  [[nodiscard]] bool told(std::string_view element) const {
    return std::ranges::count(m_faults, path_of(element), &model::Fault::path) > 0;
  }

  void report_missing(std::string_view element) {
    report(FaultCode::element_missing, element, m_request->at);
  }

  void report(FaultCode code, std::string_view element, model::Position at) {
    m_faults.push_back({code, path_of(element), at, model::Severity::blocking});
  }

  const SoapRequest* m_request;
  const OperationEntry* m_operation;
  const RelatedMessage* m_message;
  codec::PartStore* m_store;
  std::size_t m_inline = 0;  ///< contents that stood in the envelope
  model::Faults m_faults;
};

/// A request of one criterion and a certificate; nothing when a fault of the criterion was told.
template <typename Asked, typename Criterion>
std::optional<Request> request_about(std::string_view element, FieldReading& fields) {
  const auto criterion = fields.value<Criterion>(element);
  NamedFile certificate = fields.certificate();
  if (!criterion) return std::nullopt;
  return Asked{*criterion, std::move(certificate)};
}

std::optional<Request> declaration_of(FieldReading& fields) {
  const auto numero = fields.value<model::NumeroUnique>("numUnique");
  const auto decided_on = fields.value<WholeDay>("dateDecision");
  NamedFile certificate = fields.certificate();
  if (!numero || !decided_on) return std::nullopt;
  return DeclarationDaloRequest{*numero, decided_on->text, std::move(certificate)};
}

std::optional<Request> request_of(Operation operation, FieldReading& fields) {
  switch (operation) {
    case Operation::num_unique: return NumUniqueRequest{fields.demande(), fields.certificate()};
    case Operation::doublons: return DoublonsRequest{fields.demande()};
    case Operation::demande_logement:
      return request_about<DemandeLogementRequest, model::NumeroUnique>("numUnique", fields);
    case Operation::nouveaux_dalo_depuis_le:
      return request_about<NouveauxDaloRequest, model::Instant>("dateNouveauDaloDepuisLe", fields);
    case Operation::demandes_radiees_depuis_le:
      return request_about<DemandesRadieesRequest, model::Instant>("dateRadiationDepuisLe", fields);
    case Operation::declaration_nouveau_dalo: return declaration_of(fields);
  }
  return std::nullopt;
}

tl::unexpected<model::Faults> refused(model::Fault fault) {
  return tl::unexpected(model::Faults{std::move(fault)});
}

}  // namespace

tl::expected<Request, model::Faults> read_request(codec::ByteSource& body, std::string_view content_type,
                                                  codec::PartStore& store) {
  const auto type = codec::parse_media_type(content_type);
  if (!type) return refused(model::make_fault(FaultCode::mime_type, "Content-Type"));
  const auto message = codec::read_related(body, *type, store);
  if (!message) return refused(message.error());
  if (message->root_type.name != root_type) return refused(model::make_fault(FaultCode::mime_root, {}));
  const auto envelope = read_envelope(message->root.reveal());
  if (!envelope) return refused(envelope.error());
  const OperationEntry* operation = operation_of_element(envelope->element);
  if (operation == nullptr) {
    return refused(model::make_fault(FaultCode::soap_operation, "/Envelope/Body", envelope->at));
  }
  if (!announces(*type, *operation) || !announces(message->root_type, *operation)) {
    return refused(model::make_fault(FaultCode::soap_action, "/Envelope/Body", envelope->at));
  }
  FieldReading fields(*envelope, *operation, *message, store);
  auto request = request_of(operation->operation, fields);
  model::Faults faults = fields.take_faults();
  if (!faults.empty()) return tl::unexpected(std::move(faults));
  assert(request);
  return std::move(*request);
}

}  // namespace passerelle::sne
