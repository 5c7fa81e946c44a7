// Any bytes are an XML document: reading ends, with at most one fault that stops it, and each record is
// whole.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gateway/codec/validate.hpp"
#include "gateway/codec/xml/xml_reader.hpp"
#include "gateway/codec/xml/xml_sniff.hpp"
#include "tests/fuzz/must.hpp"
#include "tests/fuzz/small_xml_shape.hpp"

namespace {

using namespace passerelle;
using fuzz::must;

class Checking final : public codec::RecordSink {
 public:
  void envelope(codec::Record& record, model::Faults& faults) override {
    must(!m_envelope);
    m_envelope = true;
    check(record, faults);
  }
  void record(codec::Record& record, model::Faults& faults) override {
    must(m_envelope && record.ordinal == ++m_records);
    check(record, faults);
  }

 private:
  static void check(const codec::Record& record, model::Faults& faults) {
    codec::validate(record, faults);
    for (const model::Fault& fault : faults) must(!fault.path.empty());
    for (const codec::Leaf& leaf : record.leaves()) must(leaf.at.line > 0 && leaf.at.column > 0);
  }

  bool m_envelope = false;
  std::uint64_t m_records = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const codec::Shape shape = fuzz::small_xml_shape();
  static codec::XmlReader reader(shape);
  const std::string_view document(reinterpret_cast<const char*>(data), size);
  codec::MemorySource source(document);
  Checking sink;
  const model::Faults faults = reader.read(source, sink);
  must(std::ranges::count(faults, model::Severity::blocking, &model::Fault::severity) <= 1);
  const std::vector<std::string> paths{"/@v", "/h", "/d/t@k"};
  const auto sniffed = codec::sniff_xml(document, paths);
  must(!sniffed || sniffed->size() == paths.size());
  return 0;
}
