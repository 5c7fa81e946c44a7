#include "gateway/service/access/pivot_mask.hpp"

#include "gateway/service/access/pivot_text.hpp"

namespace passerelle::service {

PivotMask::PivotMask(const codec::Shape& pivot) : m_pivot(&pivot) {}
PivotMask::~PivotMask() = default;

PivotText& PivotMask::workspace() {
  if (!m_workspace) m_workspace = std::make_unique<PivotText>(*m_pivot);
  return *m_workspace;
}

model::Personal<std::string> PivotMask::apply(model::Personal<std::string> pivot,
                                              const policy::Decision& decision,
                                              const policy::Viewing& viewing) {
  if (decision.shows_everything()) return pivot;
  decision.mask(workspace().read(pivot.reveal()), viewing);
  return model::Personal(workspace().write());
}

const codec::Record& PivotMask::read(const model::Personal<std::string>& pivot,
                                     const policy::Decision& decision, const policy::Viewing& viewing) {
  codec::Record& record = workspace().read(pivot.reveal());
  decision.mask(record, viewing);
  return record;
}

bool PivotMask::holds(const model::Personal<std::string>& pivot, const policy::Decision& decision,
                      policy::FieldClasses classes) {
  return decision.takes_out(workspace().read(pivot.reveal()), classes);
}

}  // namespace passerelle::service
