#include "gateway/codec/xml/xml_parse.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <libxml/parserInternals.h>
#include <new>

#include "gateway/codec/limits.hpp"

namespace passerelle::codec {

using model::FaultCode;

/// libxml2 is C: an exception must not cross it, and its pointers become ours here.
struct XmlCallbacks {
  static XmlParse& parse(void* context) { return *static_cast<XmlParse*>(context); }

  static XmlParse& heard(void* context) {
    XmlParse& self = parse(context);
    self.m_last_event = self.offset_of(self.m_context->input->cur);
    return self;
  }

  static int read(void* context, char* into, int size) { return parse(context).feed(into, size); }

  // SIGNATURE: libxml2 calls it.
  static void start(void* context, const xmlChar* name, const xmlChar*, const xmlChar* space, int,
                    const xmlChar**, int count, int, const xmlChar** attributes) {
    XmlParse& self = heard(context);
    // At the end of the input libxml2 tells of a tag that is not closed, perhaps not even named in full.
    if (*self.m_context->input->cur == '\0') return;
    self.guarded([&] { self.m_events->start({name, space, count, attributes}); });
  }

  static void end(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
    XmlParse& self = heard(context);
    self.guarded([&] { self.m_events->end(); });
  }

  static void text(void* context, const xmlChar* bytes, int size) {
    XmlParse& self = heard(context);
    const std::string_view piece(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    self.guarded([&] { self.m_events->text(piece); });
  }

  static void doctype(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
    parse(context).refuse_doctype();
  }

  static void error(void* context, xmlError* error) { parse(context).fail(*error); }

  static xmlSAXHandler handler() {
    xmlSAXHandler sax{};
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = start;
    sax.endElementNs = end;
    sax.characters = text;
    sax.ignorableWhitespace = text;  // the same function: libxml2 then does not look for blanks itself
    sax.internalSubset = doctype;
    sax.serror = error;
    return sax;
  }
};

namespace {

/// A comment, an instruction or a CDATA section is held whole by libxml2: none may be longer than this.
constexpr std::uint64_t silence_bytes = 2 * limits::text_bytes;
/// How far back from the parser's place a position may still be asked.
constexpr std::uint64_t look_back_bytes = 2 * limits::tag_bytes;

constexpr std::string_view escaped_ampersand = "&#38;";

/// Whether the first byte announces as many bytes as follow it; a forbidden character may still look so.
bool begins_like_utf_8(std::string_view text) {
  const auto byte = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  if (text.empty() || byte(0) < 0x80) return true;
  const std::size_t size = byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : 2;
  if (byte(0) < 0xC0 || text.size() < size) return false;
  for (std::size_t at = 1; at < size; ++at) {
    if ((byte(at) & 0xC0U) != 0x80U) return false;
  }
  return true;
}

}  // namespace

std::string_view plain_attribute(std::string_view escaped, std::string& buffer) {
  std::size_t at = escaped.find('&');
  if (at == std::string_view::npos) return escaped;
  buffer.clear();
  while (at != std::string_view::npos) {
    assert(escaped.substr(at).starts_with(escaped_ampersand));
    buffer.append(escaped.substr(0, at + 1));
    escaped.remove_prefix(at + escaped_ampersand.size());
    at = escaped.find('&');
  }
  buffer.append(escaped);
  return buffer;
}

bool is_schema_hint(const XmlAttribute& attribute) noexcept {
  if (attribute.space() == nullptr) return false;
  const std::string_view space = reinterpret_cast<const char*>(attribute.space());
  const std::string_view name = reinterpret_cast<const char*>(attribute.name());
  return space == "http://www.w3.org/2001/XMLSchema-instance" &&
         (name == "schemaLocation" || name == "noNamespaceSchemaLocation");
}

XmlParse::XmlParse(XmlInput& input, XmlEvents& events, xmlDict* names) : m_input(&input), m_events(&events) {
  xmlSAXHandler sax = XmlCallbacks::handler();
  m_context = xmlCreateIOParserCtxt(&sax, this, XmlCallbacks::read, nullptr, this, XML_CHAR_ENCODING_NONE);
  if (m_context == nullptr) throw std::bad_alloc();
  // IGNORE_ENC: the input is UTF-8 by now, whatever the declaration says.
  xmlCtxtUseOptions(m_context, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
  xmlDictReference(names);
  xmlDictFree(m_context->dict);
  m_context->dict = names;
}

XmlParse::~XmlParse() {
  xmlFreeDoc(m_context->myDoc);
  xmlFreeParserCtxt(m_context);
}

std::optional<XmlFault> XmlParse::run() {
  xmlParseDocument(m_context);
  if (m_thrown) std::rethrow_exception(m_thrown);
  if (m_stopped) return m_fault;
  if (m_input->fault()) return m_input->fault();
  if (m_context->wellFormed == 0) return XmlFault{FaultCode::document_malformed, {}};
  return std::nullopt;
}

int XmlParse::feed(char* into, int size) {
  if (m_stopped) return 0;
  const xmlParserInput* input = m_context == nullptr ? nullptr : m_context->input;
  const std::uint64_t at = input == nullptr ? 0 : offset_of(input->cur);
  if (at > look_back_bytes) m_input->lines().forget_before(std::min(at - look_back_bytes, m_last_event));
  if (m_input->given() - m_last_event > silence_bytes) {
    stop(FaultCode::limit_text, position(m_last_event));
    return 0;
  }
  std::size_t got = 0;
  guarded([&] { got = m_input->read(into, static_cast<std::size_t>(size)); });
  return static_cast<int>(got);
}

template <typename Call>
void XmlParse::guarded(Call call) {
  if (m_stopped) return;
  try {
    call();
  } catch (...) {
    m_thrown = std::current_exception();
    stop();
  }
}

std::uint64_t XmlParse::offset_of(const xmlChar* place) const noexcept {
  return m_context->input->consumed + static_cast<std::uint64_t>(place - m_context->input->base);
}

std::uint64_t XmlParse::tag_offset() const noexcept {
  const xmlParserInput& input = *m_context->input;
  const void* open = memrchr(input.base, '<', static_cast<std::size_t>(input.cur - input.base));
  assert(open != nullptr);
  return offset_of(static_cast<const xmlChar*>(open));
}

void XmlParse::stop(FaultCode code, model::Position at) {
  if (!m_stopped) m_fault = XmlFault{code, at};
  stop();
}

void XmlParse::stop() {
  // Not xmlStopParser: libxml2 may hold pointers into the buffer that it would free.
  m_stopped = true;
  m_context->disableSAX = 1;
}

void XmlParse::refuse_doctype() {
  const xmlParserInput& input = *m_context->input;
  constexpr std::string_view keyword = "<!DOCTYPE";
  const std::string_view before(reinterpret_cast<const char*>(input.base),
                                static_cast<std::size_t>(input.cur - input.base));
  const std::size_t at = std::min(before.rfind(keyword), before.size());
  stop(FaultCode::document_doctype, m_input->lines().position(offset_of(input.base + at)));
  xmlStopParser(m_context);  // the declarations inside are not even read
}

void XmlParse::fail(const xmlError& error) {
  if (error.level < XML_ERR_ERROR || m_stopped) return;
  // A fault of the input cuts it short; what libxml2 says of the stump is no second fault.
  if (m_input->fault()) {
    m_fault = m_input->fault();
    return stop();
  }
  stop(fault_of(error), m_input->lines().position(offset_of(m_context->input->cur)));
}

FaultCode XmlParse::fault_of(const xmlError& error) const {
  switch (error.code) {
    case XML_ERR_DOCUMENT_END: return FaultCode::document_trailing;
    case XML_ERR_UNDECLARED_ENTITY: return FaultCode::document_doctype;
    case XML_ERR_INVALID_CHAR: return invalid_character();
    default: break;
  }
  if (m_input->blank()) return FaultCode::document_empty;
  if (cut_short(error.code)) return FaultCode::document_truncated;
  return error.code == XML_ERR_INVALID_ENCODING ? FaultCode::document_encoding
                                                : FaultCode::document_malformed;
}

/// libxml2 has one code for a character that XML forbids and for bytes that are no character at all.
FaultCode XmlParse::invalid_character() const {
  const xmlParserInput& input = *m_context->input;
  const std::string_view rest(reinterpret_cast<const char*>(input.cur),
                              static_cast<std::size_t>(input.end - input.cur));
  return begins_like_utf_8(rest) ? FaultCode::document_character : FaultCode::document_encoding;
}

/// Whether the parser failed for want of bytes: the source has ended and no tag is closed after this place.
bool XmlParse::cut_short(int error) const {
  if (!m_input->ended()) return false;
  constexpr std::array unfinished{XML_ERR_COMMENT_NOT_FINISHED, XML_ERR_CDATA_NOT_FINISHED,
                                  XML_ERR_PI_NOT_FINISHED, XML_ERR_TAG_NOT_FINISHED};
  if (std::ranges::count(unfinished, error) > 0) return true;
  const xmlParserInput& input = *m_context->input;
  if (error == XML_ERR_DOCUMENT_EMPTY) return input.cur == input.end;
  return std::find(input.cur, input.end, xmlChar{'>'}) == input.end;
}

}  // namespace passerelle::codec
