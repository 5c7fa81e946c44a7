// Writes records as an XML document over a shape.
#pragma once

#include "gateway/codec/codec.hpp"

namespace passerelle::codec {

/// UTF-8, prefix `ns1`, elements in the order of the schema, no indentation: one record a line. A group that
/// is present is written even when it is empty; a null value is written as an absent one.
///
/// Values must hold only characters that XML 1.0 (2.2) can carry: whoever fills a record refuses the others.
class XmlWriter final : public Writer {
 public:
  /// The shape and the sink stay the caller's and must outlive the writer.
  XmlWriter(const Shape& shape, ByteSink& sink);

  void envelope(const Record& record) override;
  void record(const Record& record) override;
  void finish() override;

 private:
  /// What a node puts around its content.
  struct Tags {
    std::string open;   ///< `<ns1:name`, or ` name="` for an attribute
    std::string close;  ///< `</ns1:name>`
  };

  void open_down_to(const Record& record, NodeId group);
  void write_element(const Record& record, const Frame& frame, NodeId id);
  void write_attributes(const Record& record, const Frame& frame, NodeId group);
  bool write_children(const Record& record, const Frame& frame, NodeId group);
  void write_child(const Record& record, const Frame& frame, NodeId id);
  void write_leaf(const Value& value, NodeId id);
  void flush_when_full();
  void flush();

  const Shape* m_shape;
  ByteSink* m_sink;
  std::vector<Tags> m_tags;
  std::vector<NodeId> m_above_records;  ///< the elements that hold the records, outermost first
  std::string m_out;
};

/// Appends text as element content: `&`, `<`, `>` and carriage return become references.
void append_xml_text(std::string& out, std::string_view text);
/// Appends text as an attribute value: also `"`, line feed and tabulation become references, or a reader
/// would turn them into blanks (XML 1.0, 3.3.3).
void append_xml_attribute(std::string& out, std::string_view text);

}  // namespace passerelle::codec
