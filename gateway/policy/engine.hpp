// The policy engine: the tables in force, changed while it answers, and the only maker of decisions.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/codec/csv/table_fault.hpp"
#include "gateway/policy/access_policy.hpp"
#include "gateway/policy/decision.hpp"

namespace passerelle::policy {

/// Safe for any number of threads; one that loads never makes one that asks wait for its checks.
class Engine {
 public:
  /// Denies everything until tables are loaded. Decisions mask records of the pivot's shape, which outlives
  /// them; without one they can only show a record whole or not at all.
  explicit Engine(const codec::Shape* pivot = nullptr);

  /// Checks the tables of a folder whole and puts them in force for every later request; what is wrong with
  /// them is returned, and then those in force stay. Throws std::system_error when a file cannot be read.
  /// `places` are those of the pivot, for its classes.
  [[nodiscard]] codec::TableFaults load(const std::string& folder, PivotPlaces places);
  /// The same for tables read already and without fault.
  void put_in_force(const AccessTables& tables);

  /// The role that tables call so, or nothing when none that was ever loaded does.
  [[nodiscard]] std::optional<RoleId> role(std::string_view name) const;

  /// The answer of the tables in force. Without I/O nor allocation.
  [[nodiscard]] Ruling rule(const AccessRequest& request) const noexcept;
  /// The same as what a use case wants; it masks by the tables that answered, whatever is loaded later.
  [[nodiscard]] tl::expected<Decision, Denial> decide(Asker asker, const AccessRequest& request) const;
  /// What is asked in a role that no table has.
  [[nodiscard]] static Denial deny(Asker asker, const AccessRequest& request);
  /// What the tables permit and a condition of theirs refuses: no reason given, a quota used up.
  [[nodiscard]] static Denial withhold(const Decision& decision, std::string_view rule);

 private:
  const codec::Shape* m_pivot;
  PolicyNames m_names;
  std::atomic<std::shared_ptr<const AccessPolicy>> m_policy;
};

/// The tables of a folder, or every fault of them: of cells and fields; of rules and examples too once every
/// cell is right. Throws std::system_error when a file cannot be read.
[[nodiscard]] tl::expected<AccessTables, codec::TableFaults> load_access_tables(const std::string& folder,
                                                                                PivotPlaces places);

}  // namespace passerelle::policy
