// The shipped formats and conversions between them in memory, for laws.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/service/convert.hpp"
#include "tests/laws/leaf_walker.hpp"

namespace passerelle::laws {

/// Every message of every shipped peer, loaded once for the program.
class ShippedFormats {
 public:
  static ShippedFormats& get();

  /// `peer@version:message` of each.
  [[nodiscard]] std::vector<std::string> names() const;
  /// Throws std::runtime_error with the faults of its tables.
  [[nodiscard]] const mapping::Format& format(const std::string& name);
  [[nodiscard]] mapping::Formats& formats() noexcept { return m_formats; }

 private:
  ShippedFormats();

  mapping::TableFaults m_faults;
  mapping::Formats m_formats;
};

struct Converted {
  std::string out;
  std::string receipt;
  std::vector<std::string> faults;  ///< `PAS-... path`
  std::string problem;              ///< of a request that cannot run
};

[[nodiscard]] Converted convert(std::string_view from, std::string_view to, std::string_view text);

/// What a receipt adds up to, demande by demande; 0 is the envelope.
[[nodiscard]] LeafCounts counts_of(const std::string& receipt);
/// The demandes that a receipt says were refused, from 1.
[[nodiscard]] std::set<std::uint64_t> refused_of(const std::string& receipt);

}  // namespace passerelle::laws
