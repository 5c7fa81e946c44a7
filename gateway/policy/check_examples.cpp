#include <fmt/format.h>

#include "gateway/policy/access_policy.hpp"
#include "gateway/policy/check_access.hpp"

namespace passerelle::policy {
namespace {

/// In what the answer differs from what the example says, in French; empty when in nothing.
std::string difference(const ExampleLine& example, const Ruling& given) {
  if (given.rule != example.rule)
    return fmt::format("la règle « {} » répond, « {} » attendue", given.rule, example.rule);
  if (given.permitted != example.expected.permitted) return "l'effet est l'autre";
  if (given.hidden != example.expected.hidden) return "d'autres classes sont montrées";
  if (given.hidden_own != example.expected.hidden_own)
    return "d'autres classes sont montrées de ce qui est à la personne";
  if (given.obligations != example.expected.obligations) return "d'autres obligations s'appliquent";
  return {};
}

}  // namespace

codec::TableFaults check_examples(const AccessTables& tables) {
  PolicyNames names;
  const AccessPolicy policy(tables, names);
  codec::TableFaults faults;
  for (const ExampleLine& example : tables.examples) {
    AccessRequest request = example.request;
    request.role = RoleId{names.roles.number(example.role)};
    const std::string text = difference(example, policy.decide(request));
    if (!text.empty())
      faults.push_back(
          {tables.file("examples"), example.line, fmt::format("« {} » : {}", example.example, text)});
  }
  return faults;
}

}  // namespace passerelle::policy
