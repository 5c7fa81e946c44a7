#include "gateway/server/http/response.hpp"

#include <Poco/Net/HTTPResponse.h>
#include <Poco/Timestamp.h>
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <sstream>
#include <string_view>

namespace passerelle::server::http {
namespace {

constexpr std::array<std::string_view, 5> framing_fields = {"Connection", "Content-Length", "Date", "Trailer",
                                                            "Transfer-Encoding"};

bool is_of_handlers(const Field& field) {
  const bool frames = std::ranges::any_of(
      framing_fields, [&field](std::string_view name) { return same_but_case(name, field.name); });
  return !frames && is_token(field.name) && is_field_value(field.value);
}

/// RFC 9110, 8.6: no length where there is no body.
bool has_no_body(int status) {
  return status == Poco::Net::HTTPResponse::HTTP_NO_CONTENT ||
         status == Poco::Net::HTTPResponse::HTTP_NOT_MODIFIED;
}

void set_defaults(Poco::Net::HTTPResponse& head, const AnswerFrame& frame) {
  head.setDate(Poco::Timestamp(frame.now.time_since_epoch().count()));
  head.set("Cache-Control", "no-store");
  head.set("X-Content-Type-Options", "nosniff");
  if (frame.is_tls) head.set("Strict-Transport-Security", "max-age=31536000");
  if (frame.closes) head.set("Connection", "close");
}

}  // namespace

Response refuse(Refusal refusal) {
  const RefusalEntry& entry = entry_of(refusal);
  return {.status = entry.status,
          .fields = {{"Content-Type", "text/plain; charset=utf-8"}},
          .body = fmt::format("{}\n", entry.text)};
}

bool is_sendable(const Response& response) {
  if (has_no_body(response.status) && !response.body.empty()) return false;
  return response.status >= 200 && response.status <= 599 &&
         std::ranges::all_of(response.fields, is_of_handlers);
}

std::string write_head(const Response& response, const AnswerFrame& frame) {
  Poco::Net::HTTPResponse head(Poco::Net::HTTPMessage::HTTP_1_1,
                               static_cast<Poco::Net::HTTPResponse::HTTPStatus>(response.status));
  set_defaults(head, frame);
  Fields seen;
  for (const Field& field : response.fields) {
    if (count_of(seen, field.name) == 0) {
      head.set(field.name, field.value);
    } else {
      head.add(field.name, field.value);
    }
    seen.push_back(field);
  }
  if (!has_no_body(response.status)) head.setContentLength64(static_cast<Poco::Int64>(response.body.size()));
  std::ostringstream text;
  head.write(text);
  return std::move(text).str();
}

}  // namespace passerelle::server::http
