// The walker that counts leaves for the counting law, against counts made by hand.
#include "tests/laws/leaf_walker.hpp"

#include <gtest/gtest.h>

namespace passerelle::laws {
namespace {

LeafCounts counted(std::string_view record) {
  return count_xml_leaves("<r v=\"1\" xmlns=\"urn:x\"><h><d>x</d></h>" + std::string(record) + "</r>", "a");
}

TEST(LeafWalker, counts_attributes_bare_elements_and_text_beside_attributes) {
  EXPECT_EQ(counted("<a/>"), (LeafCounts{2, {1}}));
  EXPECT_EQ(counted("<a><b>1</b><c/><d> </d></a>"), (LeafCounts{2, {3}}));
  EXPECT_EQ(counted("<a x=\"1\" y=\"2\"/>"), (LeafCounts{2, {2}}));
  EXPECT_EQ(counted("<a><b x=\"1\">t</b></a>"), (LeafCounts{2, {2}}));
  EXPECT_EQ(counted("<a><b x=\"1\"> </b></a>"), (LeafCounts{2, {1}}));
  EXPECT_EQ(counted("<a>t<b>1</b>t</a>"), (LeafCounts{2, {1}}));
}

TEST(LeafWalker, does_not_count_declarations_and_schema_hints) {
  EXPECT_EQ(counted("<a xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                    "xsi:schemaLocation=\"urn:x y\"/>"),
            (LeafCounts{2, {1}}));
}

TEST(LeafWalker, keeps_records_apart) {
  EXPECT_EQ(counted("<a><b/></a><a><b/><c/></a><h/>"), (LeafCounts{3, {1, 2}}));
}

}  // namespace
}  // namespace passerelle::laws
