// From the tokens of one JSON object to the values of a record.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/codec/json/json_splitter.hpp"
#include "gateway/codec/record.hpp"

namespace passerelle::codec {

/// Values are views into the slice wherever its spelling is the value itself, copies kept by the record
/// elsewhere. Slice and record must outlive the reader of values; `workspace` is memory that it may use.
class JsonValueReader {
 public:
  JsonValueReader(const JsonSlice& slice, Record& record, std::string& workspace) noexcept;

  /// The value of a scalar for a leaf of that lexical class (booleans and integers are JSON scalars, all else
  /// strings; null is a value of any), or the fault that keeps it out.
  [[nodiscard]] tl::expected<Value, model::FaultCode> scalar(std::string_view token, Lexical lexical);
  /// The value of a string, given without its quotes.
  [[nodiscard]] tl::expected<Value, model::FaultCode> text(std::string_view raw);
  /// A key without its quotes, decoded: valid until the next call. Nothing when an escape is not JSON's.
  [[nodiscard]] std::optional<std::string_view> key(std::string_view raw);
  /// Whether a token that is thrown away is at least JSON.
  [[nodiscard]] bool is_sound(std::string_view token);

 private:
  Record* m_record;
  std::string* m_workspace;
  bool m_plain;  // nothing in the whole object needs decoding
};

}  // namespace passerelle::codec
