// One pass of libxml2 over a document, hardened: what reads XML hears elements and text, and nothing else.
#pragma once

#include <exception>
#include <libxml/parser.h>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/codec/xml/xml_input.hpp"

namespace passerelle::codec {

/// A name interned in the dictionary of the parse: equal names have equal addresses.
using XmlName = const xmlChar*;

/// The characters of a name; empty for none.
[[nodiscard]] inline std::string_view text_of(XmlName name) {
  return name == nullptr ? std::string_view{} : reinterpret_cast<const char*>(name);
}

/// An attribute of a start tag, as libxml2 lays it out.
class XmlAttribute {
 public:
  explicit XmlAttribute(const xmlChar** parts) : m_parts(parts) {}
  [[nodiscard]] XmlName name() const { return m_parts[0]; }
  /// The namespace, or null.
  [[nodiscard]] XmlName space() const { return m_parts[2]; }
  /// The value, in which an ampersand still stands as `&#38;` (see `plain_attribute`).
  [[nodiscard]] std::string_view escaped() const {
    return {reinterpret_cast<const char*>(m_parts[3]), static_cast<std::size_t>(m_parts[4] - m_parts[3])};
  }

 private:
  const xmlChar** m_parts;
};

/// A start tag. Everything in it is valid during the call only, names excepted.
struct XmlTag {
  XmlName name;
  XmlName space;  ///< null: none
  int attribute_count;
  const xmlChar** attributes;

  [[nodiscard]] XmlAttribute attribute(int rank) const { return XmlAttribute(attributes + 5 * rank); }
};

/// The value of an attribute; `buffer` holds it when it is not the bytes as they came.
[[nodiscard]] std::string_view plain_attribute(std::string_view escaped, std::string& buffer);

/// `xsi:schemaLocation` and `xsi:noNamespaceSchemaLocation` are no content.
[[nodiscard]] bool is_schema_hint(const XmlAttribute& attribute) noexcept;

/// Hears a document. Text may come in several pieces, white space between elements included.
class XmlEvents {
 public:
  virtual ~XmlEvents() = default;
  virtual void start(const XmlTag& tag) = 0;
  virtual void end() = 0;
  virtual void text(std::string_view piece) = 0;
};

/// Never asks libxml2 for entities, DTD, network or huge documents; a DOCTYPE ends the parse. Messages of
/// libxml2 hold values of the document: only their code is looked at. An exception of a listener or of the
/// source ends the parse and comes out of `run`.
class XmlParse {
 public:
  /// Names met are interned in `names`, which may serve several parses.
  XmlParse(XmlInput& input, XmlEvents& events, xmlDict* names);
  ~XmlParse();
  XmlParse(const XmlParse&) = delete;
  XmlParse& operator=(const XmlParse&) = delete;

  /// Reads to the end, or to the first fault of the document, which is the answer.
  std::optional<XmlFault> run();

  /// While `start` is called: where the tag begins, in bytes from the start of the document.
  [[nodiscard]] std::uint64_t tag_offset() const noexcept;
  /// The place of an offset, which must not be smaller than the one asked before.
  [[nodiscard]] model::Position position(std::uint64_t offset) { return m_input->lines().position(offset); }
  /// While `start` is called: the place of the tag.
  [[nodiscard]] model::Position tag_position() { return position(tag_offset()); }
  /// Ends the parse with a fault of the document.
  void stop(model::FaultCode code, model::Position at);
  /// Ends the parse without fault: the listener knows enough.
  void stop();

 private:
  friend struct XmlCallbacks;  // the C functions that libxml2 calls

  int feed(char* into, int size);
  void fail(const xmlError& error);
  void refuse_doctype();
  [[nodiscard]] model::FaultCode fault_of(const xmlError& error) const;
  [[nodiscard]] model::FaultCode invalid_character() const;
  [[nodiscard]] bool cut_short(int error) const;
  [[nodiscard]] std::uint64_t offset_of(const xmlChar* place) const noexcept;
  template <typename Call>
  void guarded(Call call);

  XmlInput* m_input;
  XmlEvents* m_events;
  xmlParserCtxt* m_context;
  bool m_stopped = false;
  std::uint64_t m_last_event = 0;
  std::optional<XmlFault> m_fault;
  std::exception_ptr m_thrown;
};

}  // namespace passerelle::codec
