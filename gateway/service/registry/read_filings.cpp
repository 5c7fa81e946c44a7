#include "gateway/service/registry/read_filings.hpp"

#include <utility>
#include <variant>

#include "gateway/codec/json/json_reader.hpp"

namespace passerelle::service {
namespace {

/// Takes the one demande of a text.
class KeptDemande final : public codec::RecordSink {
 public:
  explicit KeptDemande(const mapping::PivotCatalogue& catalogue) : m_catalogue(catalogue) {}

  void envelope(codec::Record&, model::Faults&) override {}
  void record(codec::Record& demande, model::Faults& faults) override {
    m_filing = read_filing(m_catalogue, demande, faults);
  }
  [[nodiscard]] Filing& filing() noexcept { return m_filing; }

 private:
  const mapping::PivotCatalogue& m_catalogue;
  Filing m_filing;
};

/// What is read of the header of a file.
struct Header {
  std::string kind;  ///< code of the pivot list `natureMessage`; empty where the format does not say it
  std::string date;  ///< as it is written
};

std::string member_of(const codec::Record& envelope, codec::NodeId group, std::string_view name) {
  const codec::NodeId node = envelope.shape().child(group, name);
  return std::string(envelope.value(envelope.root(), node).reveal());
}

Header read_header(const codec::Record& envelope) {
  const codec::NodeId group = envelope.shape().child(codec::Shape::root(), "entete");
  return {member_of(envelope, group, "natureMessage"), member_of(envelope, group, "dateFichier")};
}

std::optional<model::NumeroUnique> named_numero(const codec::Record& pivot) {
  const codec::NodeId node = pivot.shape().child(pivot.root_node(), "numeroUnique");
  const auto numero = model::NumeroUnique::parse(pivot.value(pivot.root(), node).reveal());
  return numero ? std::optional(*numero) : std::nullopt;
}

std::string format_text(const mapping::FormatName& name) {
  std::string text = name.peer;
  if (!name.version.empty()) text += '@' + name.version;
  if (!name.message.empty()) text += ':' + name.message;
  return text;
}

/// One file being read.
class FileReading {
 public:
  FileReading(mapping::Formats& formats, const FilingFile& file)
      : m_formats(formats), m_file(file), m_source(*file.in) {}

  tl::expected<ConvertSummary, std::string> run() {
    auto summary = convert(m_formats, request());
    if (summary && keeps_raw()) finish(*summary);
    return summary;
  }

 private:
  /// One demande, filed or stopped.
  using Read = std::variant<FiledDemande, StoppedDemande>;

  [[nodiscard]] bool keeps_raw() const { return static_cast<bool>(m_file.on_stopped); }

  ConvertRequest request() {
    ConvertRequest request{.from = m_file.format,
                           .in = keeps_raw() ? static_cast<codec::ByteSource*>(&m_source) : m_file.in,
                           .geography = m_file.geography};
    request.on_fault = [this](const model::Fault& fault) {
      if (keeps_raw()) m_faults.push_back(fault);
      m_file.on_fault(fault);
    };
    request.on_envelope = [this](const codec::Record& envelope) { m_header = read_header(envelope); };
    request.on_demande = [this](codec::Record& demande, model::Faults& faults) { take(demande, faults); };
    if (!keeps_raw()) return request;
    request.on_read = [this](const codec::Record& record, const mapping::Plan* plan) { keep(record, plan); };
    request.on_refused = [this](const codec::Record& pivot, const model::Faults& faults) {
      if (m_raw) tell(StoppedDemande{pivot.ordinal, std::move(*m_raw), named_numero(pivot), faults});
    };
    return request;
  }

  void keep(const codec::Record& record, const mapping::Plan* plan) {
    m_raw.reset();
    m_faults.clear();
    if (record.root_node() == codec::Shape::root()) return m_copier.take_envelope(record, plan);
    if (!record.leaves().empty()) m_raw = m_copier.copy(record);
  }

  void take(codec::Record& demande, model::Faults& faults) {
    FiledDemande filed{
        .rank = demande.ordinal, .filing = {}, .content = pivot_text(m_formats.pivot(), demande)};
    filed.filing = read_filing(m_formats.pivot(), demande, faults,
                               m_file.by_kind ? message_kind(m_header.kind) : MessageKind::other);
    if (filed.filing.kind != MessageKind::other) filed.occasion = m_header.kind + ' ' + m_header.date;
    if (model::has_blocking(faults)) return;
    filed.raw = std::move(m_raw);
    tell(std::move(filed));
  }

  /// The first waits until it is known whether another follows: alone, it is kept as the document came.
  void tell(Read read) {
    if (!keeps_raw()) return give(std::move(read));
    if (m_told++ == 0) {
      m_first = std::move(read);
      return;
    }
    give_first();
    give(std::move(read));
  }

  void give_first() {
    if (m_first) give(*std::exchange(m_first, std::nullopt));
  }

  void give(Read read) const {
    if (auto* const filed = std::get_if<FiledDemande>(&read)) return m_file.on_demande(std::move(*filed));
    m_file.on_stopped(std::get<StoppedDemande>(std::move(read)));
  }

  void finish(const ConvertSummary& summary) {
    const auto& document = m_source.passed();
    if (m_first && summary.demandes == 1 && document) raw_of(*m_first) = whole(*document);
    give_first();
    if (m_told > 0 || summary.demandes > 1 || !document || document->empty()) return;
    if (model::has_blocking(m_faults)) give(StoppedDemande{summary.demandes, whole(*document), {}, m_faults});
  }

  [[nodiscard]] RawDocument whole(const std::string& document) const {
    const std::string& read_as = m_copier.format();
    return {.format = read_as.empty() ? format_text(m_file.format) : read_as,
            .plan = m_copier.plan(),
            .whole = true,
            .content = model::Personal(document)};
  }

  static RawDocument& raw_of(Read& read) {
    if (auto* const filed = std::get_if<FiledDemande>(&read)) return filed->raw.emplace();
    return std::get<StoppedDemande>(read).raw;
  }

  mapping::Formats& m_formats;
  const FilingFile& m_file;
  RememberingSource m_source;
  Header m_header;
  RecordCopier m_copier;
  std::optional<RawDocument> m_raw;  // of the demande at hand
  std::optional<Read> m_first;
  std::uint64_t m_told = 0;
  model::Faults m_faults;  // of what was read last
};

}  // namespace

Filing read_kept_filing(const mapping::PivotCatalogue& catalogue, const model::Personal<std::string>& content,
                        model::Faults& faults) {
  KeptDemande kept(catalogue);
  codec::MemorySource source(content.reveal());
  const model::Faults found = codec::JsonReader(catalogue.shape()).read(source, kept);
  faults.insert(faults.end(), found.begin(), found.end());
  if (kept.filing().holders.empty() && !model::has_blocking(faults))
    faults.push_back(model::make_fault(model::FaultCode::registry_identity, "demandeur"));
  return std::move(kept.filing());
}

tl::expected<ConvertSummary, std::string> read_filings(mapping::Formats& formats, const FilingFile& file) {
  return FileReading(formats, file).run();
}

}  // namespace passerelle::service
