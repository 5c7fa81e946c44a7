// Two demandes side by side, place by place: what agrees, what is near, what differs, what is not known.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/codec/record.hpp"
#include "gateway/model/personal.hpp"

namespace passerelle::service {

enum class Likeness : std::uint8_t {
  same,
  spelt,  ///< the same but for case, accents, spaces and hyphens
  near,   ///< a slip of the keyboard, a day and month turned round, one of several contacts
  differs,
  unknown,  ///< on one side at least
};

/// `=`, `~`, `≠` or `-`: what tells without colour.
[[nodiscard]] std::string_view mark_of(Likeness likeness) noexcept;
/// The same in French.
[[nodiscard]] std::string_view words_of(Likeness likeness) noexcept;

struct ComparedField {
  std::string place;  ///< of the pivot, with ranks from 1
  model::Personal<std::string> one;
  model::Personal<std::string> two;
  Likeness likeness;
};

/// Identity, contacts and address of the demandeur and of each cotitulaire, in their order; places that
/// neither side shows are left out. Both are records of the pivot.
[[nodiscard]] std::vector<ComparedField> compare_sides(const codec::Record& one, const codec::Record& two);

/// How two texts of one place agree.
[[nodiscard]] Likeness compare_texts(std::string_view one, std::string_view two);
/// The same of dates: `1990-03-01` is near `1990-01-03` and any date with two parts the same.
[[nodiscard]] Likeness compare_dates(std::string_view one, std::string_view two);

}  // namespace passerelle::service
