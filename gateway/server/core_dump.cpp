#include "gateway/server/core_dump.hpp"

#include <fcntl.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace passerelle::server {
namespace {

/// core(5): no kind of page. Children have it too, after they have become another program.
void leave_pages_out() noexcept {
  constexpr std::string_view no_kind = "0";
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open(2) is made so
  const int filter = ::open("/proc/self/coredump_filter", O_WRONLY | O_CLOEXEC);
  if (filter < 0) return;
  static_cast<void>(::write(filter, no_kind.data(), no_kind.size()));
  ::close(filter);
}

}  // namespace

void forbid_core_dumps() noexcept {
  leave_pages_out();  // first: a process that is not dumpable may not write it
  constexpr rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0);  // NOLINT(cppcoreguidelines-pro-type-vararg): prctl(2) is made so
}

}  // namespace passerelle::server
