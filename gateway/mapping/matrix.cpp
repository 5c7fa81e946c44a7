#include "gateway/mapping/matrix.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::mapping {
namespace {

std::string cell_text(const PlanLine& line) {
  return fmt::format("{} {}", relation_sign(line.relation), loss_word(line.loss));
}

std::string cell(const Plan& plan, codec::NodeId field) {
  std::string text;
  for (const PlanLine& line : plan.lines) {
    const bool carries =
        !line.external.empty() && std::ranges::find(line.pivot, field, &Address::node) != line.pivot.end();
    if (!carries) continue;
    const std::string said = cell_text(line);
    if (text.find(said) != std::string::npos) continue;
    text += (text.empty() ? "" : " / ") + said;
  }
  const LineId covered = plan.covered_by[field];
  if (text.empty() && covered != no_line) text = cell_text(plan.lines[covered]);
  return text;
}

}  // namespace

std::string loss_matrix(const PivotCatalogue& catalogue, std::span<const Plan* const> plans) {
  std::string matrix = "champ,classe";
  for (const Plan* plan : plans) matrix += "," + plan->name();
  matrix += '\n';
  const codec::Shape& shape = catalogue.shape();
  for (codec::NodeId id = 0; id < shape.size(); ++id) {
    const PivotField* field = catalogue.field(id);
    if (field == nullptr || !shape.node(id).holds_value()) continue;
    matrix += fmt::format("{},{}", field->path, rgpd_class_name(field->rgpd));
    for (const Plan* plan : plans) matrix += "," + cell(*plan, id);
    matrix += '\n';
  }
  return matrix;
}

}  // namespace passerelle::mapping
