// What an event says beside its kind and day: a piece of the pivot, checked, sealed, shown as the rules say.
#pragma once

#include <optional>
#include <string>

#include "gateway/codec/shape.hpp"
#include "gateway/life/civil_day.hpp"
#include "gateway/life/detail_table.hpp"
#include "gateway/model/personal.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// A detail as it is kept.
struct EventDetail {
  model::Personal<std::string> pivot;                    ///< one line of JSON
  std::optional<model::Personal<std::string>> dwelling;  ///< that it is about, in one word
  std::optional<life::Day> answer_by = {};               ///< last day to answer an offer, when it says one
  bool excepted = false;  ///< it says why there are fewer than three candidates (CCH R441-3)
};

/// What is said of an event, one line of JSON of the pivot; nothing when nothing is. Refuses what is no piece
/// of the pivot, a place that is not of that event (mappings/registry/vie-details.csv), one that is missing,
/// and more than one item of a list that the event is about: all faults at once, thrown as a Refusal.
[[nodiscard]] std::optional<EventDetail> read_detail(const codec::Shape& pivot,
                                                     const life::DetailTable& table, std::string_view event,
                                                     const std::optional<model::Personal<std::string>>& said);

/// Of a whole demande, what the detail of an event may have; nothing when it has none of it.
[[nodiscard]] std::optional<model::Personal<std::string>> detail_within(
    const codec::Shape& pivot, const life::DetailTable& table, std::string_view event,
    const model::Personal<std::string>& demande);

/// The detail of an offer as that of its refusal by silence.
[[nodiscard]] model::Personal<std::string> detail_of_silence(const codec::Shape& pivot,
                                                             const model::Personal<std::string>& offer);

/// Where the detail of an event belongs.
[[nodiscard]] std::string detail_place(const model::Uuid& demande, int rank);
/// The keyed hash by which the candidates for a dwelling are counted.
[[nodiscard]] store::Bytes dwelling_mac(const Registry& registry,
                                        const model::Personal<std::string>& dwelling);

}  // namespace passerelle::service
