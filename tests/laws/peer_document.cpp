#include "tests/laws/peer_document.hpp"

#include <fmt/format.h>

#include "gateway/codec/csv/csv_table.hpp"
#include "tests/laws/leaf_walker_json.hpp"
#include "tests/laws/leaf_walker_rows.hpp"
#include "tests/laws/same_json.hpp"
#include "tests/laws/same_xml.hpp"

namespace passerelle::laws {
namespace {

using codec::WireKind;
using mapping::Format;

FixedPlaces places_of(const Format& format) {
  return read_places(codec::read_file(PASSERELLE_SOURCE "/schemas/" + format.source->schema));
}

/// The first object is the envelope when it begins with that member.
LeafCounts count_json(std::string_view document) {
  LeafCounts counts{.records = count_json_leaves(document)};
  const std::size_t first = document.find('"');
  const bool envelope = first != std::string_view::npos && document.substr(first + 1).starts_with("entete\"");
  if (!envelope || counts.records.empty()) return counts;
  counts.envelope = counts.records.front();
  counts.records.erase(counts.records.begin());
  return counts;
}

std::string joined(const Rows& rows) {
  std::string text;
  for (const auto& cells : rows) {
    for (const std::string& cell : cells) text += fmt::format("{}:{};", cell.size(), cell);
    text += '\n';
  }
  return text;
}

}  // namespace

LeafCounts count_leaves(const Format& format, std::string_view document) {
  const codec::WireForm& wire = format.shape->wire;
  switch (wire.kind) {
    case WireKind::xml: return count_xml_leaves(document, format.peer->record);
    case WireKind::json: return count_json(document);
    case WireKind::csv: return count_csv_leaves(document, wire.separator);
    case WireKind::fixed: return count_fixed_leaves(document, places_of(format));
  }
  return {};
}

std::string canonical(const Format& format, std::string_view document) {
  const codec::WireForm& wire = format.shape->wire;
  switch (wire.kind) {
    case WireKind::xml: return sameness(document);
    case WireKind::json: return json_sameness(document);
    case WireKind::csv: return joined(cut_csv(document, wire.separator));
    case WireKind::fixed: return joined(cut_fixed(document, places_of(format)));
  }
  return {};
}

}  // namespace passerelle::laws
