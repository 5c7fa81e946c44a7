// Measures the whole conversion `sne -> cerfa`, validated and with receipts, against libxml2's own tree parse
// of the same file, in one run on one core. Arguments: the folder of the tables, the file.
#include <algorithm>
#include <ctime>
#include <fcntl.h>
#include <fmt/format.h>
#include <libxml/parser.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/service/convert.hpp"

namespace {

using namespace passerelle;

constexpr int rounds = 5;
constexpr double mega = 1e6;

class Nowhere final : public codec::ByteSink {
 public:
  void write(std::string_view bytes) override { m_bytes += bytes.size(); }

 private:
  std::size_t m_bytes = 0;
};

/// Processor seconds of this process: neighbours on the machine do not count.
double processor_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

template <typename Work>
double best_of(Work work) {
  double best = 1e9;
  for (int round = 0; round < rounds; ++round) {
    const double start = processor_seconds();
    work();
    best = std::min(best, processor_seconds() - start);
  }
  return best;
}

void convert_once(mapping::Formats& formats, const char* file, service::ConvertSummary& summary) {
  const int descriptor = ::open(file, O_RDONLY | O_CLOEXEC);
  codec::DescriptorSource source(descriptor);
  Nowhere out;
  Nowhere receipt;
  service::ConvertRequest request{
      .from = {"sne", "", ""}, .to = {"cerfa", "", ""}, .in = &source, .out = &out, .receipt = &receipt};
  request.on_fault = [](const model::Fault&) {};
  const auto done = service::convert(formats, request);
  if (done) summary = *done;
  ::close(descriptor);
}

long peak_kib() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  struct stat about {};
  if (::stat(argv[2], &about) != 0) return 3;
  const double megabytes = static_cast<double>(about.st_size) / mega;
  mapping::TableFaults faults;
  mapping::Formats formats(argv[1], "2026-01-01", faults);
  service::ConvertSummary summary;
  const double ours = best_of([&] { convert_once(formats, argv[2], summary); });
  const long peak = peak_kib();
  const double tree = best_of([&] { xmlFreeDoc(xmlReadFile(argv[2], nullptr, XML_PARSE_NONET)); });
  fmt::print("{} demandes, {:.1f} MB, {} anomalies\n", summary.demandes, megabytes, summary.faults);
  fmt::print("libxml2 tree parse            {:8.1f} MB/s\n", megabytes / tree);
  fmt::print("sne -> cerfa with receipt     {:8.1f} MB/s  ratio {:.2f} (must 1.0, aim 1.5)  peak {} KiB\n",
             megabytes / ours, tree / ours, peak);
}
