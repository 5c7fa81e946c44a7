#include "gateway/service/registry/read_filings.hpp"

namespace passerelle::service {

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
