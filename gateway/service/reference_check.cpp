#include "gateway/service/reference_check.hpp"

namespace passerelle::service {

ReferenceCheck::ReferenceCheck(const mapping::PivotCatalogue& catalogue, const model::Geography* geography)
    : m_geography(geography), m_communes(catalogue.shape().size()) {
  for (codec::NodeId id = 0; id < m_communes.size(); ++id) {
    const mapping::PivotField* field = catalogue.field(id);
    m_communes[id] = field != nullptr && field->type.kind == mapping::PivotKind::commune;
  }
}

void ReferenceCheck::run(const codec::Record& pivot, model::Faults& faults) const {
  if (m_geography == nullptr) return;
  for (const codec::Leaf& leaf : pivot.leaves()) {
    if (!m_communes[leaf.node] || pivot.value(leaf).state() != codec::ValueState::text) continue;
    const auto fault = m_geography->check_commune(pivot.value(leaf).reveal());
    // A code of wrong form has been told by its type already.
    if (fault != model::FaultCode::value_commune_unknown) continue;
    faults.push_back(model::make_fault(*fault, pivot.path(*leaf.frame, leaf.node), leaf.at));
  }
}

}  // namespace passerelle::service
