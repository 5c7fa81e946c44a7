#include "tests/laws/xsd_agreement.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <libxml/xmlschemas.h>
#include <stdexcept>

#include "gateway/codec/validate.hpp"
#include "gateway/codec/xml/xml_reader.hpp"
#include "tests/laws/leaf_walker.hpp"

namespace passerelle::laws {
namespace {

struct FreeDocument {
  void operator()(xmlDoc* document) const noexcept { xmlFreeDoc(document); }
};
struct FreeValidation {
  void operator()(xmlSchemaValidCtxt* context) const noexcept { xmlSchemaFreeValidCtxt(context); }
};

void say_nothing(void*, const xmlError*) {}

/// Our own reading of a document: its faults and its leaves.
class Reading final : public codec::RecordSink {
 public:
  Reading(const codec::Shape& shape, const std::string& document) {
    codec::XmlReader reader(shape);
    codec::MemorySource source(document);
    const model::Faults of_file = reader.read(source, *this);
    faults.insert(faults.end(), of_file.begin(), of_file.end());
  }

  void envelope(codec::Record& record, model::Faults& found) override {
    counts.envelope = leaves_of(record);
    check(record, found);
  }
  void record(codec::Record& record, model::Faults& found) override {
    counts.records.push_back(leaves_of(record));
    check(record, found);
  }
  void stray(std::uint64_t leaves) override { counts.envelope += leaves; }

  model::Faults faults;
  LeafCounts counts;

 private:
  static std::uint64_t leaves_of(const codec::Record& record) {
    std::uint64_t leaves = record.leaves().size();
    for (const codec::Unplaced& unplaced : record.unplaced()) leaves += unplaced.leaves;
    return leaves;
  }

  void check(const codec::Record& record, const model::Faults& found) {
    faults.insert(faults.end(), found.begin(), found.end());
    codec::validate(record, faults);
  }
};

bool over_our_limits(const model::Faults& faults) {
  return std::ranges::any_of(faults, [](const model::Fault& fault) {
    return std::string_view(catalogue_entry(fault.code).code).starts_with("PAS-LIM");
  });
}

std::string list(const model::Faults& faults) {
  std::string text;
  for (const model::Fault& fault : faults) {
    text += fmt::format("\n  {} {}:{} {}", catalogue_entry(fault.code).code, fault.at.line, fault.at.column,
                        fault.path);
  }
  return text;
}

std::string list(const LeafCounts& counts) {
  return fmt::format("{} [{}]", counts.envelope, fmt::join(counts.records, " "));
}

}  // namespace

struct XsdVerdict::Schema {
  xmlSchema* compiled = nullptr;
};

XsdVerdict::XsdVerdict(const std::string& schema_path) : m_schema(std::make_unique<Schema>()) {
  xmlSchemaParserCtxt* parser = xmlSchemaNewParserCtxt(schema_path.c_str());
  m_schema->compiled = xmlSchemaParse(parser);
  xmlSchemaFreeParserCtxt(parser);
  if (m_schema->compiled == nullptr) throw std::runtime_error("libxml2 refuses " + schema_path);
}

XsdVerdict::~XsdVerdict() {
  xmlSchemaFree(m_schema->compiled);
}

bool XsdVerdict::accepts(const std::string& document) const {
  const std::unique_ptr<xmlDoc, FreeDocument> tree(
      xmlReadMemory(document.data(), static_cast<int>(document.size()), nullptr, nullptr,
                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  if (!tree) throw std::runtime_error("the document is not well formed");
  const std::unique_ptr<xmlSchemaValidCtxt, FreeValidation> context(
      xmlSchemaNewValidCtxt(m_schema->compiled));
  xmlSchemaSetValidStructuredErrors(
      context.get(), [](void* nothing, xmlError* error) { say_nothing(nothing, error); }, nullptr);
  return xmlSchemaValidateDoc(context.get(), tree.get()) == 0;
}

std::optional<std::string> disagreement(const codec::Shape& shape, const XsdVerdict& verdict,
                                        const Mutation& mutation) {
  const Reading ours(shape, mutation.document);
  const std::string about = fmt::format("{} at {}", mutation.what, mutation.places.front());
  const bool valid = verdict.accepts(mutation.document);
  if (valid && over_our_limits(ours.faults)) return std::nullopt;
  if (valid != ours.faults.empty()) {
    return fmt::format("{}: XSD says {}{}", about, valid ? "valid" : "invalid", list(ours.faults));
  }
  if (!valid && !names_place(ours.faults, mutation)) {
    return fmt::format("{}: no fault names the place{}", about, list(ours.faults));
  }
  const bool wrong_root = ours.counts.records.empty();
  const LeafCounts walked = count_xml_leaves(mutation.document, shape.path(shape.record()));
  if (!wrong_root && walked != ours.counts) {
    return fmt::format("{}: leaves {}, walked {}", about, list(ours.counts), list(walked));
  }
  return std::nullopt;
}

}  // namespace passerelle::laws
