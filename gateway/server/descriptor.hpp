// A file or socket of the kernel, closed by whoever holds it last.
#pragma once

#include <unistd.h>
#include <utility>

namespace passerelle::server {

/// Owns a descriptor and closes it.
class Descriptor {
 public:
  Descriptor() noexcept = default;
  explicit Descriptor(int number, bool owned = true) noexcept : m_number(number), m_owned(owned) {}
  Descriptor(Descriptor&& other) noexcept
      : m_number(std::exchange(other.m_number, -1)), m_owned(std::exchange(other.m_owned, false)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(m_number, other.m_number);
    std::swap(m_owned, other.m_owned);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (m_owned && m_number >= 0) ::close(m_number);
  }

  [[nodiscard]] int number() const noexcept { return m_number; }
  [[nodiscard]] bool is_open() const noexcept { return m_number >= 0; }

 private:
  int m_number = -1;
  bool m_owned = false;
};

}  // namespace passerelle::server
