// Files of the command line as byte streams; `-` or nothing is standard input or output.
#pragma once

#include <memory>
#include <string>

#include "gateway/codec/byte_stream.hpp"
#include "gateway/server/descriptor.hpp"

namespace passerelle::server {

/// A file read in order. Throws std::system_error, naming the file, when it cannot be opened.
class InputFile {
 public:
  explicit InputFile(const std::string& path);
  [[nodiscard]] codec::ByteSource& source() noexcept { return m_source; }

 private:
  Descriptor m_descriptor;
  codec::DescriptorSource m_source;
};

/// A file written beside its name and moved there by `commit`, so that an interrupted run never leaves half a
/// file under the name that was asked for. Standard output is written as it goes.
class OutputFile {
 public:
  explicit OutputFile(const std::string& path);
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  [[nodiscard]] codec::ByteSink& sink() noexcept { return m_sink; }
  /// Where it is written until then, for a program that writes it in our stead; empty for what is written as
  /// it goes.
  [[nodiscard]] const std::string& unfinished() const noexcept { return m_temporary; }
  /// Everything on disk under the name asked for. Throws std::system_error.
  void commit();

 private:
  std::string m_path;       ///< empty: standard output
  std::string m_temporary;  ///< removed when not committed
  Descriptor m_descriptor;
  codec::DescriptorSink m_sink;
};

}  // namespace passerelle::server
