#include "gateway/generation/pivot_place.hpp"

#include <gtest/gtest.h>
#include <stdexcept>

#include "gateway/codec/json/json_writer.hpp"
#include "tests/unit/generation/sample_scene.hpp"

namespace passerelle::generation {
namespace {

TEST(Place, fills_groups_lists_and_values_by_name_and_skips_blanks) {
  const mapping::PivotCatalogue pivot = shipped_pivot();
  codec::Record record(pivot.shape(), pivot.shape().record());
  const Place demande(record);
  demande.group("demandeur").set("nom", "Essai");
  demande.group("demandeur").set("prenoms", "");
  const Place resource = demande.group("demandeur").item("ressourcesRecues");
  resource.set_amount("montant", 12'305);
  demande.add("motifs", "tropPetit");
  demande.group("logementActuel").set_number("surface", 30);
  static_cast<void>(demande.group("dalo"));
  codec::MemorySink sink;
  codec::JsonWriter(pivot.shape(), sink).record(record);
  EXPECT_EQ(sink.bytes(),
            R"({"pivot":"1","demandeur":{"nom":"Essai","ressourcesRecues":[{"montant":"123.05"}]},)"
            R"("logementActuel":{"surface":30},"motifs":["tropPetit"]})"
            "\n");
}

TEST(Place, refuses_a_name_that_the_pivot_does_not_know) {
  const mapping::PivotCatalogue pivot = shipped_pivot();
  codec::Record record(pivot.shape(), pivot.shape().record());
  EXPECT_THROW(Place(record).set("inconnu", "x"), std::logic_error);
}

}  // namespace
}  // namespace passerelle::generation
