// Reads an XML document into records over a shape, one demande at a time.
#pragma once

#include <memory>

#include "gateway/codec/codec.hpp"

namespace passerelle::codec {

class XmlNames;

/// Serves one document after another, one at a time. Memory is that of the largest record (limits.hpp),
/// however long the document. Leaves without a place are counted in Record::unplaced.
///
/// The envelope is what stands outside the record elements and before the first of them; it is not given when
/// the document ends in a fault before it is complete.
class XmlReader final : public Reader {
 public:
  /// The shape stays the caller's and must outlive the reader.
  explicit XmlReader(const Shape& shape);
  ~XmlReader() override;
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  model::Faults read(ByteSource& source, RecordSink& sink) override;

 private:
  std::unique_ptr<XmlNames> m_names;
  std::unique_ptr<Record> m_envelope;
  std::unique_ptr<Record> m_record;
};

}  // namespace passerelle::codec
