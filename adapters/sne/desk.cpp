#include "adapters/sne/desk.hpp"

#include <algorithm>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <stdexcept>

#include "adapters/sne/duplicate_list.hpp"
#include "adapters/sne/kept_parts.hpp"
#include "adapters/sne/return_document.hpp"
#include "adapters/sne/soap_answer.hpp"
#include "adapters/sne/wire_request.hpp"
#include "gateway/service/convert.hpp"
#include "gateway/service/life/live_demande.hpp"
#include "gateway/service/registry/find_household.hpp"
#include "gateway/service/registry/list_since.hpp"
#include "gateway/service/registry/place.hpp"
#include "gateway/service/registry/read_demande.hpp"
#include "gateway/service/registry/read_filings.hpp"
#include "gateway/service/registry/take_at_door.hpp"

namespace passerelle::sne {
namespace {

using model::FaultCode;
using model::Faults;
using Line = model::Personal<std::string>;

constexpr std::string_view peer = "sne";
constexpr std::string_view newest_version = "02.01";

Faults one(FaultCode code, std::string_view path = {}) {
  model::Fault fault = model::make_fault(code, std::string(path));
  fault.severity = model::catalogue_entry(code).severity;
  return {fault};
}

Answer fault_answer(const Faults& faults) {
  codec::MemorySink sink;
  write_fault(sink, faults);
  return {status_of(soap_code_of(faults)), sink.bytes()};
}

/// An answer whose document is written by `write(ByteSink&)`.
template <typename Write>
Answer document_answer(Write write) {
  codec::MemorySink sink;
  AnswerWriter writer(sink);
  write(writer);
  writer.finish();
  return {200, sink.bytes()};
}

/// The version of the interface that a document speaks, from its first bytes; the newest when it says none
/// that exists.
std::string_view version_of(std::string_view document) {
  constexpr std::size_t head = 2048;
  constexpr std::string_view older = R"(versionInterface="02.00")";
  return document.substr(0, head).find(older) != std::string_view::npos ? "02.00" : newest_version;
}

/// What a request brought: its one demande, unless a fault blocks it.
struct ReadDocument {
  std::optional<service::FiledDemande> filed;
  std::optional<service::StoppedDemande> stopped;
  Faults faults;
};

/// Whether a replay, which files, does what the message of a guichet was to do.
bool files(const service::RawDocument& raw) {
  return raw.format.ends_with(":CRE") || raw.format.ends_with(":FUS");
}

/// The lines of the pivot that a conversion reads, one after the other.
class LineSource final : public codec::ByteSource {
 public:
  explicit LineSource(const std::vector<Line>& lines) : m_next(lines.begin()), m_end(lines.end()) {}

  std::size_t read(char* into, std::size_t size) override {
    while (m_next != m_end && m_given == m_next->reveal().size()) {
      ++m_next;
      m_given = 0;
    }
    if (m_next == m_end) return 0;
    const std::size_t taken = m_next->reveal().copy(into, size, m_given);
    m_given += taken;
    return taken;
  }

 private:
  std::vector<Line>::const_iterator m_next;
  std::vector<Line>::const_iterator m_end;
  std::size_t m_given = 0;
};

/// Who asks for one thing.
struct Asking {
  service::Requester requester;
  const std::vector<std::string>& territories;
};

/// The purpose that an operation says by itself, for those who have several.
std::string_view purpose_of(const Request& request) {
  return std::holds_alternative<DeclarationDaloRequest>(request) ? "dalo" : "";
}

/// What the registry decides by, for one request.
class Serving {
 public:
  Serving(const DeskMeans& means, const Asking& asking, const KeptParts& parts)
      : m_registry(means.registry),
        m_rules(means.rules),
        m_formats(means.formats),
        m_geography(means.geography),
        m_asking(asking),
        m_parts(parts) {}

  Answer operator()(const NumUniqueRequest& request) const {
    const std::string& document = m_parts.bytes(*request.demande.part);
    ReadDocument read = read_document(document, true);
    if (read.stopped) keep({.raw = read.stopped->raw, .numero = read.stopped->numero}, read.stopped->faults);
    if (!read.filed) return returned(document, {}, read.faults);
    return take(document, *read.filed, std::move(read.faults));
  }

