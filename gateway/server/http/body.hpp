// The body of a request: in memory while it is small, in a file without name beyond.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/codec/byte_stream.hpp"
#include "gateway/server/descriptor.hpp"
#include "gateway/server/http/refusal.hpp"

namespace passerelle::server::http {

/// Where bodies go, and how much of them is in memory now; shared by the loop and the workers.
struct BodyRoom {
  std::filesystem::path folder;  ///< of a file system that knows O_TMPFILE, encrypted or in memory
  std::size_t most_in_memory = 0;
  std::atomic<std::size_t> in_memory = 0;
};

/// A part of the room, given back at the end.
class MemoryShare {
 public:
  explicit MemoryShare(BodyRoom* room = nullptr) noexcept : m_room(room) {}
  MemoryShare(MemoryShare&& other) noexcept;
  MemoryShare& operator=(MemoryShare&& other) noexcept;
  MemoryShare(const MemoryShare&) = delete;
  MemoryShare& operator=(const MemoryShare&) = delete;
  ~MemoryShare();

  /// Whether there was room for as many octets more.
  bool grow(std::size_t octets) noexcept;

 private:
  BodyRoom* m_room;
  std::size_t m_octets = 0;
};

class Body {
 public:
  Body() = default;

  [[nodiscard]] std::uint64_t size() const noexcept { return m_size; }
  [[nodiscard]] bool is_in_file() const noexcept { return m_file.is_open(); }
  /// The whole of a body that is in memory, valid as long as this; empty when it is in a file.
  [[nodiscard]] std::string_view text() const noexcept { return m_text; }
  /// The whole from its beginning, wherever it is; valid as long as this, as often as wanted.
  [[nodiscard]] std::unique_ptr<codec::ByteSource> source() const;

 private:
  friend class BodyWriter;

  std::string m_text;
  Descriptor m_file;
  std::uint64_t m_size = 0;
  MemoryShare m_share;
};

/// Gathers a body as it comes.
class BodyWriter {
 public:
  BodyWriter() = default;
  /// Refuses beyond `most` octets, and goes to a file beyond `in_memory` or when the room is full. The room
  /// outlives the body.
  BodyWriter(BodyRoom& room, std::uint64_t most, std::size_t in_memory);

  tl::expected<void, Refusal> append(std::string_view bytes);
  /// The whole; the writer is empty afterwards.
  [[nodiscard]] Body take();

 private:
  bool keep_in_memory(std::string_view bytes);
  bool move_to_file();
  [[nodiscard]] bool write(std::string_view bytes) const;

  BodyRoom* m_room = nullptr;
  std::uint64_t m_most = 0;
  std::size_t m_most_in_memory = 0;
  Body m_body;
};

}  // namespace passerelle::server::http
