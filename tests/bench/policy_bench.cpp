// Measures one decision of access with 1 000 rules: median, 99 of 100, allocations; `policy_bench
// [decisions]`, Release only. Rules by chance, spread over roles and actions as in the shipped tables; then
// the worst that tables can do to the index: 1 000 rules of one role for one action, of which only the last
// answers.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <new>
#include <random>
#include <thread>

#include "gateway/policy/engine.hpp"

namespace {

std::atomic<long> allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace passerelle::policy {
namespace {

constexpr std::size_t rule_count = 1000;
constexpr std::size_t role_count = 32;
using Chance = std::mt19937_64;

template <typename Word>
Word any_word(Chance& chance) {
  return static_cast<Word>(chance() % words_of<Word>.size());
}

template <typename Word>
WordSet<Word> any_words(Chance& chance, std::size_t count) {
  WordSet<Word> words;
  for (std::size_t n = 0; n < count; ++n) words.insert(any_word<Word>(chance));
  return words;
}

/// One role and actor for each purpose of each role.
AccessTables tables_without_rules() {
  AccessTables tables;
  for (std::size_t role = 0; role < role_count; ++role) {
    tables.roles.push_back({.role = fmt::format("role-{}", role), .ties = Ties::all()});
    for (std::size_t purpose = 0; purpose < words_of<Purpose>.size(); ++purpose) {
      ActorLine actor{.actor = fmt::format("acteur-{}-{}", role, purpose), .role = role};
      actor.purpose = static_cast<Purpose>(purpose);
      actor.channels = Channels::all();
      tables.actors.push_back(std::move(actor));
    }
  }
  return tables;
}

AccessTables spread_tables(Chance& chance) {
  AccessTables tables = tables_without_rules();
  for (std::size_t n = 0; n < rule_count; ++n) {
    tables.rules.push_back({.rule = fmt::format("regle-{}", n),
                            .actors = {chance() % tables.actors.size()},
                            .actions = any_words<Action>(chance, 3),
                            .states = any_words<State>(chance, 3),
                            .relations = {Relation::aucune},
                            .ties = any_words<Tie>(chance, 3),
                            .shown = any_words<FieldClass>(chance, 20)});
  }
  return tables;
}

AccessTables crowded_tables() {
  AccessTables tables = tables_without_rules();
  for (std::size_t n = 0; n < rule_count; ++n) {
    const bool last = n + 1 == rule_count;
    tables.rules.push_back({.rule = fmt::format("regle-{}", n),
                            .actors = {0},
                            .actions = {Action::show_demande},
                            .states = States::all(),
                            .relations = Relations::all(),
                            .ties = last ? Ties{} : Ties{Tie::motif_urgent}});
  }
  return tables;
}

template <typename Word>
Word first_word(WordSet<Word> words) {
  return static_cast<Word>(std::countr_zero(words.bits()));
}

/// What one of the rules permits.
AccessRequest fitting_request(const Engine& engine, const AccessTables& tables, Chance& chance) {
  const RuleLine& rule = tables.rules[chance() % tables.rules.size()];
  const ActorLine& actor = tables.actors[rule.actors.front()];
  AccessRequest request{.role = *engine.role(tables.roles[actor.role].role),
                        .purpose = actor.purpose,
                        .action = first_word(rule.actions),
                        .state = first_word(rule.states),
                        .relation = first_word(rule.relations),
                        .ties = rule.ties | any_words<Tie>(chance, 3)};
  request.asked.insert("063");
  request.granted.insert("063");
  return request;
}

AccessRequest any_request(const Engine& engine, Chance& chance) {
  AccessRequest request{.role = *engine.role(fmt::format("role-{}", chance() % role_count)),
                        .purpose = any_word<Purpose>(chance),
                        .action = any_word<Action>(chance),
                        .channel = any_word<Channel>(chance),
                        .state = any_word<State>(chance),
                        .relation = Relation::aucune,
                        .ties = any_words<Tie>(chance, 12)};
  request.asked.insert("063");
  request.granted.insert("063");
  return request;
}

AccessRequest crowded_request(const Engine& engine) {
  AccessRequest request{.role = *engine.role("role-0"), .action = Action::show_demande};
  request.asked.insert("063");
  request.granted.insert("063");
  return request;
}

using Clock = std::chrono::steady_clock;

struct Times {
  std::vector<std::int64_t> nanoseconds;

  [[nodiscard]] std::int64_t at(double share) {
    const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(nanoseconds.size() - 1));
    std::nth_element(nanoseconds.begin(), nanoseconds.begin() + place, nanoseconds.end());
    return nanoseconds[static_cast<std::size_t>(place)];
  }
};

/// The time of each call of `work`, what reading the clock costs included.
template <typename Work>
Times time_each(std::size_t count, Work work) {
  Times times;
  times.nanoseconds.reserve(count);
  for (std::size_t n = 0; n < count; ++n) {
    const auto begin = Clock::now();
    work(n);
    times.nanoseconds.push_back(std::chrono::nanoseconds(Clock::now() - begin).count());
  }
  return times;
}

/// Returns whether nothing was allocated.
bool measure(std::string_view name, const Engine& engine, const std::vector<AccessRequest>& requests,
             std::size_t count) {
  std::size_t permits = 0;
  const long before = allocations;
  Times times = time_each(count, [&](std::size_t n) {
    permits += engine.rule(requests[n % requests.size()]).permitted ? 1U : 0U;
  });
  const long allocated = allocations - before - 1;  // the times themselves
  fmt::print("{:<28} p50 {:>6} ns  p99 {:>6} ns  p99.9 {:>6} ns  {} permit(s) of {}  {} allocation(s)\n",
             name, times.at(0.5), times.at(0.99), times.at(0.999), permits, count, allocated);
  return allocated == 0;
}

bool run(std::size_t count) {
  Chance chance(6);
  Engine engine;
  const AccessTables spread = spread_tables(chance);
  engine.put_in_force(spread);
  std::vector<AccessRequest> requests;
  for (int n = 0; n < 2048; ++n) {
    requests.push_back(any_request(engine, chance));
    requests.push_back(fitting_request(engine, spread, chance));
  }
  Times clock = time_each(count, [](std::size_t) {});
  fmt::print("{:<28} p50 {:>6} ns  p99 {:>6} ns\n", "the clock alone", clock.at(0.5), clock.at(0.99));
  bool none = measure("1000 rules, spread", engine, requests, count);
  {
    std::atomic<bool> goes_on = true;
    const std::jthread loader([&] {
      while (goes_on) {
        engine.put_in_force(spread);
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      }
    });
    (void)measure("the same, loaded anew meanwhile", engine, requests, count);
    goes_on = false;
  }
  engine.put_in_force(crowded_tables());
  none = measure("1000 rules of one action", engine, {crowded_request(engine)}, count) && none;
  return none;
}

}  // namespace
}  // namespace passerelle::policy

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1'000'000;
  return passerelle::policy::run(count) ? 0 : 1;
}
