// The rules of the tables, compiled: an immutable index that answers requests without I/O nor allocation.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "gateway/policy/access_tables.hpp"
#include "gateway/policy/field_mask.hpp"
#include "gateway/policy/names.hpp"

namespace passerelle::policy {

/// Numbers and texts that outlive any one version of the tables.
struct PolicyNames {
  Names roles;
  Names texts;
};

/// One actor of one rule, as bits: what must be among the parts of a request.
struct CompiledLine {
  std::uint64_t admits = 0;  ///< purpose, channels, states and relations, each kind in bits of its own
  std::uint64_t ties = 0;    ///< all of them needed
  Period period;
  std::uint32_t ruling = 0;
};

class AccessPolicy {
 public:
  /// Compiles tables that have no fault; `names`, and the shape of the pivot, outlive it. Without a shape it
  /// has no mask.
  AccessPolicy(const AccessTables& tables, PolicyNames& names, const codec::Shape* pivot = nullptr);

  /// The answer of the tables (docs/access.md, "The answer"); views live as long as the names.
  [[nodiscard]] Ruling decide(const AccessRequest& request) const noexcept;
  /// What the same tables say of fields; lives as long as this.
  [[nodiscard]] const FieldMask* field_mask() const noexcept {
    return m_field_mask ? &*m_field_mask : nullptr;
  }

 private:
  using Bounds = std::span<const CompiledLine>;

  void add_rules(const AccessTables& tables, PolicyNames& names,
                 std::vector<std::vector<CompiledLine>>& cells);
  [[nodiscard]] Bounds lines_of(RoleId role, Action action) const noexcept;

  std::vector<CompiledLine> m_lines;   // by role and action, in the order of the tables
  std::vector<std::uint32_t> m_first;  // of a role and action; the next one ends them
  std::vector<Ruling> m_rulings;
  std::optional<FieldMask> m_field_mask;
};

}  // namespace passerelle::policy
