// Where one demande stands in its life, what may happen to it, and what its calendar has in store.
#pragma once

#include <optional>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/life/civil_day.hpp"
#include "gateway/life/life_parameters.hpp"
#include "gateway/life/life_table.hpp"

namespace passerelle::life {

/// A warning before a radiation (CCH R441-2-8 c and d).
struct Notice {
  NoticeKind kind{};
  Day opened_on{};
  std::optional<Day> served_on = {};  ///< proven

  friend bool operator==(const Notice&, const Notice&) = default;
};

/// An offer of a dwelling that waits for its answer (CCH R441-10).
struct Offer {
  int rank = 0;  ///< of the event that made it
  Day made_on{};
  std::optional<Day> answer_by = {};  ///< last day to answer, when it gives more time than the law

  friend bool operator==(const Offer&, const Offer&) = default;
};

/// Everything that the calendar of a demande depends on.
struct DemandeLife {
  State state = State::active;              ///< never `frozen`: what it comes back to
  Day valid_from{};                         ///< of the deposit, or of the last renewal
  std::optional<Day> preavis_on = {};       ///< of this validity
  std::optional<Notice> notice = {};        ///< open
  std::optional<Day> inadmissible_on = {};  ///< by a commission
  std::optional<Day> radiated_on = {};
  std::optional<Motive> motive = {};
  bool shut = false;  ///< it cannot be reactivated any more
  std::optional<Day> frozen_on = {};
  std::vector<Offer> offers = {};  ///< that wait, in order of ranks

  /// As people see it.
  [[nodiscard]] State shown_state() const noexcept { return frozen_on ? State::frozen : state; }

  friend bool operator==(const DemandeLife&, const DemandeLife&) = default;
};

/// Why an event does not happen to a demande.
enum class LifeRefusal : std::uint8_t {
  state,    ///< it does not leave this state
  notice,   ///< there is a notice, or there is none, or it was delivered already
  finding,  ///< no commission found it inadmissible
  window,   ///< it cannot come back, or no more
};

/// An event of a day.
struct Happening {
  const LifeEvent& event;  ///< no beginning
  Day day;
  std::optional<Offer> offer = {};  ///< that it makes or, by its rank, answers
};

/// What the life is after an event.
[[nodiscard]] tl::expected<DemandeLife, LifeRefusal> after_event(const Happening& happening, DemandeLife life,
                                                                 const Parameters& parameters);

/// The offer whose silence is noted first, and the day on which it is: the one after its last day to answer.
struct Silence {
  Offer offer;
  Day day;
};
/// Nothing when no offer waits.
[[nodiscard]] std::optional<Silence> first_silence(const DemandeLife& life, const Parameters& parameters);

/// The last day on which a radiated demande may come back; nothing when it may not (arrêté of 23 March 2015,
/// annex 6).
[[nodiscard]] std::optional<Day> window_end(const DemandeLife& life, const Parameters& parameters);

/// The next step of a run, and the first day on which it is due, which may have passed.
struct DueStep {
  const LifeEvent* event = nullptr;
  Day day{};
};
/// The earliest; of several on one day the first of the table. Nothing when none will ever be.
[[nodiscard]] std::optional<DueStep> next_step(const LifeTable& table, const DemandeLife& life,
                                               const Parameters& parameters);

/// What the run of a day does next: of all that is due by then, the first of the table, whatever came first;
/// nothing when nothing is.
[[nodiscard]] const LifeEvent* due_step(const LifeTable& table, const DemandeLife& life,
                                        const Parameters& parameters, Day day);

}  // namespace passerelle::life
