// A sample file read for what it shows of a format: places in their order, and what their values could be.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/mapping/draft_guess.hpp"

namespace passerelle::mapping {

enum class SampleKind : std::uint8_t {
  value,   ///< a column, or a member with a value
  values,  ///< a list of values
  group,
  list,  ///< of groups
};

/// One place of the sample. Groups and lists stand before what they hold.
struct SamplePlace {
  std::string
      path;  ///< as a structure file writes it: `NOM`, `salarie.nom`, `enfants[].prenom`, `/entete.lot`
  SampleKind kind = SampleKind::value;
  ValueGuess guess;
};

struct Sample {
  std::string codec;
  std::string charset = "utf-8";
  char separator = ',';          ///< csv only
  bool byte_order_mark = false;  ///< csv only
  bool carriage_return = false;  ///< csv only: lines end with CR LF
  std::size_t records = 0;
  std::vector<SamplePlace> places;
};

/// At most that much of a sample is of use.
inline constexpr std::size_t sample_bytes = std::size_t{16} * 1024 * 1024;

/// Reads a CSV sample: a header row, then rows. UTF-8, else Windows-1252; `;`, `,` or tabulation. Answers in
/// French why it cannot, naming columns and lines, never a value.
[[nodiscard]] tl::expected<Sample, std::string> read_csv_sample(std::string_view bytes);

/// Reads a JSON sample: one object a line, or an array of objects; a first object whose only member is
/// `entete` is the envelope. Answers in French why it cannot.
[[nodiscard]] tl::expected<Sample, std::string> read_json_sample(std::string_view bytes);

}  // namespace passerelle::mapping
