// Measures the XML reader with validation against libxml2's own tree parse of the same file, in one run.
#include <algorithm>
#include <ctime>
#include <fcntl.h>
#include <fmt/format.h>
#include <libxml/parser.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/codec/validate.hpp"
#include "gateway/codec/xml/xml_reader.hpp"
#include "gateway/codec/xml/xml_writer.hpp"
#include "gateway/codec/xml/xsd_shape.hpp"

namespace {

using namespace passerelle;

constexpr int rounds = 5;

class Validated final : public codec::RecordSink {
 public:
  void envelope(codec::Record& record, model::Faults& found) override { take(record, found); }
  void record(codec::Record& record, model::Faults& found) override { take(record, found); }

  std::size_t leaves = 0;
  std::size_t faults = 0;

 private:
  void take(codec::Record& record, model::Faults& found) {
    codec::validate(record, found);
    leaves += record.leaves().size();
    faults += found.size();
  }
};

class ReadOnly final : public codec::RecordSink {
 public:
  void envelope(codec::Record&, model::Faults&) override {}
  void record(codec::Record&, model::Faults&) override {}
};

class Rewritten final : public codec::RecordSink {
 public:
  explicit Rewritten(codec::Writer& writer) : m_writer(&writer) {}
  void envelope(codec::Record& record, model::Faults&) override { m_writer->envelope(record); }
  void record(codec::Record& record, model::Faults&) override { m_writer->record(record); }

 private:
  codec::Writer* m_writer;
};

class Nowhere final : public codec::ByteSink {
 public:
  void write(std::string_view) override {}
};

/// Processor seconds of this thread: neighbours on the machine do not count.
double processor_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

template <typename Work>
double seconds(Work work) {
  const double start = processor_seconds();
  work();
  return processor_seconds() - start;
}

void read_file(const char* path, codec::XmlReader& reader, codec::RecordSink& sink) {
  const int file = ::open(path, O_RDONLY | O_CLOEXEC);
  codec::DescriptorSource source(file);
  if (!reader.read(source, sink).empty()) fmt::print("fault of the file\n");
  ::close(file);
}

void tree_parse(const char* path) {
  xmlFreeDoc(xmlReadFile(path, nullptr, XML_PARSE_NONET));
}

int measure(const codec::Shape& shape, const char* path) {
  struct stat status {};
  if (::stat(path, &status) != 0) return 3;
  const double megabytes = static_cast<double>(status.st_size) / 1e6;
  codec::XmlReader reader(shape);
  Validated validated;
  ReadOnly ignored;
  Nowhere nowhere;
  double tree = 1e9;
  double read = 1e9;
  double checked = 1e9;
  double written = 1e9;
  for (int round = 0; round < rounds; ++round) {
    tree = std::min(tree, seconds([&] { tree_parse(path); }));
    read = std::min(read, seconds([&] { read_file(path, reader, ignored); }));
    checked = std::min(checked, seconds([&] { read_file(path, reader, validated); }));
    codec::XmlWriter writer(shape, nowhere);
    Rewritten rewritten(writer);
    written = std::min(written, seconds([&] { read_file(path, reader, rewritten); }));
  }
  fmt::print("libxml2 tree parse    {:6.1f} MB/s\n", megabytes / tree);
  fmt::print("read                  {:6.1f} MB/s  {:.2f} of the tree parse\n", megabytes / read, tree / read);
  fmt::print("read and validate     {:6.1f} MB/s  {:.2f}\n", megabytes / checked, tree / checked);
  fmt::print("read and write        {:6.1f} MB/s  {:.2f}\n", megabytes / written, tree / written);
  fmt::print("leaves {} faults {} (of {} rounds)\n", validated.leaves, validated.faults, rounds);
  return 0;
}

/// Reads standard input once, of whatever length, and tells the greatest memory the process took.
int measure_memory(const codec::Shape& shape) {
  codec::XmlReader reader(shape);
  Validated validated;
  codec::DescriptorSource source(STDIN_FILENO);
  const std::size_t faults = reader.read(source, validated).size() + validated.faults;
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  fmt::print("leaves {} faults {} peak memory {} KiB\n", validated.leaves, faults, usage.ru_maxrss);
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4) {
    fmt::print(stderr, "usage: xml_bench SCHEMA RECORD_PATH FILE|-\n");
    return 2;
  }
  const auto shape = codec::load_xsd(arguments[1], arguments[2]);
  const bool from_pipe = std::string_view(arguments[3]) == "-";
  if (shape) return from_pipe ? measure_memory(*shape) : measure(*shape, arguments[3]);
  for (const auto& fault : shape.error())
    fmt::print(stderr, "{}:{}: {}\n", fault.file, fault.line, fault.text);
  return 2;
}
