#include "tests/laws/leaf_walker_json.hpp"

namespace passerelle::laws {
namespace {

class Walker {
 public:
  explicit Walker(std::string_view bytes) : m_rest(bytes) {
    if (m_rest.substr(0, 3) == "\xEF\xBB\xBF") m_rest.remove_prefix(3);
  }

  std::vector<std::uint64_t> run() {
    std::vector<std::uint64_t> counts;
    while (!at_end()) {
      if (m_rest.front() == '{') {
        counts.push_back(object(true));
      } else {
        m_rest.remove_prefix(1);  // the marks of an array of objects
      }
    }
    return counts;
  }

 private:
  bool at_end() {
    while (!m_rest.empty() && std::string_view(" \t\r\n").find(m_rest.front()) != std::string_view::npos) {
      m_rest.remove_prefix(1);
    }
    return m_rest.empty();
  }

  bool take(char mark) {
    const bool found = !at_end() && m_rest.front() == mark;
    if (found) m_rest.remove_prefix(1);
    return found;
  }

  std::string_view string() {
    std::size_t end = 1;
    while (m_rest[end] != '"') end += m_rest[end] == '\\' ? 2U : 1U;
    const std::string_view inside = m_rest.substr(1, end - 1);
    m_rest.remove_prefix(end + 1);
    return inside;
  }

  std::uint64_t value() {
    at_end();
    if (m_rest.front() == '{') return object(false);
    if (m_rest.front() == '[') return array();
    if (m_rest.front() == '"') {
      string();
    } else {
      m_rest.remove_prefix(m_rest.find_first_of(",]} \t\r\n"));
    }
    return 1;
  }

  std::uint64_t object(bool top) {
    take('{');
    if (take('}')) return top ? 0 : 1;
    std::uint64_t leaves = 0;
    do {
      at_end();
      const std::string_view key = string();
      take(':');
      const std::uint64_t below = value();
      const bool counted = !top || (key != "pivot" && key != "complements");
      leaves += counted ? below : 0;
    } while (take(','));
    take('}');
    return leaves;
  }

  std::uint64_t array() {
    take('[');
    if (take(']')) return 1;
    std::uint64_t leaves = 0;
    do {
      leaves += value();
    } while (take(','));
    take(']');
    return leaves;
  }

  std::string_view m_rest;
};

}  // namespace

std::vector<std::uint64_t> count_json_leaves(std::string_view bytes) {
  return Walker(bytes).run();
}

}  // namespace passerelle::laws
