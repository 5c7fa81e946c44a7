// What the XML parser reads: the source in UTF-8, without what the parser must never see, and with positions.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gateway/codec/byte_stream.hpp"
#include "gateway/codec/xml/line_index.hpp"
#include "gateway/codec/xml/tag_guard.hpp"
#include "gateway/codec/xml/xml_encoding.hpp"
#include "gateway/model/fault.hpp"

namespace passerelle::codec {

/// A fault of the document as a whole.
struct XmlFault {
  model::FaultCode code;
  model::Position at;
};

/// Decodes a source block by block. What is refused here (encoding, NUL, over-long tag) ends the input at
/// that place: what stands before still reaches the parser.
class XmlInput {
 public:
  explicit XmlInput(ByteSource& source);

  /// Fills `into` with UTF-8 and returns how many bytes; 0 at the end and after a fault. `size` is at
  /// least 3.
  std::size_t read(char* into, std::size_t size);

  [[nodiscard]] const std::optional<XmlFault>& fault() const noexcept { return m_fault; }
  /// Whether the source has no more bytes.
  [[nodiscard]] bool ended() const noexcept { return m_ended; }
  /// Whether nothing but white space was read so far.
  [[nodiscard]] bool blank() const noexcept { return m_blank; }
  /// Bytes given to the parser so far.
  [[nodiscard]] std::uint64_t given() const noexcept { return m_given; }
  [[nodiscard]] LineIndex& lines() noexcept { return m_lines; }

 private:
  void open();
  bool fill();
  bool available();
  std::size_t take(char* into, std::size_t size);
  std::size_t copy(char* into, std::size_t size);
  std::size_t translate(char* into, std::size_t size);
  std::size_t hold_back(std::string_view block);
  void refuse(model::FaultCode code, std::uint64_t offset);

  ByteSource* m_source;
  std::vector<char> m_block;
  std::size_t m_begin = 0;
  std::size_t m_end = 0;
  bool m_opened = false;
  bool m_ended = false;
  bool m_blank = true;
  bool m_untranslatable = false;
  Charset m_encoding = Charset::utf_8;
  std::uint64_t m_given = 0;
  TagGuard m_tags;
  LineIndex m_lines;
  std::optional<XmlFault> m_fault;
};

}  // namespace passerelle::codec
