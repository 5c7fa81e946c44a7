// A statement of SQL with a name, and the values that go with it: values never enter the text of a statement.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/clock.hpp"
#include "gateway/model/uuid.hpp"
#include "gateway/store/bytes.hpp"

namespace passerelle::store {

/// A constant with static storage: connections remember by its address that they have prepared it.
struct Statement {
  const char* name;  ///< for logs and errors
  const char* text;  ///< with $1, $2...
};

/// The values of $1, $2... in order. Numbers and dates go as text, which the server reads by the type it
/// expects; times, identifiers and octets in binary.
class Parameters {
 public:
  Parameters() = default;
  template <typename... Values>
    requires(sizeof...(Values) > 0)
  explicit Parameters(const Values&... values) {
    m_values.reserve(sizeof...(Values));
    (add(values), ...);
  }

  void add(std::string_view text) { m_values.push_back({std::string(text), false}); }
  void add(std::same_as<bool> auto truth) { add(truth ? "t" : "f"); }
  void add(std::integral auto number)
    requires(!std::same_as<decltype(number), bool>)
  {
    add(std::to_string(number));
  }
  void add(const model::Uuid& uuid) { add(ByteView(uuid.octets())); }
  void add(model::Time time);
  void add(std::chrono::sys_days day) { add(model::utc_day(day)); }
  void add(ByteView octets) { m_values.push_back({std::string(text_of(octets)), true}); }
  void add(const Bytes& octets) { add(ByteView(octets)); }
  /// An array of texts.
  void add(const std::vector<std::string>& texts);
  /// An array of numbers.
  void add(const std::vector<std::int64_t>& numbers);
  /// An array of octets.
  void add(const std::vector<Bytes>& all);
  /// NULL when nothing.
  template <typename T>
  void add(const std::optional<T>& value) {
    if (value) return add(*value);
    m_values.push_back({std::nullopt, false});
  }

  [[nodiscard]] int size() const noexcept { return static_cast<int>(m_values.size()); }
  /// As libpq wants them, valid as long as this object is not changed.
  [[nodiscard]] std::vector<const char*> pointers() const;
  [[nodiscard]] std::vector<int> lengths() const;
  [[nodiscard]] std::vector<int> formats() const;

 private:
  struct Value {
    std::optional<std::string> text;
    bool binary;
  };
  std::vector<Value> m_values;
};

}  // namespace passerelle::store
