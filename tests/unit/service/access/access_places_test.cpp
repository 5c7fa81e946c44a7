#include "gateway/service/access/access_places.hpp"

#include <gmock/gmock.h>

#include "gateway/policy/engine.hpp"

namespace passerelle::service {
namespace {

TEST(AccessPlaces, are_each_classed_by_the_shipped_tables) {
  const std::string mappings = std::string(PASSERELLE_SOURCE) + "/mappings";
  const auto pivot = mapping::load_pivot(mappings + "/pivot", {});
  ASSERT_TRUE(pivot);
  const auto places = access_places(*pivot);
  EXPECT_GT(places.size(), 400U);
  const auto tables = policy::load_access_tables(mappings + "/access", places);
  if (!tables) {
    for (const codec::TableFault& fault : tables.error())
      ADD_FAILURE() << fault.file << ':' << fault.line << ' ' << fault.text;
  }
}

}  // namespace
}  // namespace passerelle::service
