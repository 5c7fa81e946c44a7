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
  ConvertRequest request{.from = file.format, .in = file.in, .geography = file.geography};
  request.on_fault = file.on_fault;
  request.on_demande = [&](codec::Record& demande, model::Faults& faults) {
    FiledDemande filed{
        .rank = demande.ordinal, .filing = {}, .content = pivot_text(formats.pivot(), demande)};
    filed.filing = read_filing(formats.pivot(), demande, faults);
    if (!model::has_blocking(faults)) file.on_demande(std::move(filed));
  };
  return convert(formats, request);
}

}  // namespace passerelle::service
