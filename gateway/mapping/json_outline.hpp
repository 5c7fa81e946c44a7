// Writes indented JSON for people to read: schemas and other generated documents, never demandes.
#pragma once

#include <string>
#include <string_view>

namespace passerelle::mapping {

/// The caller opens, names and closes in the right order. Texts are French labels and identifiers of our
/// tables: quotes and backslashes are escaped, control characters must not occur.
class JsonOutline {
 public:
  JsonOutline& open(char bracket);
  JsonOutline& close(char bracket);
  JsonOutline& key(std::string_view name);
  JsonOutline& text(std::string_view value);
  /// A number, `true`, `null`.
  JsonOutline& word(std::string_view value);
  JsonOutline& member(std::string_view name, std::string_view value) { return key(name).text(value); }

  [[nodiscard]] const std::string& written() const noexcept { return m_written; }

 private:
  void place_value();
  void new_line();
  void quote(std::string_view value);

  std::string m_written;
  std::size_t m_depth = 0;
  bool m_first = true;
  bool m_after_key = false;
};

}  // namespace passerelle::mapping
