#include "gateway/mapping/nearest_name.hpp"

#include <gtest/gtest.h>

namespace passerelle::mapping {
namespace {

TEST(NearestName, counts_what_must_change) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("nom", ""), 3U);
  EXPECT_EQ(edit_distance("prenom", "prenoms"), 1U);
  EXPECT_EQ(edit_distance("commune", "comunne"), 2U);
}

TEST(NearestName, proposes_the_nearest_and_nothing_when_all_are_far) {
  const std::vector<std::string> known{"demandeur.nom", "demandeur.nomNaissance", "demandeur.prenoms"};
  EXPECT_EQ(nearest_name("demandeur.nomm", known), "demandeur.nom");
  EXPECT_EQ(nearest_name("demandeur.prenom", known), "demandeur.prenoms");
  EXPECT_EQ(nearest_name("loyer", known), std::nullopt);
}

TEST(NearestName, does_not_count_ranks) {
  const std::vector<std::string> known{"cotitulaires[n].nom", "colocataires[n].nom"};
  EXPECT_EQ(nearest_name("cotitulaire[2].nom", known), "cotitulaires[n].nom");
}

TEST(NearestName, knows_the_paths_of_a_shape) {
  codec::Shape shape("document", codec::PathStyle::dots);
  const auto demande = shape.add(codec::Shape::root(), {.name = "demande", .max_occurs = codec::unbounded});
  shape.add(demande, {.name = "prenoms", .kind = codec::NodeKind::leaf});
  const auto list = shape.add(demande, {.name = "motifs", .kind = codec::NodeKind::array});
  shape.add(list, {.kind = codec::NodeKind::leaf, .min_occurs = 0, .max_occurs = codec::unbounded});
  shape.set_record(demande);
  shape.seal();
  EXPECT_EQ(nearest_path("prenom", shape, false), "prenoms");
  EXPECT_EQ(nearest_path("motif[n]", shape, false), "motifs[n]");
  EXPECT_EQ(nearest_path("prenom", shape, true), std::nullopt);
}

}  // namespace
}  // namespace passerelle::mapping
