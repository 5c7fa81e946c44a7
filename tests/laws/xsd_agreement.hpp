// Holds the reader and the validation against libxml2's own verdict on a document.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "gateway/codec/shape.hpp"
#include "tests/laws/document_mutator.hpp"

namespace passerelle::laws {

class XsdVerdict {
 public:
  /// Throws std::runtime_error when libxml2 refuses the schema.
  explicit XsdVerdict(const std::string& schema_path);
  ~XsdVerdict();
  XsdVerdict(const XsdVerdict&) = delete;
  XsdVerdict& operator=(const XsdVerdict&) = delete;

  /// Whether the document, which must be well formed, is valid.
  [[nodiscard]] bool accepts(const std::string& document) const;

 private:
  struct Schema;
  std::unique_ptr<Schema> m_schema;
};

/// What is wrong with our verdict on a mutated document: it differs from that of XSD, no fault names the
/// place, or the leaves set and unplaced are not those that the walker counts. Nothing when all is well, or
/// when a schema without bounds allows more than our limits. The text holds values of the document: it is for
/// invented documents only.
[[nodiscard]] std::optional<std::string> disagreement(const codec::Shape& shape, const XsdVerdict& verdict,
                                                      const Mutation& mutation);

}  // namespace passerelle::laws
