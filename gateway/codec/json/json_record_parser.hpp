// Reads one JSON object, already cut, into a record of a shape.
#pragma once

#include <memory>

#include "gateway/codec/json/json_plan.hpp"
#include "gateway/codec/json/json_splitter.hpp"
#include "gateway/codec/record.hpp"
#include "gateway/model/fault.hpp"

namespace passerelle::codec {

/// Keeps its working memory from one object to the next. The shape must outlive it.
class JsonRecordParser {
 public:
  explicit JsonRecordParser(const Shape& shape);
  ~JsonRecordParser();
  JsonRecordParser(const JsonRecordParser&) = delete;
  JsonRecordParser& operator=(const JsonRecordParser&) = delete;

  /// Whether the first object of a file is its envelope: no member of it belongs to records alone, and it has
  /// a member of the envelope alone, or no unknown member.
  [[nodiscard]] bool is_envelope(const JsonSlice& slice);

  /// Fills the record, which must be clear, and appends every fault of structure. Values are views into the
  /// slice wherever its spelling is the value itself. After a fault of syntax the record is empty.
  void parse(const JsonSlice& slice, Record& record, model::Faults& faults);

 private:
  class Engine;
  std::unique_ptr<Engine> m_engine;
};

}  // namespace passerelle::codec
