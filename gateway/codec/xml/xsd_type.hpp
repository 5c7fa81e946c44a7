// Reads the simple types of a schema into leaf types.
#pragma once

#include <optional>
#include <string>

#include "gateway/codec/leaf_type.hpp"
#include "gateway/codec/xml/xsd_file.hpp"

namespace passerelle::codec {

/// Every function answers nothing when it has refused something (XsdFiles::faults tells what).
class XsdTypes {
 public:
  explicit XsdTypes(XsdFiles& files) : m_files(&files) {}

  /// The type that a name written at `at` gives to values: built in (`xs:string`) or of this schema.
  std::optional<LeafType> of_value(const XsdElement& at, const std::string& qualified);
  /// The type defined by an xs:simpleType element.
  std::optional<LeafType> defined(const XsdElement& simple_type, std::string name);
  /// The type narrowed to the one value that `fixed` gives.
  std::optional<LeafType> fixed(const XsdElement& at, LeafType type, const std::string& value);

 private:
  std::optional<LeafType> named(const XsdElement& at, const std::string& qualified);
  bool restrict_by(LeafType& type, const XsdElement& restriction);
  bool apply(LeafType& type, const XsdElement& facet);
  bool add_code(LeafType& type, const XsdElement& facet, const std::string& value);
  bool add_pattern(LeafType& type, const XsdElement& facet, const std::string& value);
  bool bound_length(LeafType& type, const XsdElement& facet, const std::string& value);
  bool bound_value(LeafType& type, const XsdElement& facet, const std::string& value);
  bool refuse(const XsdElement& at, std::string text);

  XsdFiles* m_files;
  std::size_t m_depth = 0;
};

}  // namespace passerelle::codec
