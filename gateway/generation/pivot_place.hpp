// A group of a pivot record that is being filled, by the names of its members.
#pragma once

#include <string_view>

#include "gateway/codec/record.hpp"

namespace passerelle::generation {

/// Valid as long as the record's content. Names are those of mappings/pivot/fields.csv: one that the pivot
/// does not know throws std::logic_error, so a test that draws enough demandes finds it.
class Place {
 public:
  /// The demande or the envelope itself.
  explicit Place(codec::Record& record) : Place(record, record.root(), record.root_node()) {}

  /// The group of that name, which stands once something is set in it.
  [[nodiscard]] Place group(std::string_view name) const;
  /// A new item of the list of that name.
  [[nodiscard]] Place item(std::string_view list) const;

  /// An empty text is a blank: nothing is set. The bytes are copied.
  void set(std::string_view name, std::string_view text) const;
  void set(std::string_view name, bool value) const { set(name, std::string_view(value ? "true" : "false")); }
  void set(std::string_view name, const char* text) const { set(name, std::string_view(text)); }
  /// A whole number.
  void set_number(std::string_view name, std::int64_t value) const;
  /// Cents, written in euros.
  void set_amount(std::string_view name, int cents) const;
  /// One more value of a list of values.
  void add(std::string_view list, std::string_view text) const;

 private:
  Place(codec::Record& record, codec::Frame& frame, codec::NodeId node)
      : m_record(&record), m_frame(&frame), m_node(node) {}
  [[nodiscard]] codec::NodeId child(std::string_view name) const;

  codec::Record* m_record;
  codec::Frame* m_frame;
  codec::NodeId m_node;
};

}  // namespace passerelle::generation