  Answer operator()(const DemandeLogementRequest& request) const {
    const auto decision =
        service::authorize_on(m_registry, m_asking.requester, policy::Action::show_demande, request.numero);
    auto demande = decision ? service::show_demande(m_registry, *decision, request.numero) : std::nullopt;
    if (!demande) return returned({}, {request.numero, {}}, one(FaultCode::access_denied));
    return listed("RET", {std::move(demande->pivot)});
  }

  Answer operator()(const DoublonsRequest& request) const {
    const ReadDocument read = read_document(m_parts.bytes(*request.demande.part), false);
    if (!read.filed || read.filed->filing.holders.empty()) return fault_answer(read.faults);
    const auto territory = territory_of(read.filed->filing);
    if (!territory) return fault_answer(one(FaultCode::registry_territory));
    const auto decision =
        service::authorize_many(m_registry, m_asking.requester, policy::Action::find_person, *territory);
    if (!decision) return fault_answer(one(FaultCode::access_denied));
    const auto found = service::find_households(m_registry, *decision, read.filed->filing);
    return document_answer([&](codec::ByteSink& sink) { write_duplicates(sink, found); });
  }

  Answer operator()(const NouveauxDaloRequest& request) const {
    return since(service::SinceKind::dalo, "RET", request.since);
  }
  Answer operator()(const DemandesRadieesRequest& request) const {
    return since(service::SinceKind::radiation, "RAD", request.since);
  }

  /// The same declaration again gets the same answer.
  Answer operator()(const DeclarationDaloRequest& request) const {
    const auto decision =
        service::authorize_on(m_registry, m_asking.requester, policy::Action::set_dalo, request.numero);
    if (!decision) return returned({}, {request.numero, {}}, one(FaultCode::access_denied));
    const Line detail(fmt::format(R"({{"pivot":"1","dalo":{{"statut":"actif","dateDecision":"{}"}}}})",
                                  request.decided_on));
    const service::LifeOrder order{.event = "dalo_recognised", .on = {}, .detail = detail};
    const Line told(fmt::format("{} {}", request.numero.text().reveal(), request.decided_on));
    const service::Message message{service::content_key(m_registry, told, "declarationNouveauDalo"),
                                   "sne:declarationNouveauDalo", detail};
    const auto answer =
        service::live_by_message(m_registry, *decision, m_rules, request.numero, {order, message});
    return answer ? returned({}, {answer->numero, {}}, {})
                  : returned({}, {request.numero, {}}, answer.error());
  }

 private:
  [[nodiscard]] ReadDocument read_document(const std::string& bytes, bool by_kind) const {
    ReadDocument read;
    int demandes = 0;
    codec::MemorySource source(bytes);
    service::FilingFile file{.format = {.peer = std::string(peer)}, .in = &source, .geography = m_geography};
    file.by_kind = by_kind;
    file.on_fault = [&](const model::Fault& fault) { read.faults.push_back(fault); };
    file.on_demande = [&](service::FiledDemande demande) {
      ++demandes;
      read.filed = std::move(demande);
    };
    if (by_kind)
      file.on_stopped = [&](service::StoppedDemande stopped) { read.stopped = std::move(stopped); };
    const auto summary = service::read_filings(m_formats, file);
    if (!summary) throw std::runtime_error("the tables of sne do not compile");
    if (summary->demandes > 1) read.faults.push_back(one(FaultCode::element_repeated, "demande").front());
    if (summary->demandes == 0 && read.faults.empty())
      read.faults.push_back(one(FaultCode::element_missing, "demande").front());
    if (summary->demandes != 1 || demandes != 1) read.filed.reset();
    return read;
  }

  /// The territory that what is filed is of, among those of who asks.
  [[nodiscard]] std::optional<std::string> territory_of(const service::Filing& filing) const {
    const std::vector<std::string>& known = m_asking.territories;
    if (known.size() == 1) return known.front();
    auto territory = service::territory_of(m_registry, filing);
    if (!territory || std::ranges::find(known, *territory) == known.end()) return std::nullopt;
    return territory;
  }

