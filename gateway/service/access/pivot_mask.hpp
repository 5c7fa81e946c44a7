// Shows the stored text of a demande as a decision allows it.
#pragma once

#include <memory>
#include <string>

#include "gateway/codec/shape.hpp"
#include "gateway/model/personal.hpp"
#include "gateway/policy/decision.hpp"

namespace passerelle::service {

class PivotText;

/// Keeps its working memory from one demande to the next: one for an export, or for a thread.
class PivotMask {
 public:
  /// The shape of the pivot, the same as that of the engine that decides; outlives it.
  explicit PivotMask(const codec::Shape& pivot);
  PivotMask(const PivotMask&) = delete;
  PivotMask& operator=(const PivotMask&) = delete;
  ~PivotMask();

  /// What a decision leaves of a demande, both one line of JSON; the same text, unread, when it hides
  /// nothing. Throws std::logic_error, so that nothing is shown, for a text that is no demande and as
  /// policy::Decision::mask does.
  [[nodiscard]] model::Personal<std::string> apply(model::Personal<std::string> pivot,
                                                   const policy::Decision& decision,
                                                   const policy::Viewing& viewing);
  /// The same as a record of the pivot, valid until the next call.
  [[nodiscard]] const codec::Record& read(const model::Personal<std::string>& pivot,
                                          const policy::Decision& decision, const policy::Viewing& viewing);
  /// Whether a demande says something of some classes, whatever the decision shows.
  [[nodiscard]] bool holds(const model::Personal<std::string>& pivot, const policy::Decision& decision,
                           policy::FieldClasses classes);

 private:
  PivotText& workspace();

  const codec::Shape* m_pivot;
  std::unique_ptr<PivotText> m_workspace;  // made when something is hidden
};

}  // namespace passerelle::service
