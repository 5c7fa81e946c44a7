// The rows that a statement answered.
#pragma once

#include <cstdint>
#include <libpq-fe.h>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/clock.hpp"
#include "gateway/model/uuid.hpp"
#include "gateway/store/bytes.hpp"

namespace passerelle::store {

/// From when times and dates of PostgreSQL count in their binary form.
inline constexpr std::chrono::sys_days postgres_origin = std::chrono::year(2000) / 1 / 1;

/// Values are in the binary form of PostgreSQL; each getter is for columns of its types, which our own
/// statements fix. Rows and columns count from 0; views live as long as the result.
class Result {
 public:
  explicit Result(PGresult* result) noexcept : m_result(result) {}

  [[nodiscard]] int rows() const noexcept { return PQntuples(m_result.get()); }
  [[nodiscard]] bool empty() const noexcept { return rows() == 0; }
  /// How many rows the statement changed.
  [[nodiscard]] std::uint64_t affected() const;

  [[nodiscard]] bool is_null(int row, int column) const noexcept {
    return PQgetisnull(m_result.get(), row, column) == 1;
  }
  /// text, domains over it, name
  [[nodiscard]] std::string_view text(int row, int column) const noexcept;
  /// bytea
  [[nodiscard]] ByteView octets(int row, int column) const noexcept { return octets_of(text(row, column)); }
  /// bytea[] of one dimension without NULL
  [[nodiscard]] std::vector<Bytes> octets_array(int row, int column) const;
  /// smallint, integer, bigint
  [[nodiscard]] std::int64_t number(int row, int column) const noexcept;
  /// boolean
  [[nodiscard]] bool truth(int row, int column) const noexcept { return number(row, column) != 0; }
  /// uuid
  [[nodiscard]] model::Uuid uuid(int row, int column) const noexcept;
  /// timestamptz
  [[nodiscard]] model::Time time(int row, int column) const noexcept;
  /// date
  [[nodiscard]] std::chrono::sys_days day(int row, int column) const noexcept;
  /// Of a column that may be NULL: nothing then.
  [[nodiscard]] std::optional<std::string> text_or_nothing(int row, int column) const;
  [[nodiscard]] std::optional<std::chrono::sys_days> day_or_nothing(int row, int column) const;

 private:
  struct Clear {
    void operator()(PGresult* result) const noexcept { PQclear(result); }
  };
  std::unique_ptr<PGresult, Clear> m_result;
};

}  // namespace passerelle::store