  [[nodiscard]] Answer take(const std::string& document, service::FiledDemande& filed, Faults faults) const {
    ReturnedDemande told{filed.filing.numero, filed.filing.guichet};
    const auto territory = territory_of(filed.filing);
    if (!territory) return returned(document, told, one(FaultCode::registry_territory));
    const service::Message message{service::content_key(m_registry, filed.content, filed.occasion),
                                   std::string(peer), std::move(filed.content)};
    const auto answer =
        service::take_at_door(m_registry, m_asking.requester, *territory, m_rules, {filed.filing, message});
    if (!answer) {
      if (filed.raw) keep({.raw = *filed.raw, .numero = told.numero}, answer.error(), *territory);
      return returned(document, told, answer.error());
    }
    if (answer->numero) told.numero = answer->numero;
    const bool waits = answer->outcome == service::Registered::received;
    if (waits) faults.push_back(one(FaultCode::registry_received).front());
    Answer written = returned(document, told, faults);
    written.was_deposited = waits;
    return written;
  }

  /// For a person to look at, where nothing says where: in the first place of who sent it.
  void keep(const service::StoppedMessage& stopped, const Faults& faults,
            const std::string& territory = {}) const {
    const bool denied = faults.size() == 1 && faults.front().code == FaultCode::access_denied;
    const bool imports = m_asking.requester.purpose == policy::Purpose::echange;
    if (denied || m_asking.territories.empty() || (!imports && !files(stopped.raw))) return;
    service::keep_at_door(m_registry, m_asking.requester,
                          territory.empty() ? m_asking.territories.front() : territory, stopped, faults);
  }

  [[nodiscard]] Answer since(service::SinceKind kind, std::string_view message,
                             const model::Instant& since) const {
    std::vector<Line> lines;
    for (const std::string& territory : m_asking.territories) {
      const auto decision =
          service::authorize_many(m_registry, m_asking.requester, policy::Action::export_changes, territory);
      if (!decision) return fault_answer(one(FaultCode::access_denied));
      auto told = service::list_since(m_registry, *decision, m_rules, {kind, model::Time(since.utc())});
      if (!told) return fault_answer(told.error());
      std::ranges::move(*told, std::back_inserter(lines));
    }
    return listed(message, lines);
  }

  /// Demandes of the pivot as one document of the interface.
  [[nodiscard]] Answer listed(std::string_view message, const std::vector<Line>& lines) const {
    return document_answer([&](codec::ByteSink& sink) {
      LineSource source(lines);
      service::ConvertRequest request{.from = {.peer = std::string(mapping::pivot_format)},
                                      .to = {.peer = std::string(peer),
                                             .version = std::string(newest_version),
                                             .message = std::string(message)},
                                      .in = &source,
                                      .out = &sink};
      request.on_fault = [](const model::Fault&) {};
      if (!service::convert(m_formats, request)) throw std::runtime_error("the tables of sne do not compile");
    });
  }

  [[nodiscard]] Answer returned(std::string_view document, const ReturnedDemande& demande,
                                const Faults& faults) const {
    const auto at = model::Instant::parse(fmt::format(
        "{:%Y-%m-%dT%H:%M:%S}Z", std::chrono::floor<std::chrono::seconds>(m_registry.clock.now())));
    return document_answer(
        [&](codec::ByteSink& sink) { write_return(sink, version_of(document), *at, demande, faults); });
  }

  const service::Registry& m_registry;
  const service::LifeRules& m_rules;
  mapping::Formats& m_formats;
  const model::Geography* m_geography;
  const Asking& m_asking;
  const KeptParts& m_parts;
};

}  // namespace

Desk::Desk(const DeskMeans& means) : m_means(means) {
  mapping::TableFaults faults;
  // Compiled once, before threads share them.
  for (const mapping::MappingSource* source : means.formats.candidates({.peer = std::string(peer)})) {
    if (means.formats.get(*source, faults) == nullptr)
      throw std::runtime_error("les tables de sne ont des fautes");
  }
}

Answer Desk::serve(const Caller& caller, codec::ByteSource& body, std::string_view content_type) const {
  KeptParts parts;
  const auto request = read_request(body, content_type, parts);
  if (!request) return fault_answer(request.error());
  auto requester = caller.as(purpose_of(*request));
  if (!requester) return refuse_caller();
  const Asking asking{std::move(*requester), caller.territories};
  return std::visit(Serving(m_means, asking, parts), *request);
}

Answer refuse_caller() {
  return fault_answer(one(FaultCode::access_unknown));
}

}  // namespace passerelle::sne
