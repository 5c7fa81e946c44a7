#include "gateway/server/http/event_line.hpp"

#include <cstdlib>
#include <cxxabi.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <memory>
#include <typeinfo>

namespace passerelle::server::http {
namespace {

/// UTC, to the millisecond.
std::string time_text(model::Time now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  const auto part = std::chrono::duration_cast<std::chrono::milliseconds>(now - seconds).count();
  const std::time_t whole = std::chrono::system_clock::to_time_t(seconds);
  return fmt::format("{:%FT%T}.{:03}Z", fmt::gmtime(whole), part);
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string safe = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') safe += '\\';
    safe += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return safe + '"';
}

std::string event_line(model::Time now, std::string_view event, std::string_view members) {
  return fmt::format(R"({{"time":"{}","event":{}{}{}}})"
                     "\n",
                     time_text(now), quoted(event), members.empty() ? "" : ",", members);
}

std::string current_exception_type() {
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (type == nullptr) return "?";
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(type->name(), nullptr, nullptr, &status), &std::free);
  return name == nullptr ? type->name() : name.get();
}

}  // namespace passerelle::server::http
