// The files of one schema: elements of XSD, found by name across includes, and the faults of its author.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <libxml/tree.h>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::codec {

/// What the loader refuses in a schema: its author is told, in French.
struct SchemaFault {
  std::string file;
  std::uint32_t line = 0;  ///< 0: the file as a whole
  std::string text;

  friend bool operator==(const SchemaFault&, const SchemaFault&) = default;
};

/// A name as attributes of a schema write it.
struct XsdName {
  std::string space;
  std::string local;
};

/// An element of a schema file; valid as long as the files are.
class XsdElement {
 public:
  explicit XsdElement(const xmlNode* node) : m_node(node) {}

  /// The local name (`sequence`), or empty when it is not of the XSD namespace.
  [[nodiscard]] std::string_view kind() const;
  [[nodiscard]] std::optional<std::string> attribute(const char* name) const;
  /// The attribute, empty when absent.
  [[nodiscard]] std::string text(const char* name) const { return attribute(name).value_or(""); }
  [[nodiscard]] std::vector<std::string> attribute_names() const;
  /// The elements inside, annotations excepted.
  [[nodiscard]] std::vector<XsdElement> children() const;
  /// The namespace that a prefix (or none) stands for here, or empty.
  [[nodiscard]] std::string name_space(const std::string& prefix) const;
  [[nodiscard]] XsdName resolve(const std::string& qualified) const;
  /// Whether an annotation directly inside says `<xs:appinfo>` with that text.
  [[nodiscard]] bool marked(std::string_view appinfo) const;
  /// The first xs:documentation of its annotation, white space collapsed.
  [[nodiscard]] std::string documentation() const;
  [[nodiscard]] const xmlNode* node() const noexcept { return m_node; }

 private:
  [[nodiscard]] std::vector<std::string> annotations(std::string_view kind) const;

  const xmlNode* m_node;
};

inline constexpr std::string_view xsd_namespace = "http://www.w3.org/2001/XMLSchema";

class XsdFiles {
 public:
  /// Reads the file and all that it includes; what cannot be read is in `faults`.
  explicit XsdFiles(const std::string& path);

  [[nodiscard]] const std::string& target_namespace() const noexcept { return m_target; }
  /// The global component of that kind (`simpleType`) and name.
  [[nodiscard]] std::optional<XsdElement> global(std::string_view kind, const std::string& name) const;
  [[nodiscard]] std::vector<XsdElement> globals(std::string_view kind) const;

  void refuse(const XsdElement& at, std::string text);
  /// Refuses every attribute but these.
  void allow_attributes(const XsdElement& at, std::initializer_list<std::string_view> names);
  /// Refuses an element that has no place in its parent.
  void refuse_kind(const XsdElement& at);
  [[nodiscard]] std::vector<SchemaFault>& faults() noexcept { return m_faults; }

 private:
  struct FreeDocument {
    void operator()(xmlDoc* document) const noexcept { xmlFreeDoc(document); }
  };
  struct File {
    std::filesystem::path path;
    std::unique_ptr<xmlDoc, FreeDocument> document;
  };

  void load(const std::filesystem::path& path);
  void read_schema(const XsdElement& schema);
  void include(const XsdElement& at);
  void refuse_file(const std::filesystem::path& path, std::uint32_t line, std::string text);

  std::filesystem::path m_folder;  ///< includes stay below it
  std::string m_target;
  std::vector<File> m_files;
  std::map<std::pair<std::string, std::string>, const xmlNode*> m_globals;
  std::vector<SchemaFault> m_faults;
};

}  // namespace passerelle::codec
