// Measures every shipped format on believable demandes, in MB of its own bytes per second of processor time:
// from bytes to the validated pivot with nothing written, and writing alone. `peers_bench [demandes]`.
#include <filesystem>
#include <fmt/format.h>
#include <stdexcept>
#include <string>

#include "gateway/codec/codec_choice.hpp"
#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/generation/vocabulary.hpp"
#include "gateway/service/generate.hpp"
#include "tests/bench/codec_measure.hpp"
#include "tests/laws/shipped_formats.hpp"

namespace passerelle {
namespace {

constexpr int writings = 20;
const std::filesystem::path geography = "build/release/share/passerelle/geography";

/// Writes each record many times as it is read, so that reading weighs little.
class Rewriting final : public codec::RecordSink {
 public:
  explicit Rewriting(codec::Writer& writer) : m_writer(&writer) {}
  void envelope(codec::Record& record, model::Faults&) override { m_writer->envelope(record); }
  void record(codec::Record& record, model::Faults&) override {
    for (int time = 0; time < writings; ++time) m_writer->record(record);
  }

 private:
  codec::Writer* m_writer;
};

class PeersBench {
 public:
  /// Run from the root of the checkout, as every measure.
  explicit PeersBench(std::uint64_t demandes)
      : m_words("mappings/generation"),
        m_geography(model::Geography::parse(codec::read_file(geography / "communes.csv"),
                                            codec::read_file(geography / "departements.csv"))),
        m_demandes(demandes) {}

  void run() {
    run_format("cerfa", m_shipped.formats().pivot().shape());
    for (const std::string& name : m_shipped.names()) run_format(name, *m_shipped.format(name).shape);
  }

 private:
  void run_format(const std::string& name, const codec::Shape& shape) {
    const std::string text = draw(name);
    fmt::print("{}: {} bytes a demande\n", name, text.size() / m_demandes);
    codec::measure("to the validated pivot", text.size(), [&] { import(name, text); });
    codec::NullSink nowhere;
    const auto writer = codec::make_writer(shape, nowhere);
    Rewriting rewriting(*writer);
    codec::measure("written", text.size() * writings, [&] {
      codec::MemorySource source(text);
      if (!codec::make_reader(shape)->read(source, rewriting).empty()) throw std::runtime_error(name);
    });
  }

  std::string draw(const std::string& name) {
    codec::MemorySink out;
    service::GenerateRequest request{.count = m_demandes,
                                     .seed = 1,
                                     .territory = "063",
                                     .to = *mapping::parse_format_name(name),
                                     .today = *generation::parse_day("2026-01-01"),
                                     .words = &m_words,
                                     .geography = &m_geography,
                                     .out = &out};
    request.on_fault = [](const model::Fault&) {};
    if (const auto done = service::generate(m_shipped.formats(), request); !done)
      throw std::runtime_error(done.error());
    return out.bytes();
  }

  void import(const std::string& name, std::string_view text) {
    codec::MemorySource source(text);
    service::ConvertRequest request{.from = *mapping::parse_format_name(name), .in = &source};
    request.on_fault = [](const model::Fault&) {};
    if (const auto done = service::convert(m_shipped.formats(), request); !done)
      throw std::runtime_error(done.error());
  }

  laws::ShippedFormats& m_shipped = laws::ShippedFormats::get();
  generation::Vocabulary m_words;
  model::Geography m_geography;
  std::uint64_t m_demandes;
};

}  // namespace
}  // namespace passerelle

int main(int count, char** arguments) {
  const std::uint64_t demandes = count > 1 ? std::stoull(arguments[1]) : 500;
  passerelle::PeersBench(demandes).run();
  return 0;
}
