// A store that keeps the parts of a message in memory.
#pragma once

#include <string>
#include <vector>

#include "gateway/codec/mime/related_message.hpp"

namespace passerelle::sne {

class KeptParts final : public codec::PartStore {
 public:
  codec::ByteSink& open(std::size_t part) override {
    m_parts.resize(part + 1);
    return m_parts[part];
  }
  [[nodiscard]] const std::string& bytes(std::size_t part) const { return m_parts.at(part).bytes(); }

 private:
  std::vector<codec::MemorySink> m_parts;
};

}  // namespace passerelle::sne
