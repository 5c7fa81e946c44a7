// Which pivot field a column of a partner most likely is, by its name alone.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/mapping/code_list.hpp"
#include "gateway/mapping/table_fault.hpp"

namespace passerelle::mapping {

/// The words of a name, lower case without accents, in alphabetical order, each once: `DT_NAISS` and
/// `dateNaissance` both give `date naissance` with the abbreviations of mappings/draft.
class ColumnNames {
 public:
  /// What a synonym proposes for a column that must not be kept.
  static constexpr std::string_view by_law = "by-law";

  /// Reads abbreviations.csv, synonyms.csv and codes.csv of the folder (mappings/draft); throws
  /// std::system_error when one cannot be read.
  ColumnNames(const std::filesystem::path& folder, TableFaults& faults);

  /// What a mapping line writes in its pivot column for the place of a sample (`ENF2_NOM` gives
  /// `personnesACharge[2].nom`, `enfants[].nom` gives `personnesACharge[n].nom`), `by-law`, or nothing.
  [[nodiscard]] std::optional<std::string> propose(std::string_view path) const;

  /// The code of a pivot list that a partner's code most likely means: the same word, the same label, or one
  /// that codes.csv names.
  [[nodiscard]] std::optional<std::string> propose_code(const CodeList& list, std::string_view code) const;

  /// The key under which a name is looked up; digits apart, in `number` when there is one.
  [[nodiscard]] std::string key(std::string_view name, std::string& number) const;

  /// Each proposal, for its own test: key, then what is proposed.
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& proposals() const noexcept {
    return m_pivot_of_key;
  }

 private:
  std::map<std::string, std::string, std::less<>> m_means;
  std::map<std::string, std::string, std::less<>> m_pivot_of_key;
  std::map<std::pair<std::string, std::string>, std::string> m_pivot_of_code;  ///< by list and folded code
};

/// Lower-case ASCII letters and digits of a text, without accents, for comparing names; other characters are
/// blanks, and a capital after a small letter begins a word.
[[nodiscard]] std::string folded(std::string_view text);

}  // namespace passerelle::mapping
