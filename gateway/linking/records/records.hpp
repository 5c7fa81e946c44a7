// Records ready to link: every field as the rank of its normalised value, rows in canonical order.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/linking/records/dictionary.hpp"
#include "gateway/linking/records/sketch.hpp"
#include "gateway/linking/spec/linking_spec.hpp"

namespace passerelle::linking {

/// The rank of a record in canonical order: the left file first, ids in the order of their bytes.
using RecordId = std::uint32_t;

/// One fact about each record.
struct Field {
  Kind kind = Kind::ignore;
  std::string label;                       ///< name of the column
  std::size_t dictionary = 0;              ///< rank in Records::dictionaries
  std::vector<ValueId> value;              ///< by record
  std::vector<std::uint32_t> count;        ///< records holding each value
  std::uint32_t known = 0;                 ///< records holding any value
  std::vector<std::uint32_t> begin_alike;  ///< of first names, by value: records whose first word is the same
  std::vector<RecordId> disarmed;          ///< records whose value too many people share, taken for missing
};

struct Records {
  std::size_t left_size = 0;  ///< records of the first file; all of them when there is one file
  bool two_files = false;
  std::vector<std::string_view> ids;
  std::vector<Field> fields;
  std::vector<Dictionary> dictionaries;
  std::vector<ValueId> rows;                     ///< the same values by record, then by field
  std::vector<Sketch> sketches;                  ///< of these values, in the same places
  std::vector<ValueId> demande;                  ///< by record; empty without such a column
  std::vector<std::uint8_t> nir_contradictions;  ///< by record; empty without a NIR (normalise/nir_check.hpp)
  std::shared_ptr<std::deque<std::string>> storage;  ///< what the ids point into

  [[nodiscard]] std::size_t size() const noexcept { return ids.size(); }
  [[nodiscard]] const Dictionary& dictionary(const Field& field) const {
    return dictionaries[field.dictionary];
  }
  [[nodiscard]] std::string_view text(const Field& field, RecordId record) const {
    return dictionary(field).text(field.value[record]);
  }
  /// The value of a record in each field, side by side.
  [[nodiscard]] const ValueId* row(RecordId record) const noexcept {
    return rows.data() + record * fields.size();
  }
  [[nodiscard]] const Sketch* sketches_of(RecordId record) const noexcept {
    return sketches.data() + record * fields.size();
  }
  /// The first field of a kind, or null.
  [[nodiscard]] const Field* field(Kind kind) const noexcept;
  /// Pairs that could be compared: all of one file, or left times right.
  [[nodiscard]] double pair_count() const noexcept;
  /// Whether a pair may be compared at all: across files when there are two.
  [[nodiscard]] bool comparable(RecordId a, RecordId b) const noexcept {
    return !two_files || (a < left_size) != (b < left_size);
  }
};

}  // namespace passerelle::linking
