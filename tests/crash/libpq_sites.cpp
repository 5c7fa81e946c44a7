#include "tests/crash/libpq_sites.hpp"

#include <algorithm>
#include <cstring>
#include <deque>
#include <libpq-fe.h>
#include <map>
#include <mutex>
#include <optional>
#include <unistd.h>

// NOLINTBEGIN(readability-identifier-naming, bugprone-reserved-identifier): names that the linker gives
extern "C" {
PGresult* __real_PQprepare(PGconn* connection, const char* name, const char* query, int count,
                           const Oid* types);
// SIGNATURE: of libpq.
int __real_PQsendQueryPrepared(PGconn* connection, const char* name, int count, const char* const* values,
                               const int* lengths, const int* formats, int result_format);
PGresult* __real_PQgetResult(PGconn* connection);
void __real_PQfinish(PGconn* connection);
}

namespace passerelle::crash {
namespace {

constexpr useconds_t time_to_lose_a_race = 50'000;

/// What one connection has sent and not had answered yet.
struct Conversation {
  std::deque<std::string> sent;
};

/// A statement kept back by a bug, to be sent once the transaction is over.
struct KeptBack {
  std::vector<std::optional<std::string>> values;
  std::vector<int> formats;
};

/// The statement that a bug sends by a transaction of its own, after the commit; none: empty.
const char* late_statement(Bug bug) {
  if (bug == Bug::tells_outside_the_transaction) return "tell_partners";
  return bug == Bug::decides_outside_the_transaction ? "decide_pair" : "";
}

struct State {
  std::mutex mutex;
  Crash crash;
  Bug bug = Bug::none;
  void (*acknowledge)() = nullptr;
  std::vector<std::string> sites;
  std::map<PGconn*, Conversation> conversations;
  std::map<PGconn*, KeptBack> kept_back;
  std::string late_text;
};

State& state() {
  static State state;
  return state;
}

void pass(PGconn* connection, const std::string& place) {
  State& now = state();
  if (std::ranges::find(now.sites, place) == now.sites.end()) now.sites.push_back(place);
  if (place == now.crash.site && now.crash.passages-- == 0) now.crash.kill(PQbackendPID(connection));
}

/// Partners are told, or a pair is decided, by a transaction of its own.
void send_late(PGconn* connection) {
  const auto kept = state().kept_back.extract(connection);
  if (!kept) return;
  pass(connection, "before what comes late");
  PGconn* own = PQconnectdb((std::string("host='") + PQhost(connection) + "' dbname=" + PQdb(connection) +
                             " user=" + PQuser(connection) + " options='-c search_path=passerelle'")
                                .c_str());
  std::vector<const char*> values;
  std::vector<int> lengths;
  for (const auto& value : kept.mapped().values) {
    values.push_back(value ? value->data() : nullptr);
    lengths.push_back(value ? static_cast<int>(value->size()) : 0);
  }
  PQclear(PQexec(own, "SELECT set_config('passerelle.territories', '063', false)"));
  PQclear(PQexecParams(own, state().late_text.c_str(), static_cast<int>(values.size()), nullptr,
                       values.data(), lengths.data(), kept.mapped().formats.data(), 0));
  __real_PQfinish(own);
}

bool is(const char* name, const char* statement) {
  return std::strcmp(name, statement) == 0;
}

}  // namespace

void set_crash(const Crash& crash) {
  state().crash = crash;
}

void set_bug(Bug bug, void (*acknowledge)()) {
  state().bug = bug;
  state().acknowledge = acknowledge;
}

const std::vector<std::string>& sites() {
  return state().sites;
}

}  // namespace passerelle::crash

using passerelle::crash::Bug;
using passerelle::crash::state;

extern "C" {

PGresult* __wrap_PQprepare(PGconn* connection, const char* name, const char* query, int count,
                           const Oid* types) {
  const std::scoped_lock lock(state().mutex);
  if (passerelle::crash::is(name, passerelle::crash::late_statement(state().bug))) state().late_text = query;
  if (state().bug == Bug::reads_then_inserts && passerelle::crash::is(name, "lock_persons"))
    query = "SELECT $1::bigint[]";
  return __real_PQprepare(connection, name, query, count, types);
}

// SIGNATURE: of libpq.
int __wrap_PQsendQueryPrepared(PGconn* connection, const char* name, int count, const char* const* values,
                               const int* lengths, const int* formats, int result_format) {
  const std::scoped_lock lock(state().mutex);
  auto& now = state();
  now.conversations[connection].sent.emplace_back(name);
  if (now.bug == Bug::acknowledges_before_commit && passerelle::crash::is(name, "insert_demande"))
    now.acknowledge();
  if (passerelle::crash::is(name, passerelle::crash::late_statement(now.bug))) {
    auto& kept = now.kept_back[connection];
    kept = {};
    for (int i = 0; i < count; ++i) {
      kept.values.emplace_back(
          values[i] == nullptr ? std::nullopt
          : formats[i] == 1    ? std::optional(std::string(values[i], static_cast<std::size_t>(lengths[i])))
                               : std::optional(std::string(values[i])));
      kept.formats.push_back(formats[i]);
    }
    return PQsendQueryParams(connection, "SELECT 1", 0, nullptr, nullptr, nullptr, nullptr, result_format);
  }
  const int sent =
      __real_PQsendQueryPrepared(connection, name, count, values, lengths, formats, result_format);
  PQflush(connection);  // the server works on it from now
  passerelle::crash::pass(connection, std::string("sent ") + name);
  return sent;
}

PGresult* __wrap_PQgetResult(PGconn* connection) {
  PGresult* result = __real_PQgetResult(connection);
  const std::scoped_lock lock(state().mutex);
  auto& sent = state().conversations[connection].sent;
  const ExecStatusType status = PQresultStatus(result);
  if (result == nullptr || status == PGRES_PIPELINE_SYNC || sent.empty()) return result;
  const std::string name = sent.front();
  sent.pop_front();
  passerelle::crash::pass(connection, "answered " + name);
  if (name == "commit") passerelle::crash::send_late(connection);
  if (state().bug == Bug::reads_then_inserts && name == "find_identity")
    ::usleep(passerelle::crash::time_to_lose_a_race);
  return result;
}

void __wrap_PQfinish(PGconn* connection) {
  {
    const std::scoped_lock lock(state().mutex);
    state().conversations.erase(connection);
    state().kept_back.erase(connection);
  }
  __real_PQfinish(connection);
}
}
// NOLINTEND(readability-identifier-naming, bugprone-reserved-identifier)
