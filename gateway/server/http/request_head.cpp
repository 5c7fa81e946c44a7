#include "gateway/server/http/request_head.hpp"

#include <Poco/Exception.h>
#include <Poco/MemoryStream.h>
#include <Poco/Net/HTTPRequest.h>
#include <algorithm>
#include <charconv>

#include "gateway/model/ascii.hpp"

namespace passerelle::server::http {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::size_t longest_length = 15;  // digits: no overflow, and more than any disk holds

using Refused = tl::unexpected<Refusal>;

/// Takes the next line off the front, without its end.
std::string_view take_line(std::string_view& rest) noexcept {
  const std::size_t end = rest.find(line_end);
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + line_end.size());
  return line;
}

/// A path and a query: visible ASCII (RFC 9112, 3.2.1).
bool is_target(std::string_view text) noexcept {
  return text.starts_with('/') && std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

/// `token SP target SP HTTP/1.x`, with one blank between.
std::optional<Refusal> check_request_line(std::string_view line, const Limits& limits) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || !is_token(line.substr(0, first)))
    return Refusal::head_syntax;
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (target.size() > limits.target_bytes) return Refusal::target_size;
  if (!is_target(target)) return Refusal::head_syntax;
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return Refusal::version;
  return std::nullopt;
}

/// A word of RFC 2047, which Poco 1.11 decodes: a length of `=?utf-8?q?5?=` would be 5 to us, and bad to
/// whoever stands before us.
bool holds_encoded_word(std::string_view text) noexcept {
  const std::size_t begin = text.find("=?");
  return begin != std::string_view::npos && text.find("?=", begin) != std::string_view::npos;
}

/// `token:value`; a line that begins with a blank would go on with the one before (RFC 9112, 5.2).
bool is_field_line(std::string_view line) noexcept {
  const std::size_t colon = line.find(':');
  return colon != std::string_view::npos && is_token(line.substr(0, colon)) &&
         is_field_value(line.substr(colon + 1)) && !holds_encoded_word(line);
}

std::optional<Refusal> check_syntax(std::string_view head, const Limits& limits) {
  std::string_view rest = head;
  if (const auto refusal = check_request_line(take_line(rest), limits)) return refusal;
  int fields = 0;
  while (rest.size() > line_end.size()) {
    if (!is_field_line(take_line(rest))) return Refusal::head_syntax;
    if (++fields > limits.fields) return Refusal::head_size;
  }
  return std::nullopt;
}

/// Poco bounds a name by 256 and a value by 8192 octets.
tl::expected<Poco::Net::HTTPRequest, Refusal> read_by_poco(std::string_view head, const Limits& limits) {
  Poco::Net::HTTPRequest request;
  request.setFieldLimit(limits.fields);
  Poco::MemoryInputStream stream(head.data(), static_cast<std::streamsize>(head.size()));
  try {
    request.read(stream);
  } catch (const Poco::Exception&) {
    return Refused(Refusal::head_size);
  }
  return request;
}

RequestHead head_of(const Poco::Net::HTTPRequest& request) {
  RequestHead head;
  head.method = request.getMethod();
  const std::string& target = request.getURI();
  const std::size_t mark = target.find('?');
  head.path = target.substr(0, mark);
  if (mark != std::string::npos) head.query = target.substr(mark + 1);
  for (const auto& [name, value] : request) head.fields.push_back({name, value});
  return head;
}

/// RFC 9112, 6.1: a transfer coding, but never beside a length, nor in a version that knows none.
std::optional<Refusal> frame_by_coding(RequestHead& head, bool is_old) {
  if (is_old || count_of(head.fields, "Content-Length") != 0) return Refusal::framing;
  if (count_of(head.fields, "Transfer-Encoding") != 1 ||
      !same_but_case(value_of(head.fields, "Transfer-Encoding"), "chunked"))
    return Refusal::transfer_coding;
  head.framing = Framing::chunked;
  return std::nullopt;
}

/// RFC 9112, 6.2 and 6.3: digits, once.
std::optional<Refusal> frame_by_length(RequestHead& head) {
  const std::string_view text = value_of(head.fields, "Content-Length");
  if (count_of(head.fields, "Content-Length") != 1 || !model::all_digits(text) ||
      text.size() > longest_length)
    return Refusal::framing;
  std::from_chars(text.data(), text.data() + text.size(), head.length);
  head.framing = head.length == 0 ? Framing::none : Framing::length;
  return std::nullopt;
}

std::optional<Refusal> frame(RequestHead& head, bool is_old) {
  if (count_of(head.fields, "Transfer-Encoding") != 0) return frame_by_coding(head, is_old);
  if (count_of(head.fields, "Content-Length") != 0) return frame_by_length(head);
  return std::nullopt;
}

/// RFC 9110, 10.1.1.
std::optional<Refusal> read_expectation(RequestHead& head, bool is_old) {
  const std::string_view expected = value_of(head.fields, "Expect");
  if (expected.empty() || is_old) return std::nullopt;
  if (!same_but_case(expected, "100-continue")) return Refusal::expectation;
  head.expects_continue = head.framing != Framing::none;
  return std::nullopt;
}

}  // namespace

tl::expected<std::optional<std::size_t>, Refusal> find_head_end(std::string_view bytes, std::size_t looked_at,
                                                                const Limits& limits) {
  constexpr std::string_view head_end = "\r\n\r\n";
  const std::string_view bounded = bytes.substr(0, limits.head_bytes);
  for (std::size_t at = bounded.find('\n', looked_at); at != std::string_view::npos;
       at = bounded.find('\n', at + 1)) {
    if (at == 0 || bounded[at - 1] != '\r') return Refused(Refusal::head_syntax);
    if (bounded.substr(0, at + 1).ends_with(head_end)) return at + 1;
  }
  if (bytes.size() >= limits.head_bytes) return Refused(Refusal::head_size);
  return std::nullopt;
}

tl::expected<RequestHead, Refusal> parse_head(std::string_view head, const Limits& limits) {
  if (const auto refusal = check_syntax(head, limits)) return Refused(*refusal);
  const auto request = read_by_poco(head, limits);
  if (!request) return Refused(request.error());
  RequestHead read = head_of(*request);
  const bool is_old = request->getVersion() == "HTTP/1.0";
  const std::size_t hosts = count_of(read.fields, "Host");
  if (hosts > 1 || (hosts == 0 && !is_old)) return Refused(Refusal::host);
  if (const auto refusal = frame(read, is_old)) return Refused(*refusal);
  if (const auto refusal = read_expectation(read, is_old)) return Refused(*refusal);
  read.keeps_alive = !is_old && !lists(read.fields, "Connection", "close");
  return read;
}

}  // namespace passerelle::server::http
