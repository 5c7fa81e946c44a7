// Cuts a multipart message into its parts while it streams by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/codec/byte_window.hpp"
#include "gateway/codec/mime/part_header.hpp"
#include "gateway/codec/mime/transfer_decoder.hpp"
#include "gateway/model/fault.hpp"

namespace passerelle::codec {

/// RFC 2046, 5.1.1, to the letter: lines end with CRLF, a line that begins with the boundary is one, and the
/// last one must be there; what stands before the first and after the last is passed over. Memory is that of
/// one window, whatever the message. The first fault ends the reading.
class MultipartSplitter {
 public:
  /// What a part may hold once decoded, and the fault of one that holds more.
  struct Room {
    std::uint64_t bytes;
    model::FaultCode over;
  };

  /// The source stays the caller's; `boundary` is what `boundary_of` gives.
  MultipartSplitter(ByteSource& source, std::string_view boundary);

  /// Moves to the next part, past what was not read of the present one; false after the last part and at a
  /// fault.
  [[nodiscard]] bool next(PartHeader& header);
  /// Gives the present part, decoded, to the sink; answers how many bytes, or nothing at a fault.
  [[nodiscard]] std::optional<std::uint64_t> read(ByteSink& sink, Room room);

  /// The rank of the present part, from 1.
  [[nodiscard]] std::size_t rank() const noexcept { return m_rank; }
  [[nodiscard]] const std::optional<model::Fault>& fault() const noexcept { return m_fault; }

 private:
  enum class Place : std::uint8_t { preamble, body, delimiter, end };

  bool reach_delimiter();
  bool find_first_delimiter();
  bool open_part();
  bool end_delimiter_line();
  bool end_message();
  bool skip_padding();
  bool read_header(PartHeader& header);
  std::optional<std::size_t> header_size();
  bool begin_body();
  template <typename Take>
  bool run_to_delimiter(Take take);
  bool leave(std::size_t size);
  bool refuse(model::FaultCode code);

  ByteWindow m_window;
  std::string m_delimiter;  ///< CRLF, two hyphens, boundary
  Place m_place = Place::preamble;
  TransferEncoding m_encoding = TransferEncoding::identity;  ///< of the present part
  std::size_t m_rank = 0;
  std::uint64_t m_left = 0;  ///< bytes of the message left behind
  std::optional<model::Fault> m_fault;
};

}  // namespace passerelle::codec
