// For every message of the national interface: on mutated documents our verdict is that of XSD, a fault names
// the place, and the leaves are those that the walker counts.
#include <filesystem>
#include <gtest/gtest.h>
#include <map>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/codec/xml/xsd_shape.hpp"
#include "tests/laws/laws_count.hpp"
#include "tests/laws/xsd_agreement.hpp"

namespace passerelle::laws {
namespace {

namespace fs = std::filesystem;

const fs::path source = PASSERELLE_SOURCE;

/// The shipped examples (`02.00-CRE-famille.xml`) by the schema of their message.
std::map<fs::path, std::vector<fs::path>> examples_by_schema() {
  std::map<fs::path, std::vector<fs::path>> examples;
  for (const auto& entry : fs::directory_iterator(source / "mappings/peer/sne/examples")) {
    const std::string name = entry.path().filename();
    const std::size_t dash = name.find('-');
    if (entry.path().extension() != ".xml" || dash == std::string::npos) continue;
    const std::string message = name.substr(dash + 1, name.find('-', dash + 1) - dash - 1);
    examples[source / "schemas/sne" / name.substr(0, dash) / (message + ".xsd")].push_back(entry.path());
  }
  return examples;
}

void hold_on_mutations(const fs::path& schema, const fs::path& example, std::uint64_t count) {
  SCOPED_TRACE(example.filename());
  const auto shape = codec::load_xsd(schema, "demande");
  ASSERT_TRUE(shape.has_value());
  const XsdVerdict verdict(schema);
  DocumentMutator mutator(codec::read_file(example), 1);
  for (std::uint64_t rank = 0; rank < count; ++rank) {
    const auto found = disagreement(*shape, verdict, mutator.next());
    ASSERT_EQ(found, std::nullopt) << *found;
  }
}

TEST(XsdAgreement, holds_on_mutated_examples_of_every_message) {
  const auto by_schema = examples_by_schema();
  ASSERT_FALSE(by_schema.empty());
  for (const auto& [schema, examples] : by_schema) {
    const std::uint64_t each = laws_count() / (by_schema.size() * examples.size()) + 1;
    for (const fs::path& example : examples) hold_on_mutations(schema, example, each);
  }
}

}  // namespace
}  // namespace passerelle::laws
