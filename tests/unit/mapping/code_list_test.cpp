#include "gateway/mapping/code_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/mapping/pivot_folder.hpp"

namespace passerelle::mapping {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(CodeLists, read_codes_in_the_order_of_their_file) {
  const PivotFolder folder;
  folder.write_list("civilite", "madame,Madame,v2,,public,s\nmademoiselle,Mademoiselle,v2,v2,assumption,s\n");
  TableFaults faults;
  const CodeLists lists = read_code_lists(folder.file("lists"), faults);
  EXPECT_THAT(faults, IsEmpty());
  const CodeList& civilite = lists.at("civilite");
  ASSERT_EQ(civilite.codes.size(), 2U);
  EXPECT_EQ(civilite.codes[0].code, "madame");
  EXPECT_FALSE(civilite.codes[0].until);
  EXPECT_EQ(civilite.codes[1].until, FormVersion::v2);
  EXPECT_EQ(civilite.codes[1].evidence, Evidence::assumption);
  EXPECT_EQ(civilite.find("monsieur"), nullptr);
}

TEST(CodeLists, tell_every_fault_at_once) {
  const PivotFolder folder;
  folder.write_list("sexe", "F,,v1,,public,s\nmasculin,Masculin,v2,,vu,\nmasculin,Masculin,v2,v9,public,s\n");
  folder.write_list("vide", "");
  TableFaults faults;
  (void)read_code_lists(folder.file("lists"), faults);
  const std::string sexe = folder.file("lists/sexe.csv");
  EXPECT_THAT(faults, ElementsAre(TableFault{sexe, 2, "le code « F » n'est pas en camelCase"},
                                  TableFault{sexe, 2, "le code « F » n'a pas de libellé"},
                                  TableFault{sexe, 2, "la colonne « since » ne peut pas valoir « v1 »"},
                                  TableFault{sexe, 3, "le code « masculin » n'a pas de source"},
                                  TableFault{sexe, 3, "la colonne « status » ne peut pas valoir « vu »"},
                                  TableFault{sexe, 4, "la colonne « until » ne peut pas valoir « v9 »"},
                                  TableFault{sexe, 4, "le code « masculin » est écrit deux fois"},
                                  TableFault{folder.file("lists/vide.csv"), 0, "liste sans aucun code"}));
}

TEST(CamelCase, is_ascii_letters_and_digits_after_a_small_letter) {
  for (const std::string_view name : {"a", "t6Plus", "nonDecent"}) EXPECT_TRUE(is_camel_case(name)) << name;
  for (const std::string_view name : {"", "A", "6t", "non_decent", "décent", "a b"})
    EXPECT_FALSE(is_camel_case(name)) << name;
}

}  // namespace
}  // namespace passerelle::mapping
