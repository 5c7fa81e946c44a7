// A body in chunks, taken out of the bytes of a socket as they come (RFC 9112, 7.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/server/http/limits.hpp"
#include "gateway/server/http/refusal.hpp"

namespace passerelle::server::http {

/// Extensions of chunks and fields behind the last one are read over. Ends of line are CR LF, nothing else.
class ChunkedBody {
 public:
  /// `limits` outlive it.
  explicit ChunkedBody(const Limits& limits) : m_limits(&limits) {}

  /// Takes bytes off the front of `input` and returns the next piece of the body among them, valid as long
  /// as they; an empty one when the input is used up or the body is over. Refuses what is no chunk.
  tl::expected<std::string_view, Refusal> next(std::string_view& input);
  [[nodiscard]] bool is_over() const noexcept { return m_place == Place::over; }

 private:
  enum class Place : std::uint8_t {
    size,          ///< digits of a size
    extension,     ///< behind them, up to the end of the line
    size_end,      ///< the LF of that line
    data,          ///< m_left more octets
    data_cr,       ///< the CR behind them
    data_lf,       ///< and the LF
    trailer,       ///< at the beginning of a line behind the last chunk
    trailer_line,  ///< inside such a line
    trailer_lf,    ///< the LF of that line
    last_lf,       ///< the LF of the empty line
    over,
  };

  /// Whether one octet that is no data fits where it stands.
  bool take(char c);
  bool take_size(char c);
  bool take_extension(char c);
  bool take_trailer(char c);
  bool take_end_of_size();
  /// Moves on when `c` is what must stand here.
  bool take_exactly(char c, char wanted, Place then);

  const Limits* m_limits;
  Place m_place = Place::size;
  int m_digits = 0;
  std::size_t m_line = 0;     ///< octets of the line of the size
  std::size_t m_trailer = 0;  ///< octets behind the last chunk
  std::uint64_t m_left = 0;
};

}  // namespace passerelle::server::http
