// The loss matrix as `passerelle mapping matrix` prints it, read back as a partner would read it.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace passerelle::laws {

class PrintedMatrix {
 public:
  explicit PrintedMatrix(std::string_view csv);

  /// Whether the message promises to carry the field whole: `=` and nothing else.
  [[nodiscard]] bool promises(const std::string& field, const std::string& message) const {
    return m_promised.contains({field, message});
  }
  [[nodiscard]] std::size_t promise_count() const noexcept { return m_promised.size(); }

 private:
  std::set<std::pair<std::string, std::string>> m_promised;
};

}  // namespace passerelle::laws
