// A demande as one line of JSON, read into a record of the pivot and written again.
#pragma once

#include <string>
#include <string_view>

#include "gateway/codec/json/json_record_parser.hpp"
#include "gateway/codec/json/json_writer.hpp"

namespace passerelle::service {

/// Keeps its working memory from one demande to the next.
class PivotText {
 public:
  /// The shape of the pivot; outlives it.
  explicit PivotText(const codec::Shape& pivot);
  PivotText(const PivotText&) = delete;
  PivotText& operator=(const PivotText&) = delete;
  ~PivotText() = default;

  /// Valid until the next call. Throws std::logic_error for a text that is no demande.
  codec::Record& read(std::string_view pivot);
  /// The same of a text that may be none: its faults are appended.
  codec::Record& read(std::string_view pivot, model::Faults& faults);
  /// The demande that was read, as it is now.
  [[nodiscard]] std::string write();

 private:
  codec::JsonRecordParser m_parser;
  codec::Record m_record;
  codec::MemorySink m_sink;
  codec::JsonWriter m_writer;
  std::string m_text;
};

/// The place of a leaf in a demande, with ranks from 1.
[[nodiscard]] std::string place_of(const codec::Record& demande, const codec::Leaf& leaf);

}  // namespace passerelle::service
