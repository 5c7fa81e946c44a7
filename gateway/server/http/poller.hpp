// Waits for many sockets at once (epoll), and for a word of other threads.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <sys/epoll.h>

#include "gateway/server/descriptor.hpp"

namespace passerelle::server::http {

class Poller {
 public:
  struct Event {
    std::uint64_t id;
    bool hung_up;  ///< nothing comes nor goes any more
  };
  /// The id of events that `wake` causes.
  static constexpr std::uint64_t woken = 0;

  /// Throws std::system_error when the kernel has no room.
  Poller();

  /// `events` of epoll_ctl(2); told again as long as they hold. False when the kernel has no room.
  [[nodiscard]] bool add(int descriptor, std::uint64_t id, std::uint32_t events) noexcept;
  void change(int descriptor, std::uint64_t id, std::uint32_t events) noexcept;
  void remove(int descriptor) noexcept;
  /// What happens within the delay; valid until the next call. No delay below zero.
  [[nodiscard]] std::span<const Event> wait(std::chrono::milliseconds delay);
  /// Ends a wait; from any thread or signal handler.
  void wake() noexcept;

 private:
  static constexpr std::size_t at_once = 256;

  Descriptor m_epoll;
  Descriptor m_wake;
  std::array<epoll_event, at_once> m_raw{};
  std::array<Event, at_once> m_events{};
};

}  // namespace passerelle::server::http
