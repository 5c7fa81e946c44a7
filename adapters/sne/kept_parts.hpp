// The files of one request, in memory.
#pragma once

#include <map>
#include <string>

#include "gateway/codec/mime/related_message.hpp"

namespace passerelle::sne {

class KeptParts final : public codec::PartStore {
 public:
  codec::ByteSink& open(std::size_t part) override { return m_parts[part]; }
  /// Of a part that was opened.
  [[nodiscard]] const std::string& bytes(std::size_t part) const { return m_parts.at(part).bytes(); }

 private:
  std::map<std::size_t, codec::MemorySink> m_parts;
};

}  // namespace passerelle::sne
