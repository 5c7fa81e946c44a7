// Cuts a stream of JSON into its top-level objects: one a line, one after another, one alone, or in one
// array.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "gateway/codec/byte_stream.hpp"
#include "gateway/codec/json/object_scan.hpp"
#include "gateway/model/fault.hpp"

namespace passerelle::codec {

/// A fault at a place of the source.
struct JsonFault {
  model::FaultCode code;
  model::Position at;
};

/// One top-level object, cut but not parsed. Valid until the next `next()`.
struct JsonSlice {
  std::string_view text;  ///< from `{` to `}`; JsonSplitter::padding bytes after it are readable
  model::Position at;
  bool one_line = true;
  bool has_escape = false;
  std::optional<JsonFault> fault;  ///< set: the object could not be cut or is over a limit; `text` is empty
};

/// A UTF-8 byte order mark is passed over (columns do not count it). When an object cannot be one (an end of
/// line inside a string, brackets left open before a line that begins with `{`), the cut resumes at the next
/// line that begins with `{`; when there is none the file ends with that fault.
class JsonSplitter {
 public:
  static constexpr std::size_t padding = 64;  ///< what simdjson and JsonBlock may read beyond the end

  explicit JsonSplitter(ByteSource& source);

  /// Moves to the next object; false at the end of the file.
  [[nodiscard]] bool next(JsonSlice& slice);
  /// The fault that ended the file, if any; for use once `next` has answered false.
  [[nodiscard]] const std::optional<JsonFault>& fault() const noexcept { return m_fault; }

 private:
  enum class Place : std::uint8_t { start, between, array_open, after_item, after_comma, closed };
  enum class Found : std::uint8_t { object, junk, end };

  bool fill();
  void take_signature();
  bool skip_space();
  Found find_object();
  bool take_mark(char mark);
  [[nodiscard]] Found end_here();
  [[nodiscard]] model::FaultCode junk_code() const noexcept;
  bool cut(JsonSlice& slice);
  ObjectScan::Outcome scan_to_end();
  void pass_object();
  bool cut_off(JsonSlice& slice);
  bool resume(JsonSlice& slice, JsonFault fault, model::FaultCode last_code);
  bool skip_to_line_object();
  bool end_with(JsonFault fault);

  [[nodiscard]] std::string_view window() const noexcept {
    return {m_buffer.data() + m_begin, m_end - m_begin};
  }
  [[nodiscard]] std::uint64_t offset() const noexcept { return m_buffer_offset + m_begin; }
  [[nodiscard]] model::Position position(std::uint64_t offset) const noexcept;
  [[nodiscard]] model::Position position_in_window(std::size_t at) const noexcept;
  [[nodiscard]] model::Position position_in_object(std::uint64_t from_object) const noexcept;

  ByteSource* m_source;
  std::vector<char> m_buffer;
  std::size_t m_begin = 0;
  std::size_t m_end = 0;
  std::uint64_t m_buffer_offset = 0;  // of the buffer's first byte in the source
  std::uint64_t m_line_start = 0;
  std::uint32_t m_line = 1;
  bool m_source_ended = false;
  bool m_dropping = false;  // the object is over the size limit: its bytes are not kept
  Place m_place = Place::start;
  ObjectScan m_scan;
  std::uint64_t m_object_offset = 0;
  std::optional<JsonFault> m_fault;
};

}  // namespace passerelle::codec
