#include "gateway/service/registry/feed_document.hpp"

#include <fmt/format.h>
#include <stdexcept>

#include "gateway/mapping/pivot_field.hpp"
#include "gateway/service/convert.hpp"

namespace passerelle::service {
namespace {

namespace field = mapping::pivot_field;

/// Puts into a demande what columns of the registry say of it.
class Filling {
 public:
  Filling(const mapping::PivotCatalogue& pivot, const FeedContent& content)
      : m_pivot(&pivot), m_content(&content) {}

  void run(codec::Record& demande) const {
    const store::FeedFacts& facts = m_content->facts;
    put(demande, field::numero_unique, m_content->numero.text().reveal());
    if (m_content->type != "RAD" && m_content->type != "SUP") return;
    put(demande, field::guichet_guichet, facts.guichet);
    put(demande, field::date_creation, facts.deposited_on);
    if (m_content->type == "SUP") return put(demande, field::suppression_date, facts.happened_on);
    put(demande, field::radiation_date, facts.happened_on);
    put(demande, field::radiation_motif, facts.motive.value_or("annulation"));
    if (!m_content->sub_motive.empty()) put(demande, field::radiation_sous_motif, m_content->sub_motive);
  }

 private:
  void put(codec::Record& demande, std::string_view path, std::string_view text) const {
    demande.set(demande.root(), *m_pivot->node(path), codec::Value(demande.keep(text)));
  }

  const mapping::PivotCatalogue* m_pivot;
  const FeedContent* m_content;
};

}  // namespace

tl::expected<model::Personal<std::string>, std::string> write_feed_document(mapping::Formats& formats,
                                                                            const mapping::FormatName& format,
                                                                            const FeedContent& content) {
  const std::string text =
      fmt::format("{{\"entete\":{{\"dateFichier\":\"{}\"}}}}\n{}\n", content.date, content.pivot.reveal());
  codec::MemorySource source(text);
  codec::MemorySink sink;
  std::string blocked;
  const Filling filling(formats.pivot(), content);
  ConvertRequest request{.from = {.peer = std::string(mapping::pivot_format)},
                         .to = {format.peer, format.version, content.type},
                         .in = &source,
                         .out = &sink};
  request.on_fault = [&](const model::Fault& fault) {
    if (blocked.empty() && fault.severity == model::Severity::blocking)
      blocked = std::string(model::catalogue_entry(fault.code).code);
  };
  request.on_demande = [&](codec::Record& demande, model::Faults&) { filling.run(demande); };
  const auto summary = convert(formats, request);
  if (!summary) throw std::runtime_error(summary.error());
  if (summary->refused > 0 || summary->demandes != 1)
    return tl::unexpected(blocked.empty() ? "?" : std::move(blocked));
  return model::Personal(sink.bytes());
}

}  // namespace passerelle::service
