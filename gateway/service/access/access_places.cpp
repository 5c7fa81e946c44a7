#include "gateway/service/access/access_places.hpp"

namespace passerelle::service {

std::vector<policy::PivotPlace> access_places(const mapping::PivotCatalogue& pivot) {
  std::vector<policy::PivotPlace> places;
  for (const mapping::PivotField& field : pivot.fields()) {
    if (!field.type.holds_value()) continue;
    policy::PivotPlace place{field.path, {}};
    const auto list = pivot.tables().lists.find(field.type.name);
    if (field.type.kind == mapping::PivotKind::code && list != pivot.tables().lists.end()) {
      for (const mapping::Code& code : list->second.codes) place.codes.push_back(code.code);
    }
    places.push_back(std::move(place));
  }
  places.push_back({"complements", {}});
  return places;
}

}  // namespace passerelle::service
