#include "gateway/life/life_table.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "gateway/codec/csv/table_rows.hpp"

namespace passerelle::life {
namespace {

using codec::TableFaults;
using codec::TableRows;

constexpr auto columns =
    std::to_array<std::string_view>({"evenement", "action", "de", "vers", "terme", "garde", "effets", "motif",
                                     "sne", "libelle", "fondement", "certitude"});

template <typename Value>
struct Listed {
  std::vector<Value> values;
};

/// Every word of a cell; nothing when one is unknown.
template <typename Value, std::size_t size>
std::optional<Listed<Value>> read_list(const std::array<words::Word<Value>, size>& all,
                                       std::string_view text) {
  Listed<Value> list;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const auto value = words::parse(all, text.substr(0, end));
    if (!value) return std::nullopt;
    list.values.push_back(*value);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return list;
}

/// The word of a cell, or that it is empty; nothing when it is unknown.
template <typename Value, std::size_t size>
std::optional<std::optional<Value>> read_one(const std::array<words::Word<Value>, size>& all,
                                             std::string_view text) {
  if (text.empty()) return std::optional<Value>{};
  const auto value = words::parse(all, text);
  if (!value) return std::nullopt;
  return value;
}

/// What the column `motif` says: why a demande is radiated, or what a notice warns of.
bool read_motive(std::string_view text, LifeEvent& event) {
  if (text.empty()) return true;
  event.motive = words::parse(words::motives, text);
  if (event.motive) return true;
  event.notice = words::parse(words::notices, text);
  return event.notice.has_value();
}

std::optional<LifeEvent> read_event(const TableRows& rows, std::size_t row, TableFaults& faults) {
  const auto from = rows.parsed(
      row, "de", [](std::string_view text) { return read_list(words::states, text); }, faults);
  const auto to = rows.parsed(
      row, "vers", [](std::string_view text) { return read_one(words::states, text); }, faults);
  const auto term = rows.parsed(
      row, "terme", [](std::string_view text) { return read_one(words::terms, text); }, faults);
  const auto guards = rows.parsed(
      row, "garde", [](std::string_view text) { return read_list(words::guards, text); }, faults);
  const auto effects = rows.parsed(
      row, "effets", [](std::string_view text) { return read_list(words::effects, text); }, faults);
  if (!from || !to || !term || !guards || !effects) return std::nullopt;
  LifeEvent event{.name = rows.text(row, "evenement"),
                  .action = rows.text(row, "action"),
                  .from = from->values,
                  .to = *to,
                  .term = *term,
                  .guards = guards->values,
                  .effects = effects->values,
                  .motive = {},
                  .notice = {},
                  .sne = rows.text(row, "sne"),
                  .label = rows.text(row, "libelle"),
                  .source = rows.text(row, "fondement"),
                  .certainty = rows.text(row, "certitude")};
  if (!read_motive(rows.text(row, "motif"), event)) {
    faults.push_back(rows.fault(row, "motif inconnu"));
    return std::nullopt;
  }
  if (event.does(Effect::warn) != event.notice.has_value())
    faults.push_back(rows.fault(row, "un avertissement prévient d'une chose, et rien d'autre n'en prévient"));
  return event;
}

void check_states(const std::vector<LifeEvent>& events, const std::string& file, TableFaults& faults) {
  for (const auto& [state, word] : words::states) {
    // A frozen demande keeps the state that it comes back to: no line leads there by name.
    const bool entered = state == State::frozen || std::ranges::any_of(events, [&](const LifeEvent& event) {
                           return event.to == state;
                         });
    const bool left = state == State::erased || std::ranges::any_of(events, [&](const LifeEvent& event) {
                        return event.leaves(state);
                      });
    if (!entered) faults.push_back({file, 0, fmt::format("rien ne mène à l'état « {} »", word)});
    if (!left) faults.push_back({file, 0, fmt::format("rien ne sort de l'état « {} »", word)});
  }
}

}  // namespace

bool LifeEvent::leaves(State state) const noexcept {
  return std::ranges::find(from, state) != from.end();
}

bool LifeEvent::does(Effect effect) const noexcept {
  return std::ranges::find(effects, effect) != effects.end();
}

bool LifeEvent::asks_for(Guard guard) const noexcept {
  return std::ranges::find(guards, guard) != guards.end();
}

bool LifeEvent::changes_state() const noexcept {
  return to.has_value() || does(Effect::freeze) || does(Effect::thaw);
}

LifeTable LifeTable::read(const std::filesystem::path& file, TableFaults& faults) {
  const TableRows rows(file.string(), columns, faults, codec::Quotes::nothing);
  LifeTable table;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    auto event = read_event(rows, row, faults);
    if (!event) continue;
    if (event->name.empty() || table.find(event->name) != nullptr)
      faults.push_back(rows.fault(row, "événement sans nom, ou déjà donné"));
    table.m_events.push_back(std::move(*event));
  }
  if (faults.empty()) check_states(table.m_events, file.string(), faults);
  return table;
}

const LifeEvent* LifeTable::find(std::string_view name) const noexcept {
  const auto found = std::ranges::find(m_events, name, &LifeEvent::name);
  return found == m_events.end() ? nullptr : &*found;
}

}  // namespace passerelle::life
