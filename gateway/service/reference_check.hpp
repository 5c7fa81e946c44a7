// Holds a demande in the pivot against the reference geography.
#pragma once

#include <vector>

#include "gateway/codec/record.hpp"
#include "gateway/mapping/pivot_catalogue.hpp"
#include "gateway/model/fault.hpp"
#include "gateway/model/geography.hpp"

namespace passerelle::service {

/// Finds communes that the official code never had. Both arguments outlive it; without geography it finds
/// nothing.
class ReferenceCheck {
 public:
  ReferenceCheck(const mapping::PivotCatalogue& catalogue, const model::Geography* geography);

  /// Appends one anomaly for each well-formed commune code that is not known; the value stays where it is.
  void run(const codec::Record& pivot, model::Faults& faults) const;

 private:
  const model::Geography* m_geography;
  std::vector<bool> m_communes;  ///< per node of the pivot
};

}  // namespace passerelle::service
