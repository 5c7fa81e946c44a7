// Builds records from the events of one XML document, and tells whatever finds no place in them.
#pragma once

#include <array>

#include "gateway/codec/codec.hpp"
#include "gateway/codec/limits.hpp"
#include "gateway/codec/xml/xml_names.hpp"
#include "gateway/codec/xml/xml_parse.hpp"

namespace passerelle::codec {

/// A leaf is an attribute, an element that has neither attribute nor child, or the text (not blank) of an
/// element that has attributes but no child. Each leaf of the document is set in a record, or counted there
/// as unplaced.
class RecordBuilder final : public XmlEvents {
 public:
  RecordBuilder(const XmlNames& names, Record& envelope, Record& record, RecordSink& sink);

  std::optional<XmlFault> run(XmlParse& parse);
  /// The faults found outside the records once the envelope has been given.
  [[nodiscard]] model::Faults take_stray_faults() { return std::move(m_stray_faults); }

  void start(const XmlTag& tag) override;
  void end() override;
  void text(std::string_view piece) override;

 private:
  /// An element that is open.
  struct Level {
    NodeId node = no_node;  ///< no_node: without a place, like all it holds
    NodeId text = no_node;  ///< the leaf that takes its text
    Frame* frame = nullptr;
    model::Position at;
    NodeId full_list = no_node;  ///< a child already told to be over limits::list_items
    std::uint16_t cursor = 0;
    std::uint16_t order = 0;
    bool has_child = false;
    bool has_attribute = false;
    bool has_text = false;   ///< other than white space
    bool has_blank = false;  ///< white space where not even that may stand
    bool over_limit = false;
  };

  [[nodiscard]] Level& top() { return m_levels[m_depth - 1]; }
  [[nodiscard]] Record& current() { return m_in_record ? *m_record : *m_envelope; }
  void start_root(const XmlTag& tag, Level& level);
  void start_child(const XmlTag& tag, Level& parent, Level& level);
  void start_record(NodeId node, Level& level);
  bool place(NodeId node, Level& parent, Level& level);
  bool room_for(NodeId node, Level& parent, model::Position at);
  void skip(Level& parent, Level& level);
  void read_attributes(const XmlTag& tag, Level& level);
  void set_attribute(const XmlAttribute& attribute, Level& level);
  void append_text(std::string_view piece, Level& level);

  void end_skipped(Level& level);
  void end_text(Level& level);
  void end_group(Level& level);
  void end_record();
  void give_envelope();
  void end_document();

  model::Faults& faults();
  void report(model::FaultCode code, std::string path, model::Position at);
  void report(model::FaultCode code, const Level& level, NodeId node, model::Position at);
  void report_unknown(model::FaultCode code, const Level& level, model::Position at);

  const XmlNames* m_names;
  const Shape* m_shape;
  Record* m_envelope;
  Record* m_record;
  RecordSink* m_sink;
  XmlParse* m_parse = nullptr;

  std::array<Level, limits::depth> m_levels;
  std::size_t m_depth = 0;
  std::size_t m_skip_depth = 0;  ///< depth of the outermost element without a place; 0: none
  std::uint32_t m_skipped_leaves = 0;
  std::string m_text;
  std::string m_attribute;

  bool m_in_record = false;
  bool m_envelope_given = false;
  bool m_record_over_limit = false;
  std::uint64_t m_stray_leaves = 0;
  std::uint64_t m_record_start = 0;
  std::uint64_t m_ordinal = 0;
  model::Faults m_envelope_faults;
  model::Faults m_record_faults;
  model::Faults m_stray_faults;
};

}  // namespace passerelle::codec
