#include "gateway/mapping/pivot_schema.hpp"

#include <gtest/gtest.h>
#include <simdjson.h>

#include "tests/unit/mapping/pivot_folder.hpp"

namespace passerelle::mapping {
namespace {

class PivotSchema : public testing::Test {
 protected:
  simdjson::dom::element at(std::string_view pointer) { return m_schema.at_pointer(pointer).value(); }
  std::string_view text(std::string_view pointer) { return at(pointer).get_string().value(); }

  PivotFolder m_folder;
  std::string m_text = pivot_json_schema(right_tables(m_folder.path()));
  simdjson::dom::parser m_parser;
  simdjson::dom::element m_schema = m_parser.parse(m_text).value();
};

TEST_F(PivotSchema, defines_envelope_and_demande_with_their_version) {
  EXPECT_EQ(text("/$defs/demande/properties/pivot/const"), "1");
  EXPECT_EQ(text("/$defs/demande/required/0"), "pivot");
  EXPECT_EQ(text("/$defs/enveloppe/properties/entete/properties/dateFichier/type/0"), "string");
  EXPECT_FALSE(at("/$defs/demande/additionalProperties").get_bool().value());
}

TEST_F(PivotSchema, refers_to_structures_and_keeps_what_their_use_adds) {
  const std::string address = "/$defs/demande/properties/demandeur/properties/adresse";
  EXPECT_EQ(text(address + "/$ref"), "#/$defs/adresse");
  EXPECT_EQ(at(address + "/properties/etage/maximum").get_int64().value(), 99);
  EXPECT_EQ(text(address + "/properties/etage/x-statut"), "hypothèse");
  EXPECT_EQ(at("/$defs/adresse/properties/voie/maxLength").get_int64().value(), 20);
}

TEST_F(PivotSchema, lists_codes_with_their_labels) {
  const std::string child = "/$defs/demande/properties/enfants/items/properties/sexe";
  EXPECT_EQ(text(child + "/anyOf/0/$ref"), "#/$defs/liste.sexe");
  EXPECT_EQ(text("/$defs/liste.sexe/oneOf/1/title"), "Masculin");
}

TEST_F(PivotSchema, gives_lists_of_values_their_type) {
  EXPECT_EQ(text("/$defs/demande/properties/motifs/type"), "array");
  EXPECT_EQ(text("/$defs/demande/properties/motifs/items/type"), "string");
}

TEST(ShippedPivotSchema, is_json) {
  const std::string schema = pivot_json_schema(right_tables(PASSERELLE_MAPPINGS "/pivot"));
  simdjson::dom::parser parser;
  EXPECT_EQ(parser.parse(schema).error(), simdjson::SUCCESS);
}

}  // namespace
}  // namespace passerelle::mapping
