#include "gateway/mapping/documentation.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::mapping {
namespace {

std::string_view relation_label(Relation relation) {
  switch (relation) {
    case Relation::equal: return "même sens";
    case Relation::narrower: return "plus étroit chez le partenaire";
    case Relation::broader: return "plus large chez le partenaire";
    case Relation::related: return "voisin";
    case Relation::none: return "sans contrepartie";
  }
  return "";
}

std::string_view loss_label(Loss loss) {
  switch (loss) {
    case Loss::park: return "gardé pour ce partenaire";
    case Loss::report: return "écarté et signalé";
    case Loss::refuse: return "demande refusée";
    case Loss::by_law: return "écarté : la loi interdit de garder";
  }
  return "";
}

class PeerDocument {
 public:
  PeerDocument(const Peer& peer, const PivotCatalogue& catalogue) : m_peer(peer), m_catalogue(catalogue) {}

  std::string write(std::span<const Plan* const> plans) {
    write_header();
    for (const Plan* plan : plans) write_message(*plan);
    return std::move(m_text);
  }

 private:
  void write_header() {
    m_text = fmt::format("# {} (`{}`)\n\n", m_peer.title, m_peer.name);
    m_text += "Page produite à partir des tables par `passerelle mapping doc` ; ne pas la modifier.\n\n";
    const bool assumption = m_peer.status != "public";
    m_text += fmt::format("Statut du format : **{}**.\n", assumption ? "hypothèse de notre part" : "public");
    for (const std::string& note : m_peer.notes) m_text += fmt::format("\n{}\n", note);
    if (!m_peer.complement_retention.empty()) {
      m_text += fmt::format(
          "\nCe que le pivot ne sait pas dire est gardé pour ce partenaire seul : classe RGPD {}, durée "
          "{}.\n",
          m_peer.complement_class, m_peer.complement_retention);
    }
  }

  void write_message(const Plan& plan) {
    m_text += fmt::format("\n## `{}` : {}\n\n", plan.name(), plan.title);
    m_text += "| champ du partenaire | champ du pivot | libellé | sens | en cas de perte | fondement |\n";
    m_text += "|---|---|---|---|---|---|\n";
    for (const PlanLine& line : plan.lines) write_line(plan, line);
  }

  void write_line(const Plan& plan, const PlanLine& line) {
    const std::string external =
        line.external.empty() ? "-" : fmt::format("`{}`{}", line.path, mark(plan, line));
    std::string pivot;
    for (const Address& place : line.pivot) {
      pivot += fmt::format("{}`{}`", pivot.empty() ? "" : " + ",
                           plan.pivot->path(place.node, plan.pivot->record()));
    }
    if (pivot.empty())
      pivot =
          line.codec.kind == CodecKind::constant ? fmt::format("constante « {} »", line.codec.first) : "-";
    const PivotField* field = line.pivot.empty() ? nullptr : m_catalogue.field(line.pivot.front().node);
    m_text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", external, pivot,
                          field == nullptr ? "" : field->label, relation_label(line.relation),
                          loss_label(line.loss), line.basis.empty() ? "-" : line.basis);
  }

  static std::string_view mark(const Plan& plan, const PlanLine& line) {
    const auto assumed = [&](const Address& place) { return plan.external->node(place.node).assumption; };
    return std::ranges::any_of(line.external, assumed) ? " (hypothèse)" : "";
  }

  const Peer& m_peer;
  const PivotCatalogue& m_catalogue;
  std::string m_text;
};

}  // namespace

std::string document_peer(const Peer& peer, const PivotCatalogue& catalogue,
                          std::span<const Plan* const> plans) {
  return PeerDocument(peer, catalogue).write(plans);
}

}  // namespace passerelle::mapping
