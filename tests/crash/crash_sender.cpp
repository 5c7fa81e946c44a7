// A gateway to be killed: registers invented households one after the other and says on standard output what
// it has been answered, nothing before. It runs its own PostgreSQL, or adopts the one that a killed gateway
// left.
//
// usage: crash_sender HOME DATA FIRST COUNT SENDER [--namesakes | --review] [--crash SITE PASSAGES
// gateway|server] [--bug NAME] [--sites]
#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <initializer_list>
#include <map>
#include <unistd.h>

#include "gateway/server/registry_session.hpp"
#include "gateway/service/registry/register_demande.hpp"
#include "gateway/store/cluster.hpp"
#include "tests/crash/libpq_sites.hpp"
#include "tests/crash/review_work.hpp"
#include "tests/registry/invented_filing.hpp"

namespace passerelle::crash {
namespace {

namespace fs = std::filesystem;

constexpr int tries_while_the_server_is_down = 50;
constexpr useconds_t between_tries = 100'000;

struct Order {
  fs::path home;
  fs::path data;
  int first = 0;
  int count = 0;
  int sender = 0;
  bool list_sites = false;
  bool namesakes = false;
  bool review = false;
};

std::string key_in_work;  // of the message that is being registered
fs::path data_folder;

/// One line, in one write: a line that is there was told whole.
void say(const std::string& line) {
  static_cast<void>(::write(STDOUT_FILENO, line.data(), line.size()));
}

void acknowledge_early() {
  say(fmt::format("{} ? ?\n", key_in_work));
}

/// Told before it is done: who checks must know that the place was reached.
void kill_all(std::initializer_list<pid_t> victims) {
  fmt::print(stderr, "killed\n");
  for (const pid_t victim : victims) ::kill(victim, SIGKILL);
}

void kill_this_gateway(pid_t /*backend*/) {
  kill_all({::getpid()});
}

/// The process that serves us and the one that watches over all: the rest of the server ends by itself.
void kill_its_server(pid_t backend) {
  pid_t server = 0;
  std::ifstream(data_folder / "cluster/postmaster.pid") >> server;
  if (server > 1 && backend > 1) kill_all({server, backend});
}

service::Filing household(int number) {
  return service::numbered_household(number,
                                     fmt::format(R"({{"pivot":"1","texteLibre":"ménage {}"}})", number));
}

/// One household in three has a key of its own for each sender, the others share theirs.
std::string key_of(int number, int sender) {
  return number % 3 == 0 ? fmt::format("m{}-{}", number, sender) : fmt::format("m{}", number);
}

void register_one(const service::Registry& registry, const policy::Decision& decision, int number) {
  const service::Message message{key_in_work, "cerfa", model::Personal(fmt::format("ménage {}", number))};
  for (int tried = 1;; ++tried) {
    try {
      const auto answer = register_demande(registry, decision, household(number), message);
      if (!answer) {
        say(fmt::format("{} refused {}\n", key_in_work, model::catalogue_entry(answer.error()[0].code).code));
        return;
      }
      say(fmt::format("{} {} {}\n", key_in_work,
                      answer->outcome == service::Registered::anew ? "new" : "known",
                      answer->numero->text().reveal()));
      return;
    } catch (const store::DatabaseError& error) {
      if (!error.is_passing() || tried == tries_while_the_server_is_down) throw;
      ::usleep(between_tries);
    }
  }
}

/// The key of the first household again, with another content: refused, which leaves a trace and nothing
/// else.
void be_refused(const service::Registry& registry, const policy::Decision& decision, const Order& order) {
  const service::Message message{key_of(order.first, order.sender), "cerfa",
                                 model::Personal(std::string("autre contenu"))};
  for (int tried = 1;; ++tried) {
    try {
      const auto answer = register_demande(registry, decision, household(order.first), message);
      if (!answer) say(fmt::format("refused {}\n", model::catalogue_entry(answer.error()[0].code).code));
      return;
    } catch (const store::DatabaseError& error) {
      if (!error.is_passing() || tried == tries_while_the_server_is_down) throw;
      ::usleep(between_tries);
    }
  }
}

void run(const Order& order) {
  const ReviewWork reviewing{order.home, order.data, say};
  if (order.namesakes) return register_namesakes(reviewing, order.first, order.count);
  if (order.review) return review_pairs(reviewing);
  server::RegistrySession session({.database = {}, .data = order.data, .keys = {}}, order.home);
  const policy::Decision decision = session.decide(policy::Action::register_demande, {"063"});
  for (int number = order.first; number < order.first + order.count; ++number) {
    key_in_work = key_of(number, order.sender);
    register_one(session.registry(), decision, number);
  }
  if (order.count > 0) be_refused(session.registry(), decision, order);
}

Bug bug_named(std::string_view name) {
  static const std::map<std::string_view, Bug> bugs = {
      {"acknowledges-before-commit", Bug::acknowledges_before_commit},
      {"tells-outside-the-transaction", Bug::tells_outside_the_transaction},
      {"reads-then-inserts", Bug::reads_then_inserts},
      {"decides-outside-the-transaction", Bug::decides_outside_the_transaction}};
  return bugs.at(name);
}

Order read_order(const std::vector<std::string>& words) {
  Order order{words.at(0), words.at(1), std::stoi(words.at(2)), std::stoi(words.at(3)),
              std::stoi(words.at(4))};
  for (std::size_t i = 5; i < words.size(); ++i) {
    if (words[i] == "--sites") order.list_sites = true;
    if (words[i] == "--namesakes") order.namesakes = true;
    if (words[i] == "--review") order.review = true;
    if (words[i] == "--bug") set_bug(bug_named(words.at(i + 1)), acknowledge_early);
    if (words[i] == "--crash")
      set_crash({.site = words.at(i + 1),
                 .passages = std::stoi(words.at(i + 2)),
                 .kill = words.at(i + 3) == "server" ? kill_its_server : kill_this_gateway});
  }
  return order;
}

}  // namespace
}  // namespace passerelle::crash

int main(int argc, char** argv) {
  using namespace passerelle::crash;
  try {
    const Order order = read_order({argv + 1, argv + argc});
    data_folder = order.data;
    run(order);
    if (order.list_sites) {
      for (const std::string& site : sites()) say(site + "\n");
    }
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "crash_sender : {}\n", error.what());
    return 3;
  }
}
