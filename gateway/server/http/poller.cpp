#include "gateway/server/http/poller.hpp"

#include <algorithm>
#include <cerrno>
#include <sys/eventfd.h>
#include <system_error>

namespace passerelle::server::http {
namespace {

Descriptor opened(int descriptor) {
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "epoll");
  return Descriptor(descriptor);
}

}  // namespace

Poller::Poller()
    : m_epoll(opened(::epoll_create1(EPOLL_CLOEXEC))),
      m_wake(opened(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))) {
  if (!add(m_wake.number(), woken, EPOLLIN)) throw std::system_error(errno, std::generic_category(), "epoll");
}

bool Poller::add(int descriptor, std::uint64_t id, std::uint32_t events) noexcept {
  epoll_event event{.events = events, .data = {.u64 = id}};
  return ::epoll_ctl(m_epoll.number(), EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void Poller::change(int descriptor, std::uint64_t id, std::uint32_t events) noexcept {
  epoll_event event{.events = events, .data = {.u64 = id}};
  ::epoll_ctl(m_epoll.number(), EPOLL_CTL_MOD, descriptor, &event);
}

void Poller::remove(int descriptor) noexcept {
  ::epoll_ctl(m_epoll.number(), EPOLL_CTL_DEL, descriptor, nullptr);
}

std::span<const Poller::Event> Poller::wait(std::chrono::milliseconds delay) {
  const int count = ::epoll_wait(m_epoll.number(), m_raw.data(), static_cast<int>(at_once),
                                 static_cast<int>(delay.count()));
  const auto raw = std::span(m_raw).first(static_cast<std::size_t>(std::max(count, 0)));
  std::ranges::transform(raw, m_events.begin(), [this](const epoll_event& event) {
    const std::uint64_t id =
        event.data.u64;  // NOLINT(cppcoreguidelines-pro-type-union-access): epoll_event is made so
    std::uint64_t drained = 0;
    if (id == woken) static_cast<void>(::read(m_wake.number(), &drained, sizeof drained));
    return Event{id, (event.events & (EPOLLHUP | EPOLLERR)) != 0};
  });
  return std::span(m_events).first(raw.size());
}

void Poller::wake() noexcept {
  const std::uint64_t one = 1;
  static_cast<void>(::write(m_wake.number(), &one, sizeof one));
}

}  // namespace passerelle::server::http
