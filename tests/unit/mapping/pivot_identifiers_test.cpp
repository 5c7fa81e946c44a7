#include "gateway/mapping/pivot_identifiers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/mapping/pivot_folder.hpp"

namespace passerelle::mapping {
namespace {

using testing::HasSubstr;

TEST(PivotIdentifiers, are_paths_in_snake_case) {
  EXPECT_EQ(pivot_identifier("nom"), "nom");
  EXPECT_EQ(pivot_identifier("cotitulaires[].ressourcesRecues[].montant"),
            "cotitulaires_ressources_recues_montant");
}

TEST(PivotIdentifiers, give_each_field_a_constant) {
  const PivotFolder folder;
  const auto header = pivot_field_header(right_tables(folder.path()));
  ASSERT_TRUE(header);
  EXPECT_THAT(*header, HasSubstr("inline constexpr std::string_view enfants_sexe = \"enfants[].sexe\";\n"));
}

TEST(PivotIdentifiers, refuse_two_fields_of_one_name) {
  const PivotFolder folder;
  folder.write_fields(
      "demandeur,group,0..1,A,Demandeur,b,identity,v2,public,s\n"
      "demandeur.adresse,structure(adresse),0..1,A,Adresse,b,contact,v2,public,s\n"
      "demandeurAdresse,code(sexe),0..1,A,Adresse,b,contact,v2,public,s\n");
  const auto header = pivot_field_header(right_tables(folder.path()));
  ASSERT_FALSE(header);
  EXPECT_EQ(header.error().front().line, 4U);
  EXPECT_EQ(header.error().front().text,
            "« demandeur.adresse » et « demandeurAdresse » : l'identifiant demandeur_adresse est déjà pris");
}

}  // namespace
}  // namespace passerelle::mapping
