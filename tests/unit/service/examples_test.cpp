// The shipped examples of every peer, and the public document of the national interface when it is at hand.
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/codec/csv/csv_table.hpp"
#include "tests/laws/same_xml.hpp"
#include "tests/unit/service/conversion.hpp"

namespace passerelle::service {
namespace {

namespace fs = std::filesystem;

using testing::IsEmpty;

std::vector<fs::path> documents_in(const std::string& folder) {
  std::vector<fs::path> found;
  for (const fs::directory_entry& entry : fs::directory_iterator(shipped_home() / folder)) {
    if (entry.is_regular_file()) found.push_back(entry.path());
  }
  return found;
}

/// There and back without a loss, and the same document at the end.
void expect_same(const fs::path& path) {
  SCOPED_TRACE(path.filename().string());
  Converter converter(shipped_home());
  const std::string document = codec::read_file(path);
  const Converted there = converter.run("sne", "cerfa", document);
  EXPECT_EQ(there.losses(), 0U) << there.receipt;
  EXPECT_THAT(there.faults, IsEmpty());
  const Converted back = converter.run("cerfa", "sne", there.out);
  EXPECT_EQ(back.losses(), 0U) << back.receipt;
  EXPECT_EQ(laws::sameness(back.out), laws::sameness(document));
}

TEST(Examples, come_back_the_same_without_a_loss) {
  for (const fs::path& path : documents_in("mappings/peer/sne/examples")) expect_same(path);
}

TEST(Examples, that_are_refused_are_told_by_place_and_never_by_value) {
  Converter converter(shipped_home());
  for (const fs::path& path : documents_in("mappings/peer/sne/examples/refused")) {
    const Converted checked = converter.run("sne", "", codec::read_file(path));
    EXPECT_EQ(checked.faults.size(), 1U) << path;
  }
}

TEST(Examples, the_public_document_of_the_interface_comes_back_the_same) {
  const char* reference = std::getenv("PASSERELLE_REFERENCE_DATA");
  if (reference == nullptr) GTEST_SKIP() << "PASSERELLE_REFERENCE_DATA is not set";
  expect_same(fs::path(reference) / "samples/sne/JDD_OPENFISCA.XML");
}

}  // namespace
}  // namespace passerelle::service
