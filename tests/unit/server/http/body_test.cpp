#include "gateway/server/http/body.hpp"

#include <array>
#include <gtest/gtest.h>

namespace passerelle::server::http {
namespace {

std::string whole(const Body& body) {
  const auto source = body.source();
  std::string text;
  std::array<char, 7> piece{};
  while (const std::size_t count = source->read(piece.data(), piece.size())) text.append(piece.data(), count);
  return text;
}

TEST(Body, stays_in_memory_while_it_is_small) {
  BodyRoom room{testing::TempDir(), 100};
  {
    BodyWriter writer(room, 10, 10);
    ASSERT_TRUE(writer.append("01234"));
    ASSERT_TRUE(writer.append("56789"));
    const Body body = writer.take();
    EXPECT_FALSE(body.is_in_file());
    EXPECT_EQ(body.text(), "0123456789");
    EXPECT_EQ(whole(body), "0123456789");
    EXPECT_EQ(room.in_memory, 10);
  }
  EXPECT_EQ(room.in_memory, 0);
}

TEST(Body, goes_to_a_file_without_name_beyond_and_reads_the_same_as_often_as_wanted) {
  BodyRoom room{testing::TempDir(), 100};
  BodyWriter writer(room, 100, 10);
  ASSERT_TRUE(writer.append("0123456789"));
  ASSERT_TRUE(writer.append("a"));
  ASSERT_TRUE(writer.append("b"));
  const Body body = writer.take();
  EXPECT_TRUE(body.is_in_file());
  EXPECT_EQ(body.size(), 12);
  EXPECT_EQ(body.text(), "");
  EXPECT_EQ(whole(body), "0123456789ab");
  EXPECT_EQ(whole(body), "0123456789ab");
  EXPECT_EQ(room.in_memory, 0);
}

TEST(Body, goes_to_a_file_when_the_others_fill_the_memory) {
  BodyRoom room{testing::TempDir(), 15};
  BodyWriter first(room, 100, 10);
  BodyWriter second(room, 100, 10);
  ASSERT_TRUE(first.append("0123456789"));
  ASSERT_TRUE(second.append("0123456789"));
  EXPECT_TRUE(second.take().is_in_file());
  EXPECT_FALSE(first.take().is_in_file());
}

TEST(Body, is_refused_beyond_its_size_and_where_it_cannot_be_kept) {
  BodyRoom room{testing::TempDir(), 100};
  BodyWriter writer(room, 3, 10);
  EXPECT_EQ(writer.append("0123").error(), Refusal::body_size);
  BodyRoom nowhere{"/nonexistent", 100};
  BodyWriter lost(nowhere, 100, 2);
  EXPECT_EQ(lost.append("0123").error(), Refusal::storage);
}

}  // namespace
}  // namespace passerelle::server::http
