#include "gateway/service/registry/read_filings.hpp"

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
  Header header;
  ConvertRequest request{.from = file.format, .in = file.in, .geography = file.geography};
  request.on_fault = file.on_fault;
  request.on_envelope = [&](const codec::Record& envelope) { header = read_header(envelope); };
  request.on_demande = [&](codec::Record& demande, model::Faults& faults) {
    FiledDemande filed{
        .rank = demande.ordinal, .filing = {}, .content = pivot_text(formats.pivot(), demande)};
    filed.filing = read_filing(formats.pivot(), demande, faults,
                               file.by_kind ? message_kind(header.kind) : MessageKind::other);
    if (filed.filing.kind != MessageKind::other) filed.occasion = header.kind + ' ' + header.date;
    if (!model::has_blocking(faults)) file.on_demande(std::move(filed));
  };
  return convert(formats, request);
}

}  // namespace passerelle::service
