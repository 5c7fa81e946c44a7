// Any text is a mapping table: it compiles, or everything wrong with it is told; what compiles can run.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gateway/codec/xml/xml_reader.hpp"
#include "gateway/codec/xml/xsd_shape.hpp"
#include "gateway/mapping/compiler.hpp"
#include "gateway/mapping/exporter.hpp"
#include "gateway/mapping/importer.hpp"
#include "tests/fuzz/must.hpp"

namespace {

using namespace passerelle;
using fuzz::must;

constexpr std::string_view document =
    R"(<d:demandes xmlns:d="urn:passerelle:demo"><d:demande version="1"><d:nom>Essai</d:nom>)"
    R"(<d:adresse>12 rue Haute</d:adresse><d:commune code="2A004"/><d:pays>Belgique</d:pays><d:etranger>1</d:etranger>)"
    R"(<d:mobile>0639980000</d:mobile></d:demande></d:demandes>)";

/// The small home of the tests: a pivot, the schema and the code tables of the peer `demo`.
struct Home {
  mapping::TableFaults faults;
  mapping::Peer peer = mapping::load_peer(PASSERELLE_SOURCE "/tests/data/home/mappings/peer/demo", faults);
  mapping::CodeTables tables = mapping::load_code_tables(peer, "2026-01-01", faults);
  std::vector<std::string> peers{"demo"};
  mapping::PivotCatalogue pivot =
      mapping::load_pivot(PASSERELLE_SOURCE "/tests/data/home/mappings/pivot", peers).value();
  codec::Shape external =
      codec::load_xsd(PASSERELLE_SOURCE "/tests/data/home/schemas/demo/demande.xsd", "demande").value();
};

/// Sends each record through the plan, there and back.
class Running final : public codec::RecordSink {
 public:
  explicit Running(const mapping::Plan& plan) : m_plan(plan) {}

  void envelope(codec::Record& record, model::Faults& faults) override { run(record, faults); }
  void record(codec::Record& record, model::Faults& faults) override { run(record, faults); }

 private:
  void run(const codec::Record& record, model::Faults& faults) {
    const bool envelope = record.root_node() == codec::Shape::root();
    codec::Record pivot(*m_plan.pivot, envelope ? codec::Shape::root() : m_plan.pivot->record());
    codec::Record back(*m_plan.external, record.root_node());
    mapping::Tally tally(m_plan.lines.size());
    import_record(m_plan, record, pivot, tally, faults);
    std::uint64_t counted = 0;
    for (const std::uint64_t count : tally.totals()) counted += count;
    must(counted == record.leaves().size());
    tally.clear();
    export_record(m_plan, pivot, back, tally, faults);
  }

  const mapping::Plan& m_plan;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Home home;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  mapping::TableFaults faults;
  mapping::MappingSource source{.peer = "demo", .version = "1", .message = "demande", .file = "fuzz.table"};
  for (const mapping::RawLine& raw : mapping::split_table(text, source.file, faults).lines) {
    if (auto line = mapping::parse_field_line(raw, codec::PathStyle::xml, faults))
      source.lines.push_back(std::move(*line));
  }
  const auto plan = mapping::compile(source, home.tables, home.pivot, home.external, faults);
  must(plan != nullptr || !faults.empty());
  for (const mapping::TableFault& fault : faults) must(!fault.text.empty());
  if (plan == nullptr) return 0;
  codec::MemorySource bytes(document);
  Running running(*plan);
  codec::XmlReader(home.external).read(bytes, running);
  return 0;
}
