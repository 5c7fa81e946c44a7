#include "gateway/codec/json/json_writer.hpp"

#include <gtest/gtest.h>

#include "sample_shape.hpp"

namespace passerelle::codec {
namespace {

class JsonWriting : public testing::Test {
 protected:
  [[nodiscard]] NodeId place(std::string_view path) const {
    return m_shape.find(path, m_shape.record()).value();
  }

  std::string written() {
    MemorySink sink;
    JsonWriter writer(m_shape, sink);
    writer.record(m_record);
    writer.finish();
    return sink.bytes();
  }

  Shape m_shape = sample_shape();
  Record m_record{m_shape, m_shape.record()};
};

TEST_F(JsonWriting, writes_members_in_the_order_of_the_shape_whatever_the_order_they_were_set_in) {
  m_record.set(m_record.root(), place("demandeur.majeur"), Value("false"));
  m_record.set(m_record.root(), place("demandeur.nom"), Value("N"));
  m_record.set(m_record.root(), place("numeroUnique"), Value("1"));
  EXPECT_EQ(written(),
            "{\"pivot\":\"1\",\"numeroUnique\":\"1\",\"demandeur\":{\"nom\":\"N\",\"majeur\":false}}\n");
}

TEST_F(JsonWriting, writes_booleans_and_integers_in_their_plain_form) {
  const auto with = [this](std::string_view boolean, std::string_view integer) {
    m_record.clear();
    m_record.set(m_record.root(), place("demandeur.majeur"), Value(boolean));
    m_record.set(m_record.root(), place("demandeur.enfants"), Value(integer));
    const std::string text = written();
    return text.substr(text.find("\"majeur"));
  };
  EXPECT_EQ(with("1", "+007"), "\"majeur\":true,\"enfants\":7}}\n");
  EXPECT_EQ(with(" false ", "-0"), "\"majeur\":false,\"enfants\":0}}\n");
  EXPECT_EQ(with("0", "-12"), "\"majeur\":false,\"enfants\":-12}}\n");
  EXPECT_EQ(with("oui", "douze"), "\"majeur\":\"oui\",\"enfants\":\"douze\"}}\n");
}

TEST_F(JsonWriting, writes_an_empty_envelope_first_when_the_first_demande_could_be_taken_for_one) {
  EXPECT_EQ(written(), "{\"pivot\":\"1\"}\n{\"pivot\":\"1\"}\n");
}

}  // namespace
}  // namespace passerelle::codec
