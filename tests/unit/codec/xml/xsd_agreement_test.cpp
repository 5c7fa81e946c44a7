// Ten thousand damaged documents over every feature of the subset: our verdict is that of XSD, place by
// place.
#include "tests/laws/xsd_agreement.hpp"

#include <gtest/gtest.h>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/codec/xml/xsd_shape.hpp"

namespace passerelle::laws {
namespace {

const std::string data = PASSERELLE_TEST_DATA "/xml/";

constexpr int mutations = 5000;  // of each document

class XsdAgreement : public testing::TestWithParam<const char*> {};

TEST_P(XsdAgreement, holds_on_mutated_documents_and_each_place_is_named) {
  const std::string schema = data + "schemas/library.xsd";
  const auto shape = codec::load_xsd(schema, "livre");
  ASSERT_TRUE(shape.has_value());
  const XsdVerdict verdict(schema);
  DocumentMutator mutator(codec::read_file(data + "valid/" + GetParam()), 42);
  int wrong = 0;
  for (int rank = 0; rank < mutations && wrong < 5; ++rank) {
    const Mutation mutation = mutator.next();
    const auto found = disagreement(*shape, verdict, mutation);
    if (found) ++wrong;
    EXPECT_EQ(found, std::nullopt) << *found << "\n" << mutation.document;
  }
}

INSTANTIATE_TEST_SUITE_P(, XsdAgreement, testing::Values("full.xml", "least.xml"));

}  // namespace
}  // namespace passerelle::laws
