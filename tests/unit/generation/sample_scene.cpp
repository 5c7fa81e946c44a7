#include "tests/unit/generation/sample_scene.hpp"

namespace passerelle::generation {

model::Geography sample_geography() {
  return model::Geography::parse(
      "code,name,type,departement,region,population,postcodes,successor\n"
      "03190,Moulins,commune,03,84,10000,03000,\n"
      "03310,Vichy,commune,03,84,30000,03200 03201,\n"
      "03999,Nulle-Part,commune,03,84,,03210,\n"
      "2A004,Ajaccio,commune,2A,94,70000,20000 20090 20167,\n"
      "2B033,Bastia,commune,2B,94,48000,20200 20600,\n"
      "75056,Paris,commune,75,11,2100000,75001 75002,\n"
      "75101,Paris 1er Arrondissement,arrondissement-municipal,75,11,16000,75001,75056\n"
      "75113,Paris 13e Arrondissement,arrondissement-municipal,75,11,180000,75013,75056\n",
      "code,name,region\n03,Allier,84\n2A,Corse-du-Sud,94\n2B,Haute-Corse,94\n75,Paris,11\n");
}

mapping::PivotCatalogue shipped_pivot() {
  return mapping::load_pivot(PASSERELLE_SOURCE "/mappings/pivot", {}).value();
}

}  // namespace passerelle::generation
