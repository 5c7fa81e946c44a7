#include "gateway/model/email.hpp"

#include <algorithm>

#include "gateway/model/ascii.hpp"

namespace passerelle::model {
namespace {

constexpr std::size_t most_bytes = 254;
constexpr std::size_t most_local_bytes = 64;
constexpr std::size_t most_label_bytes = 63;

bool is_allowed(char c) {
  constexpr std::string_view special = "\"(),:;<>[\\]";
  constexpr unsigned char last_control = 0x20;
  constexpr unsigned char del = 0x7f;
  const auto byte = static_cast<unsigned char>(c);
  return byte > last_control && byte != del && special.find(c) == std::string_view::npos;
}

bool is_local_part(std::string_view text) {
  return !text.empty() && text.size() <= most_local_bytes && !text.starts_with('.') && !text.ends_with('.') &&
         text.find("..") == std::string_view::npos;
}

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= most_label_bytes && !text.starts_with('-') && !text.ends_with('-');
}

bool is_domain(std::string_view text) {
  std::size_t labels = 1;
  for (std::size_t dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.')) {
    if (!is_label(text.substr(0, dot))) return false;
    text.remove_prefix(dot + 1);
    ++labels;
  }
  return labels > 1 && is_label(text);
}

}  // namespace

tl::expected<Email, FaultCode> Email::parse(std::string_view text) {
  if (const auto fault = check_email(text)) return tl::unexpected(*fault);
  std::string canonical(text);
  const auto domain = canonical.begin() + static_cast<std::ptrdiff_t>(canonical.find('@'));
  std::transform(domain, canonical.end(), domain,
                 [](char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; });
  return Email(std::move(canonical));
}

std::optional<FaultCode> check_email(std::string_view text) {
  const std::size_t at = text.find('@');
  const bool one_at = at != std::string_view::npos && text.find('@', at + 1) == std::string_view::npos;
  const bool shaped = one_at && text.size() <= most_bytes && std::ranges::all_of(text, is_allowed) &&
                      is_local_part(text.substr(0, at)) && is_domain(text.substr(at + 1));
  return shaped ? std::nullopt : std::optional(FaultCode::value_email);
}

}  // namespace passerelle::model
