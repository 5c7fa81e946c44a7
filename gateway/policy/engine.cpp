#include "gateway/policy/engine.hpp"

#include <utility>

#include "gateway/policy/check_access.hpp"
#include "gateway/policy/read_access_tables.hpp"

namespace passerelle::policy {
namespace {

void append(codec::TableFaults& faults, codec::TableFaults more) {
  for (codec::TableFault& fault : more) faults.push_back(std::move(fault));
}

}  // namespace

tl::expected<AccessTables, codec::TableFaults> load_access_tables(const std::string& folder,
                                                                  PivotPlaces places) {
  codec::TableFaults faults;
  AccessTables tables = read_access_tables(folder, faults);
  // What a word that is none would have meant cannot be judged.
  const bool words_are_right = faults.empty();
  append(faults, check_fields(tables, places));
  if (words_are_right) {
    append(faults, check_rules(tables));
    append(faults, check_examples(tables));
  }
  if (!faults.empty()) return tl::unexpected(std::move(faults));
  return tables;
}

Engine::Engine(const codec::Shape* pivot)
    : m_pivot(pivot), m_policy(std::make_shared<const AccessPolicy>(AccessTables{}, m_names, pivot)) {}

codec::TableFaults Engine::load(const std::string& folder, PivotPlaces places) {
  auto tables = load_access_tables(folder, places);
  if (!tables) return std::move(tables).error();
  put_in_force(*tables);
  return {};
}

void Engine::put_in_force(const AccessTables& tables) {
  m_policy.store(std::make_shared<const AccessPolicy>(tables, m_names, m_pivot));
}

std::optional<RoleId> Engine::role(std::string_view name) const {
  const auto number = m_names.roles.find(name);
  if (!number) return std::nullopt;
  return RoleId{*number};
}

Ruling Engine::rule(const AccessRequest& request) const noexcept {
  return m_policy.load()->decide(request);
}

tl::expected<Decision, Denial> Engine::decide(Asker asker, const AccessRequest& request) const {
  const std::shared_ptr<const AccessPolicy> policy = m_policy.load();
  const Ruling ruling = policy->decide(request);
  Request asked{std::move(asker), request};
  if (!ruling.permitted) return tl::unexpected(Denial(std::move(asked), ruling.rule));
  const FieldMask* const fields = policy->field_mask();
  return Decision(std::move(asked), ruling, std::shared_ptr<const FieldMask>(policy, fields));
}

Denial Engine::deny(Asker asker, const AccessRequest& request) {
  return {{std::move(asker), request}, denied_by_default};
}

Denial Engine::withhold(const Decision& decision, std::string_view rule) {
  return {decision.request(), rule};
}

}  // namespace passerelle::policy
