#include "gateway/server/sne/sne_client.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

#include "adapters/sne/client_answer.hpp"

namespace passerelle::server {
namespace {

using Outcome = service::FeedAnswer::Outcome;

constexpr int ok = 200;

std::string read_certificate(const std::filesystem::path& file) {
  if (file.empty()) return {};
  std::ifstream in(file, std::ios::binary);
  std::string pem(std::istreambuf_iterator<char>(in), {});
  if (pem.empty()) throw http::TlsError("certificat qui accompagne les messages illisible");
  return pem;
}

service::FeedAnswer passing(std::string code, bool is_down) {
  return {Outcome::passing, std::move(code), is_down};
}

tl::expected<sne::Returned, model::Fault> read(const http::ClientAnswer& answer) {
  codec::MemorySource body(answer.body);
  return sne::read_answer(body, http::value_of(answer.fields, "Content-Type"));
}

/// A fault of ours in the message will be found in it again; a failure of theirs may not.
service::FeedAnswer answer_of(const sne::ReturnedFault& fault) {
  if (!fault.of_the_sender) return passing("faute-recepteur", false);
  return {Outcome::refused, fault.code.empty() ? "faute-emetteur" : fault.code};
}

service::FeedAnswer answer_of(const sne::ReturnedDocument& document, const service::FeedFile& file) {
  if (!document.anomalies.empty()) return {Outcome::refused, document.anomalies.front()};
  if (document.numero && *document.numero != file.numero) return {Outcome::refused, "autre-numero"};
  // Nothing is known of what a deletion is answered with.
  if (!document.numero && file.type != "SUP") return passing("sans-numero", false);
  return {Outcome::accepted};
}

}  // namespace

SneClient::SneClient(SneSettings settings, const model::Clock& clock)
    : m_client(std::move(settings.https), clock),
      m_path(settings.path.empty() ? std::string(sne::service_path) : std::move(settings.path)),
      m_certificate_name(settings.certificate.filename().string()),
      m_certificate(read_certificate(settings.certificate)) {
  m_client.check();
}

service::FeedAnswer SneClient::send(const service::FeedFile& file, const std::stop_token& stop) const {
  const auto answer = post(sne::write_num_unique(file.name, file.document.reveal(), certificate()), stop);
  if (!answer) return passing(std::string(http::word_of(answer.error())), true);
  const auto returned = read(*answer);
  if (!returned) {
    const bool refuses_all = answer->status != ok;
    return passing(refuses_all ? fmt::format("http-{}", answer->status) : "illisible", refuses_all);
  }
  return returned->document ? answer_of(*returned->document, file) : answer_of(returned->fault);
}

tl::expected<model::Personal<std::string>, std::string> SneClient::ask(service::PulledService service,
                                                                       model::Time since,
                                                                       const std::stop_token& stop) const {
  const auto operation = service == service::PulledService::dalo ? sne::Operation::nouveaux_dalo_depuis_le
                                                                 : sne::Operation::demandes_radiees_depuis_le;
  const auto instant = model::Instant::parse(
      fmt::format("{:%Y-%m-%dT%H:%M:%S}Z", std::chrono::floor<std::chrono::seconds>(since)));
  const auto answer = post(sne::write_since(operation, *instant, certificate()), stop);
  if (!answer) return tl::unexpected(std::string(http::word_of(answer.error())));
  const auto returned = read(*answer);
  if (!returned)
    return tl::unexpected(answer->status == ok ? "illisible" : fmt::format("http-{}", answer->status));
  if (!returned->document) return tl::unexpected(answer_of(returned->fault).code);
  return returned->document->xml;
}

tl::expected<http::ClientAnswer, http::ClientFault> SneClient::post(const sne::WireMessage& message,
                                                                    const std::stop_token& stop) const {
  return m_client.post({m_path, message.content_type, message.body.reveal()}, stop);
}

}  // namespace passerelle::server
