#include "gateway/codec/json/json_sniff.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::codec {
namespace {

using testing::ElementsAre;
using testing::Optional;

const std::vector<std::string> paths{"/entete.version", "/entete.message"};

TEST(JsonSniff, finds_the_texts_of_the_first_object) {
  EXPECT_THAT(
      *sniff_json(R"( [{"entete":{"message":"offre","version":"2"}},{"entete":{"version":"3"}}])", paths),
      ElementsAre(Optional(std::string("2")), Optional(std::string("offre"))));
}

TEST(JsonSniff, answers_nothing_where_there_is_no_text) {
  EXPECT_THAT(*sniff_json(R"({"entete":{"version":2}})", paths), ElementsAre(std::nullopt, std::nullopt));
  EXPECT_THAT(*sniff_json(R"({"entete":"x"})", paths), ElementsAre(std::nullopt, std::nullopt));
}

TEST(JsonSniff, answers_nothing_when_the_first_object_is_not_whole) {
  EXPECT_THAT(*sniff_json(R"({"entete":{"version":"2")", paths), ElementsAre(std::nullopt, std::nullopt));
}

TEST(JsonSniff, refuses_what_is_no_json) {
  EXPECT_EQ(sniff_json("<entete/>", paths).error(), model::FaultCode::document_root);
  EXPECT_EQ(sniff_json("", paths).error(), model::FaultCode::document_empty);
}

}  // namespace
}  // namespace passerelle::codec
