#include "tests/crash/review_work.hpp"

#include <fmt/format.h>
#include <stdexcept>
#include <unistd.h>

#include "gateway/server/registry_session.hpp"
#include "gateway/service/registry/register_demande.hpp"
#include "gateway/service/registry/review/decide_review.hpp"
#include "gateway/service/registry/review/review_queue.hpp"
#include "tests/registry/invented_filing.hpp"

namespace passerelle::crash {
namespace {

using service::ReviewAnswer;

constexpr int tries_while_the_server_is_down = 50;
constexpr useconds_t between_tries = 100'000;
/// A pair may come back while another gateway undoes it.
constexpr int rounds = 20;
constexpr int namesake_from = 500'000;

template <typename Work>
auto persistently(Work work) {
  for (int tried = 1;; ++tried) {
    try {
      return work();
    } catch (const store::DatabaseError& error) {
      if (!error.is_passing() || tried == tries_while_the_server_is_down) throw;
      ::usleep(between_tries);
    }
  }
}

/// Someone of the same name and birth date, with another NIR and telephone.
service::Filing namesake(int number) {
  service::Filing filing = service::numbered_household(namesake_from + number, R"({"pivot":"1"})");
  filing.holders.front().identity =
      service::numbered_household(number, R"({"pivot":"1"})").holders.front().identity;
  return filing;
}

/// One agent at work.
class Desk {
 public:
  explicit Desk(const ReviewWork& work)
      : m_work(work),
        m_session({.database = {},
                   .data = work.data,
                   .keys = {},
                   .body = "local",
                   .account = "gestion",
                   .role = "gestionnaire",
                   .purpose = "unicite",
                   .reason = "essai"},
                  work.home),
        m_decision(m_session.decide_many(policy::Action::review_pairs, "063")) {
    mapping::TableFaults faults;
    m_reasons = service::ReviewReasons::read(work.home / "mappings/registry/motifs-revue.csv", faults);
    if (!faults.empty()) throw std::runtime_error("motifs-revue.csv");
  }

  /// Whether something was there to decide.
  bool go_through_the_queue() {
    const auto lines = persistently(
        [this] { return list_review_queue(m_session.registry(), m_decision, {.reason = {}, .limit = 50}); });
    for (const service::ReviewLine& line : lines) work_on(line.id);
    return !lines.empty();
  }

 private:
  void work_on(const model::Uuid& id) {
    const int kind = id.octets().back() % 3;
    if (kind < 2) decide(id, "same", "meme-personne");
    if (kind == 0) undo(id);
    if (kind != 1) decide(id, "different", "homonyme");
  }

  [[nodiscard]] service::Reviewer reviewer() const {
    return {m_session.registry(), m_session.requester(), m_decision};
  }

  /// What another gateway, or this one before it was killed, has decided is refused: that is no fault.
  void decide(const model::Uuid& id, const std::string& outcome, const std::string& reason) {
    const auto answer = persistently([&] {
      return decide_review(reviewer(), m_reasons, {.id = id, .outcome = outcome, .reason = reason});
    });
    if (answer) m_work.say(fmt::format("decided {} {}\n", id.text(), outcome));
  }

  void undo(const model::Uuid& id) {
    const auto answer = persistently([&] { return undo_review(reviewer(), id); });
    if (answer) m_work.say(fmt::format("undone {}\n", id.text()));
  }

  const ReviewWork& m_work;
  server::RegistrySession m_session;
  policy::Decision m_decision;
  service::ReviewReasons m_reasons;
};

}  // namespace

void register_namesakes(const ReviewWork& work, int first, int count) {
  server::RegistrySession session({.database = {}, .data = work.data, .keys = {}}, work.home);
  const policy::Decision decision = session.decide(policy::Action::register_demande, {"063"});
  const auto send = [&](const service::Filing& filing, const std::string& key) {
    const auto answer = persistently([&] {
      return register_demande(session.registry(), decision, filing, {key, "cerfa", model::Personal(key)});
    });
    if (!answer) throw std::runtime_error("a namesake was refused");
  };
  for (int number = first; number < first + count; ++number) {
    send(service::numbered_household(number, R"({"pivot":"1"})"), fmt::format("n{}", number));
    send(namesake(number), fmt::format("h{}", number));
  }
}

void review_pairs(const ReviewWork& work) {
  Desk desk(work);
  for (int round = 0; round < rounds && desk.go_through_the_queue(); ++round) {
  }
}

}  // namespace passerelle::crash
