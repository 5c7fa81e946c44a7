// What processes use of the machine, and on which core.
#pragma once

#include <ctime>
#include <fmt/format.h>
#include <fstream>
#include <sched.h>
#include <string>
#include <string_view>

namespace passerelle::bench {

/// Threads begun meanwhile run on one core.
class OnCore {
 public:
  explicit OnCore(int core) {
    ::sched_getaffinity(0, sizeof m_before, &m_before);
    cpu_set_t only;
    CPU_ZERO(&only);
    CPU_SET(static_cast<std::size_t>(core), &only);
    ::sched_setaffinity(0, sizeof only, &only);
  }
  OnCore(const OnCore&) = delete;
  OnCore& operator=(const OnCore&) = delete;
  ~OnCore() { ::sched_setaffinity(0, sizeof m_before, &m_before); }

 private:
  cpu_set_t m_before{};
};

/// A figure of /proc/PID/status.
inline double status_of(pid_t process, std::string_view name) {
  std::ifstream in(fmt::format("/proc/{}/status", process));
  for (std::string word; in >> word;) {
    double value = 0;
    if (word == name && in >> value) return value;
  }
  return 0;
}

inline double processor_seconds(pid_t process) {
  clockid_t clock{};
  timespec used{};
  ::clock_getcpuclockid(process, &clock);
  ::clock_gettime(clock, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

/// Of a server of PostgreSQL and its processes.
inline double database_seconds(pid_t server) {
  double all = processor_seconds(server);
  std::ifstream children(fmt::format("/proc/{0}/task/{0}/children", server));
  for (pid_t child = 0; children >> child;) all += processor_seconds(child);
  return all;
}

}  // namespace passerelle::bench
