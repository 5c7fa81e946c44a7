// A code list of the pivot: its codes in order, each with its label and the versions that know it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/mapping/table_fault.hpp"

namespace passerelle::mapping {

/// A version of the form (Cerfa 14069*04, *05) or of the national interface (v2).
enum class FormVersion : std::uint8_t { unknown, v2, form_04, form_05 };

[[nodiscard]] std::optional<FormVersion> parse_form_version(std::string_view name) noexcept;
/// The name as tables write it: `unknown`, `v2`, `04`, `05`.
[[nodiscard]] std::string_view form_version_name(FormVersion version) noexcept;

/// Where a row comes from: read in a public source, or ours until the real one is published.
enum class Evidence : std::uint8_t { public_source, assumption };

[[nodiscard]] std::optional<Evidence> parse_evidence(std::string_view name) noexcept;

struct Code {
  std::string code;
  std::string label;
  FormVersion since = FormVersion::unknown;
  std::optional<FormVersion> until;  ///< the last version that knows it; nothing: still known
  Evidence evidence = Evidence::public_source;
  std::string source;
};

struct CodeList {
  std::string name;
  std::vector<Code> codes;

  [[nodiscard]] const Code* find(std::string_view code) const noexcept;
};

using CodeLists = std::map<std::string, CodeList, std::less<>>;

/// Reads every `*.csv` of the folder; the name of a list is that of its file. Appends what is wrong with the
/// tables to `faults`; throws std::system_error when the folder or a file cannot be read.
[[nodiscard]] CodeLists read_code_lists(const std::string& folder, TableFaults& faults);

/// Whether the text is a name in camelCase (ASCII letters and digits, a lower-case letter first).
[[nodiscard]] bool is_camel_case(std::string_view text) noexcept;

}  // namespace passerelle::mapping
