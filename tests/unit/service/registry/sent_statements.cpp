#include "tests/unit/service/registry/sent_statements.hpp"

#include <libpq-fe.h>
#include <mutex>
#include <utility>

namespace {

struct Sent {
  std::mutex mutex;
  std::vector<std::string> names;
};

Sent& sent() {
  static Sent all;
  return all;
}

}  // namespace

// The names are those of the linker.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {
int __real_PQsendQueryPrepared(PGconn* connection, const char* name, int count, const char* const* values,
                               const int* lengths, const int* formats, int result_format);
int __wrap_PQsendQueryPrepared(PGconn* connection, const char* name, int count, const char* const* values,
                               const int* lengths, const int* formats, int result_format);

// SIGNATURE: of libpq.
int __wrap_PQsendQueryPrepared(PGconn* connection, const char* name, int count, const char* const* values,
                               const int* lengths, const int* formats, int result_format) {
  {
    const std::scoped_lock lock(sent().mutex);
    sent().names.emplace_back(name);
  }
  return __real_PQsendQueryPrepared(connection, name, count, values, lengths, formats, result_format);
}
}
// NOLINTEND(bugprone-reserved-identifier)

namespace passerelle::service {

std::vector<std::string> take_sent_statements() {
  const std::scoped_lock lock(sent().mutex);
  return std::exchange(sent().names, {});
}

}  // namespace passerelle::service
