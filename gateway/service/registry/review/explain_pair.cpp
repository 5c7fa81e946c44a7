#include "gateway/service/registry/review/explain_pair.hpp"

#include <algorithm>

#include "gateway/linking/explain/render.hpp"
#include "gateway/service/registry/filed_household.hpp"

namespace passerelle::service {
namespace {

std::vector<linking::Cells> cells_of(const Registry& registry, const store::Result& answer) {
  std::vector<linking::Cells> cells;
  for (const store::FoundPresentation& one : store::read_presentations(answer))
    cells.push_back(registry.linker->cells(open_facts(registry, one)));
  return cells;
}

}  // namespace

std::string explain_pair(const Registry& registry, store::Transaction& transaction,
                         const store::DemandeId& demande, const model::Uuid& other) {
  if (registry.linker == nullptr) return {};
  store::queue_presentations(transaction, demande);
  store::queue_presentations(transaction, {demande.territory, other});
  const auto answers = transaction.flush();
  const auto one = cells_of(registry, answers[answers.size() - 2]);
  const auto two = cells_of(registry, answers.back());
  if (one.empty() || two.empty()) return {};
  const auto judged = registry.linker->judge(one, two);
  const auto most = std::ranges::max_element(judged, {}, &linking::Judgement::log_odds) - judged.begin();
  const auto rank = static_cast<std::size_t>(most);
  return linking::render_text(registry.linker->explain(one[rank / two.size()], two[rank % two.size()]));
}

}  // namespace passerelle::service
