#include "tests/laws/access_requests.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <span>

namespace passerelle::access_model {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

const std::vector<std::string>& territories() {
  static const std::vector<std::string> codes = {"003", "063", "069", "971", "974"};
  return codes;
}

int number(const std::string& day, std::size_t from, std::size_t length) {
  int read = 0;
  std::from_chars(day.data() + from, day.data() + from + length, read);
  return read;
}

std::string shifted(const std::string& day, int days) {
  const year_month_day from{std::chrono::year{number(day, 0, 4)},
                            std::chrono::month{static_cast<unsigned>(number(day, 5, 2))},
                            std::chrono::day{static_cast<unsigned>(number(day, 8, 2))}};
  const year_month_day to = sys_days{from} + std::chrono::days{days};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(to.year()), static_cast<unsigned>(to.month()),
                     static_cast<unsigned>(to.day()));
}

/// The days on which both are in force.
Dates within(const Dates& one, const Dates& other) {
  Dates dates{std::max(one.since, other.since), std::min(one.until, other.until)};
  if (dates.until.empty()) dates.until = std::max(one.until, other.until);
  return dates;
}

/// A line of rules.csv, which ends in `since,until,certainty`, with other dates.
std::string dated(const std::string& line, generation::Dice& dice) {
  const std::size_t certainty = line.rfind(',');
  const std::size_t until = line.rfind(',', certainty - 1);
  const std::size_t since = line.rfind(',', until - 1);
  const std::string begin = dice.percent(50) ? shifted("2020-01-01", dice.even(1, 1000)) : "";
  const std::string end = dice.percent(50) ? shifted("2024-01-01", dice.even(1, 1000)) : "";
  return fmt::format("{},{},{}{}", line.substr(0, since), begin, end, line.substr(certainty));
}

}  // namespace

Request RequestGenerator::next() {
  if (m_dice.below(8) == 0) return uniform();
  const Rule& rule = m_dice.pick(std::span(m_tables.rules));
  const Actor& actor = m_dice.pick(std::span(rule.actors));
  Request request = satisfying(rule, actor);
  constexpr std::array<int, 10> parts_broken = {0, 0, 0, 0, 0, 1, 1, 1, 2, 2};
  for (int left = m_dice.pick(parts_broken); left > 0; --left) break_one(request, rule, actor);
  return request;
}

Request RequestGenerator::uniform() {
  return {.role = word("role"),
          .purpose = word("purpose"),
          .action = word("action"),
          .channel = word("channel"),
          .state = word("state"),
          .relation = word("relation"),
          .ties = some_ties(),
          .asked = some_of(territories(), 20),
          .granted = some_of(territories(), 60),
          .date = any_day()};
}

Request RequestGenerator::satisfying(const Rule& rule, const Actor& actor) {
  Words ties = some_ties();
  ties.insert(rule.ties.begin(), rule.ties.end());
  Words asked = some_of(territories(), 30);
  asked.insert(m_dice.pick(std::span(territories())));
  Words granted = some_of(territories(), 30);
  granted.insert(asked.begin(), asked.end());
  return {.role = actor.role,
          .purpose = actor.purpose,
          .action = one_of(rule.actions),
          .channel = one_of(actor.channels),
          .state = one_of(rule.states),
          .relation = one_of(rule.relations),
          .ties = std::move(ties),
          .asked = std::move(asked),
          .granted = std::move(granted),
          .date = day_in_force(within(rule.dates, actor.dates))};
}

/// A broken part may by chance still suit the rule, or another one.
void RequestGenerator::break_one(Request& request, const Rule& rule, const Actor& actor) {
  const std::uint64_t part = m_dice.below(12);
  if (part < 6) {
    break_word(request, part);
  } else if (part == 6) {
    break_territory(request);
  } else if (part == 7) {
    const bool bounded = !rule.dates.since.empty() || !rule.dates.until.empty();
    request.date = day_out_of_force(bounded && m_dice.percent(50) ? rule.dates : actor.dates);
  } else if (!rule.ties.empty()) {  // most often: what tables most easily get wrong
    request.ties.erase(one_of(rule.ties));
  }
}

void RequestGenerator::break_word(Request& request, std::uint64_t part) {
  if (part == 0) request.role = word("role");
  if (part == 1) request.purpose = word("purpose");
  if (part == 2) request.action = word("action");
  if (part == 3) request.channel = word("channel");
  if (part == 4) request.state = word("state");
  if (part == 5) request.relation = word("relation");
}

void RequestGenerator::break_territory(Request& request) {
  const std::uint64_t way = m_dice.below(3);
  if (way == 0) request.asked.clear();
  if (way == 1 && !request.asked.empty()) request.granted.erase(one_of(request.asked));
  if (way == 2) request.asked.insert(m_dice.pick(std::span(territories())));
}

const std::string& RequestGenerator::word(const std::string& kind) {
  return m_dice.pick(std::span(m_tables.words.at(kind)));
}

const std::string& RequestGenerator::one_of(const Words& words) {
  return *std::next(words.begin(), static_cast<std::ptrdiff_t>(m_dice.below(words.size())));
}

Words RequestGenerator::some_of(const std::vector<std::string>& words, std::uint64_t percent) {
  Words some;
  std::ranges::copy_if(words, std::inserter(some, some.end()),
                       [&](const std::string&) { return m_dice.percent(percent); });
  return some;
}

/// None, few, half, or nearly all: more ties than a rule asks for must change nothing for it.
Words RequestGenerator::some_ties() {
  constexpr std::array<std::uint64_t, 4> shares = {0, 8, 50, 95};
  return some_of(m_tables.words.at("tie"), m_dice.pick(shares));
}

std::string RequestGenerator::any_day() {
  return shifted("2015-01-01", m_dice.even(0, 5000));
}

/// The first or the last day as often as one in between.
std::string RequestGenerator::day_in_force(const Dates& dates) {
  if (dates.since.empty() && dates.until.empty()) return any_day();
  const int way = m_dice.even(0, 2);
  if (way == 0 && !dates.since.empty()) return dates.since;
  if (way == 1 && !dates.until.empty()) return shifted(dates.until, -1);
  if (dates.since.empty()) return shifted(dates.until, -m_dice.even(1, 4000));
  const std::string day = shifted(dates.since, m_dice.even(0, 4000));
  return dates.until.empty() || day < dates.until ? day : dates.since;
}

std::string RequestGenerator::day_out_of_force(const Dates& dates) {
  if (dates.since.empty() && dates.until.empty()) return any_day();
  const bool before = dates.until.empty() || (!dates.since.empty() && m_dice.percent(50));
  const int days = m_dice.percent(50) ? 0 : m_dice.even(0, 1500);
  return before ? shifted(dates.since, -1 - days) : shifted(dates.until, days);
}

void write_dated_tables(const std::filesystem::path& from, const std::filesystem::path& to,
                        std::uint64_t seed) {
  using std::filesystem::copy_options;
  std::filesystem::create_directories(to);
  std::filesystem::copy(from, to, copy_options::recursive | copy_options::overwrite_existing);
  generation::Dice dice(seed);
  std::string line;
  std::ifstream examples(from / "examples.csv");
  std::getline(examples, line);
  std::ofstream(to / "examples.csv") << line << '\n';
  std::ifstream rules(from / "rules.csv");
  std::getline(rules, line);
  std::ofstream written(to / "rules.csv");
  written << line << '\n';
  while (std::getline(rules, line)) written << dated(line, dice) << '\n';
}

}  // namespace passerelle::access_model
