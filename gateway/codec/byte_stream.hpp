// Bytes in and out of the process: files, pipes, standard streams, or memory, read and written in order.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::codec {

/// Bytes that come in, once, in order. A failing read throws std::system_error.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Fills up to `size` bytes and returns how many; 0 only at the end.
  virtual std::size_t read(char* into, std::size_t size) = 0;
};

/// Bytes that go out. A failing write throws std::system_error.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual void write(std::string_view bytes) = 0;
};

/// A file or pipe by its descriptor, which stays the caller's.
class DescriptorSource final : public ByteSource {
 public:
  explicit DescriptorSource(int descriptor) : m_descriptor(descriptor) {}
  std::size_t read(char* into, std::size_t size) override;

 private:
  int m_descriptor;
};

/// Bytes that stay the caller's.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : m_rest(bytes) {}
  std::size_t read(char* into, std::size_t size) override;

 private:
  std::string_view m_rest;
};

/// Lets a caller look at the first bytes of a source before it is read from its beginning.
class PeekableSource final : public ByteSource {
 public:
  explicit PeekableSource(ByteSource& source) : m_source(&source) {}

  /// The first bytes, at most `size`, fewer only when the source ends before. Valid until the next call.
  std::string_view peek(std::size_t size);
  std::size_t read(char* into, std::size_t size) override;

 private:
  ByteSource* m_source;
  std::vector<char> m_head;
  std::size_t m_taken = 0;
};

/// Gathers writes into blocks of 256 KiB for a descriptor, which stays the caller's. `flush` before
/// destruction: the destructor does not write.
class DescriptorSink final : public ByteSink {
 public:
  explicit DescriptorSink(int descriptor);
  void write(std::string_view bytes) override;
  void flush();

 private:
  int m_descriptor;
  std::string m_pending;
};

class MemorySink final : public ByteSink {
 public:
  void write(std::string_view bytes) override { m_bytes.append(bytes); }
  [[nodiscard]] const std::string& bytes() const noexcept { return m_bytes; }
  void clear() { m_bytes.clear(); }

 private:
  std::string m_bytes;
};

}  // namespace passerelle::codec
