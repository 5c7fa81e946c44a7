#include "gateway/codec/mime/base64_lines.hpp"

#include <cstdint>

namespace passerelle::codec {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t octets_of_a_line = 57;
constexpr std::size_t octets_of_a_group = 3;

/// One to three octets as four characters.
void append_group(std::string& out, std::string_view octets) {
  std::uint32_t bits = 0;
  for (std::size_t rank = 0; rank < octets_of_a_group; ++rank)
    bits = (bits << 8U) | (rank < octets.size() ? static_cast<unsigned char>(octets[rank]) : 0U);
  for (std::size_t rank = 0; rank <= octets_of_a_group; ++rank)
    out += rank <= octets.size() ? alphabet[(bits >> (18U - 6U * rank)) & 0x3FU] : '=';
}

}  // namespace

std::string base64_lines(std::string_view bytes) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += octets_of_a_group) {
    if (at > 0 && at % octets_of_a_line == 0) out += "\r\n";
    append_group(out, bytes.substr(at, octets_of_a_group));
  }
  return out;
}

}  // namespace passerelle::codec
