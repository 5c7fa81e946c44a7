// The one table of the life of a demande: which event leads from which state to which, when, under which
// guard, with which effect, by which text.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/codec/csv/table_fault.hpp"
#include "gateway/life/life_words.hpp"

namespace passerelle::life {

/// One line of mappings/registry/vie.csv.
struct LifeEvent {
  std::string name;          ///< kind of the event in the history
  std::string action;        ///< word of the tables of access: who may
  std::vector<State> from;   ///< nothing: the demande begins
  std::optional<State> to;   ///< nothing: the state stays as it is
  std::optional<Term> term;  ///< of a step that the run of a day takes; nothing: an act of someone
  std::vector<Guard> guards;
  std::vector<Effect> effects;
  std::optional<Motive> motive;      ///< of a radiation, or of its end
  std::optional<NoticeKind> notice;  ///< that it opens
  std::string sne;                   ///< type of file by which the SNE is told; empty: it is not
  std::string label;                 ///< French
  std::string source;
  std::string certainty;  ///< `public`, `unsure` or `assumption`

  [[nodiscard]] bool leaves(State state) const noexcept;
  [[nodiscard]] bool does(Effect effect) const noexcept;
  [[nodiscard]] bool asks_for(Guard guard) const noexcept;
  /// Whether another state is seen afterwards.
  [[nodiscard]] bool changes_state() const noexcept;
};

class LifeTable {
 public:
  /// Appends the faults of the table: an unknown word, an event twice, a state that nothing leads to or, but
  /// for the last one, that nothing leaves.
  [[nodiscard]] static LifeTable read(const std::filesystem::path& file, codec::TableFaults& faults);

  [[nodiscard]] const std::vector<LifeEvent>& events() const noexcept { return m_events; }
  /// Nothing when there is no such event.
  [[nodiscard]] const LifeEvent* find(std::string_view name) const noexcept;

 private:
  std::vector<LifeEvent> m_events;
};

}  // namespace passerelle::life
