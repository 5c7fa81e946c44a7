// The tables of the life of a demande that are shipped.
#pragma once

#include <gmock/gmock.h>

#include "gateway/life/life_parameters.hpp"
#include "gateway/life/life_table.hpp"

namespace passerelle::life {

inline const LifeTable& shipped_table() {
  static const LifeTable table = [] {
    codec::TableFaults faults;
    LifeTable read = LifeTable::read(PASSERELLE_SOURCE "/mappings/registry/vie.csv", faults);
    EXPECT_THAT(faults, testing::IsEmpty());
    return read;
  }();
  return table;
}

inline const ParameterCatalogue& shipped_parameters() {
  static const ParameterCatalogue catalogue = [] {
    codec::TableFaults faults;
    auto read =
        ParameterCatalogue::read(PASSERELLE_SOURCE "/mappings/registry/parametres-nationaux.csv", faults);
    EXPECT_THAT(faults, testing::IsEmpty());
    return read;
  }();
  return catalogue;
}

}  // namespace passerelle::life
