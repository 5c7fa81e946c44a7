// The shipped examples of every peer, and the public document of the national interface when it is at hand.
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

#include "gateway/codec/csv/csv_table.hpp"
#include "tests/laws/peer_document.hpp"
#include "tests/unit/service/conversion.hpp"

namespace passerelle::service {
namespace {

namespace fs = std::filesystem;

using testing::IsEmpty;

struct Example {
  std::string peer;
  fs::path path;
};

/// The documents of a folder below each peer's own.
std::vector<Example> examples_in(const std::string& folder) {
  std::vector<Example> found;
  for (const fs::directory_entry& peer : fs::directory_iterator(shipped_home() / "mappings/peer")) {
    for (const fs::directory_entry& entry : fs::directory_iterator(peer.path() / folder)) {
      if (entry.is_regular_file()) found.push_back({peer.path().filename(), entry.path()});
    }
  }
  return found;
}

/// Byte by byte, or by the canonical form of its format; files of several messages have one codec.
void expect_same_document(Converter& converter, const std::string& peer, const Converted& back,
                          const std::string& document) {
  if (back.out == document) return;
  mapping::TableFaults faults;
  const mapping::MappingSource& any = converter.formats().find_peer(peer)->messages.front();
  const mapping::Format& format = *converter.formats().get(any, faults);
  EXPECT_EQ(laws::canonical(format, back.out), laws::canonical(format, document));
}

/// There and back without a loss, and the same document at the end.
void expect_same(const std::string& peer, const fs::path& path) {
  SCOPED_TRACE(path.string());
  Converter converter(shipped_home());
  const std::string document = codec::read_file(path);
  const Converted there = converter.run(peer, "cerfa", document);
  EXPECT_EQ(there.losses(), there.count(mapping::Outcome::dropped_by_law)) << there.receipt;
  EXPECT_THAT(there.faults, IsEmpty());
  const Converted back = converter.run("cerfa", peer, there.out);
  EXPECT_EQ(back.losses(), 0U) << back.receipt;
  if (there.losses() == 0) return expect_same_document(converter, peer, back, document);
  // What must not be kept is gone; a second time nothing more goes.
  const Converted again = converter.run(peer, "cerfa", back.out);
  EXPECT_EQ(again.losses(), 0U) << again.receipt;
  EXPECT_EQ(again.out, there.out);
}

TEST(Examples, come_back_the_same_without_a_loss) {
  for (const Example& example : examples_in("examples")) expect_same(example.peer, example.path);
}

TEST(Examples, of_the_national_interface_hold_nothing_that_must_not_be_kept) {
  Converter converter(shipped_home());
  for (const Example& example : examples_in("examples")) {
    if (example.peer != "sne") continue;
    EXPECT_EQ(converter.run("sne", "cerfa", codec::read_file(example.path)).losses(), 0U) << example.path;
  }
}

TEST(Examples, that_are_refused_are_told_by_place_and_never_by_value) {
  Converter converter(shipped_home());
  for (const Example& example : examples_in("examples/refused")) {
    const Converted checked = converter.run(example.peer, "", codec::read_file(example.path));
    EXPECT_EQ(checked.faults.size(), 1U) << example.path;
  }
}

TEST(Examples, are_enough_for_each_peer) {
  std::map<std::string, std::size_t> accepted;
  std::map<std::string, std::size_t> refused;
  for (const Example& example : examples_in("examples")) ++accepted[example.peer];
  for (const Example& example : examples_in("examples/refused")) ++refused[example.peer];
  Converter converter(shipped_home());
  for (const mapping::Peer& peer : converter.formats().peers()) {
    EXPECT_GE(accepted[peer.name], 3U) << peer.name;
    EXPECT_GE(refused[peer.name], 3U) << peer.name;
  }
}

TEST(Examples, the_public_document_of_the_interface_comes_back_the_same) {
  const char* reference = std::getenv("PASSERELLE_REFERENCE_DATA");
  if (reference == nullptr) GTEST_SKIP() << "PASSERELLE_REFERENCE_DATA is not set";
  expect_same("sne", fs::path(reference) / "samples/sne/JDD_OPENFISCA.XML");
}

}  // namespace
}  // namespace passerelle::service
