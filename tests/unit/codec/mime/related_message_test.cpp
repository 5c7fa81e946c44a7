#include "gateway/codec/mime/related_message.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/codec/limits.hpp"

namespace passerelle::codec {
namespace {

using testing::ElementsAre;

/// Keeps nothing, counts everything.
class CountingStore final : public PartStore {
 public:
  ByteSink& open(std::size_t part) override {
    EXPECT_EQ(part, m_opened++);
    return m_sink;
  }
  [[nodiscard]] std::size_t opened() const { return m_opened; }

 private:
  class Nowhere final : public ByteSink {
    void write(std::string_view) override {}
  };

  Nowhere m_sink;
  std::size_t m_opened = 0;
};

/// A text, then as many bytes as wanted, then a text: a message that nobody has to hold.
class LongSource final : public ByteSource {
 public:
  LongSource(std::string_view before, std::uint64_t bytes, std::string_view after)
      : m_before(before), m_bytes(bytes), m_after(after) {}

  std::size_t read(char* into, std::size_t size) override {
    if (const std::size_t got = m_before.read(into, size)) return got;
    const std::size_t got = std::min<std::uint64_t>(size, m_bytes);
    std::fill_n(into, got, 'a');
    m_bytes -= got;
    return got > 0 ? got : m_after.read(into, size);
  }

 private:
  MemorySource m_before;
  std::uint64_t m_bytes;
  MemorySource m_after;
};

auto read(ByteSource& source, std::string_view parameters = "") {
  CountingStore store;
  const auto type = parse_media_type(fmt::format("multipart/related; boundary=b{}", parameters)).value();
  auto message = read_related(source, type, store);
  if (message) {
    EXPECT_EQ(store.opened(), message->parts.size());
  }
  return message;
}

auto read(std::string_view bytes, std::string_view parameters = "") {
  MemorySource source(bytes);
  return read(source, parameters);
}

std::string fault_of(const tl::expected<RelatedMessage, model::Fault>& message) {
  if (message) return "none";
  return fmt::format("{} {}", model::catalogue_entry(message.error().code).code, message.error().path);
}

std::string part(std::string_view id, std::string_view body) {
  return fmt::format("--b\r\nContent-ID: <{}>\r\n\r\n{}\r\n", id, body);
}

TEST(RelatedMessage, has_the_first_part_as_its_root) {
  const auto message = read(part("r", "root") + part("a", "12") + part("c", "345") + "--b--").value();
  EXPECT_EQ(message.root.reveal(), "root");
  ASSERT_EQ(message.parts.size(), 2U);
  EXPECT_EQ(message.parts[1].content_id, "c");
  EXPECT_EQ(message.parts[1].bytes, 3U);
}

TEST(RelatedMessage, has_as_root_the_part_that_it_starts_with) {
  const std::string bytes = part("a", "12") + part("r", "root") + "--b--";
  for (const char* start : {"; start=r", "; start=\"<r>\""}) {
    EXPECT_EQ(read(bytes, start).value().root.reveal(), "root");
  }
  EXPECT_EQ(fault_of(read(bytes, "; start=elsewhere")), "PAS-MIM-009 ");
  EXPECT_EQ(fault_of(read("--b--")), "PAS-MIM-009 ");
}

TEST(RelatedMessage, has_one_root_even_if_it_starts_with_no_name) {
  const auto message = read("--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--", "; start=\"\"").value();
  EXPECT_EQ(message.root.reveal(), "one");
  EXPECT_EQ(message.parts.size(), 1U);
}

TEST(RelatedMessage, finds_a_part_by_its_reference) {
  const auto message =
      read(part("r", "") + part("a@b", "") + part("a%40b", "") + part("c%40d", "") + "--b\r\n\r\n\r\n--b--")
          .value();
  EXPECT_EQ(message.find("cid:a@b"), 0U);
  EXPECT_EQ(message.find("cid:a%40b"), 0U);
  EXPECT_EQ(message.find("cid:a%2540b"), 1U);
  EXPECT_EQ(message.find("cid:c%40d"), 2U);
  for (const char* reference : {"cid:r", "cid:", "", "a@b", "cid:c@d", "cid:%"}) {
    EXPECT_EQ(message.find(reference), std::nullopt) << reference;
  }
}

TEST(RelatedMessage, refuses_a_name_given_twice) {
  EXPECT_EQ(fault_of(read(part("a", "") + part("a", "") + "--b--")), "PAS-MIM-008 partie[2]");
}

TEST(RelatedMessage, is_multipart_related_with_a_boundary) {
  MemorySource source("--b\r\n\r\n\r\n--b--");
  CountingStore store;
  for (const char* type : {"multipart/mixed; boundary=b", "multipart/related", "text/xml; boundary=b"}) {
    EXPECT_EQ(fault_of(read_related(source, parse_media_type(type).value(), store)),
              "PAS-MIM-001 Content-Type")
        << type;
  }
}

TEST(RelatedMessage, bounds_its_root) {
  const auto message = [](std::uint64_t bytes) {
    LongSource source("--b\r\n\r\n", bytes, "\r\n--b--");
    return fault_of(read(source));
  };
  EXPECT_EQ(message(limits::root_part_bytes), "none");
  EXPECT_EQ(message(limits::root_part_bytes + 1), "PAS-LIM-011 partie[1]");
}

TEST(RelatedMessage, bounds_its_parts) {
  const auto message = [](std::uint64_t bytes) {
    LongSource source("--b\r\n\r\n\r\n--b\r\n\r\n", bytes, "\r\n--b--");
    return fault_of(read(source));
  };
  EXPECT_EQ(message(limits::part_bytes), "none");
  EXPECT_EQ(message(limits::part_bytes + 1), "PAS-LIM-009 partie[2]");
}

TEST(RelatedMessage, is_bounded_wherever_its_bytes_stand) {
  const auto fault = [](std::string_view before, std::string_view after) {
    LongSource source(before, limits::message_bytes, after);
    return fault_of(read(source));
  };
  EXPECT_EQ(fault("", "\r\n--b\r\n\r\n\r\n--b--"), "PAS-LIM-010 ");
  EXPECT_EQ(fault("--b\r\n\r\n\r\n--b--\r\n", ""), "PAS-LIM-010 partie[1]");
}

}  // namespace
}  // namespace passerelle::codec
