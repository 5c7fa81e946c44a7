// What came, kept as it came: a whole document, or one demande of a longer file as a document of its own.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "gateway/codec/codec.hpp"
#include "gateway/mapping/plan.hpp"
#include "gateway/model/personal.hpp"

namespace passerelle::service {

struct RawDocument {
  std::string format;                    ///< by which it was read: peer@version:message
  const mapping::Plan* plan = nullptr;   ///< of that, while its formats live; null: none, or the pivot
  bool whole = false;                    ///< every byte of the document; else written again by its codec
  model::Personal<std::string> content;  ///< to be read by that format, or another of the peer
};

/// Reads a source and remembers what passed, as long as that is no more than one demande may be.
class RememberingSource final : public codec::ByteSource {
 public:
  explicit RememberingSource(codec::ByteSource& source) : m_source(&source) {}
  std::size_t read(char* into, std::size_t size) override;
  /// What was read; nothing once it was too much.
  [[nodiscard]] const std::optional<std::string>& passed() const noexcept { return m_passed; }

 private:
  codec::ByteSource* m_source;
  std::optional<std::string> m_passed = std::string();
};

/// Writes each demande of a file as a document of its own beneath the header of the file, by the codec of its
/// format. What has no place in that format is not in it.
class RecordCopier {
 public:
  /// Before any record: what stands around them.
  void take_envelope(const codec::Record& envelope, const mapping::Plan* plan);
  /// A record of the file; only once there was an envelope.
  [[nodiscard]] RawDocument copy(const codec::Record& record);
  /// Empty, and null, before there was an envelope.
  [[nodiscard]] const std::string& format() const noexcept { return m_format; }
  [[nodiscard]] const mapping::Plan* plan() const noexcept { return m_plan; }

 private:
  codec::MemorySink m_sink;
  std::unique_ptr<codec::Writer> m_writer;
  std::string m_head;
  std::string m_format;
  const mapping::Plan* m_plan = nullptr;
};

}  // namespace passerelle::service
