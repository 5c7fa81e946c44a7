#include "gateway/store/result.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace passerelle::store {
namespace {

/// Takes four octets off the front, most significant first.
std::uint32_t take_number(ByteView& octets) {
  std::uint32_t number = 0;
  for (const std::uint8_t octet : octets.first(4)) number = (number << 8U) | octet;
  octets = octets.subspan(4);
  return number;
}

}  // namespace

std::uint64_t Result::affected() const {
  const std::string_view text = PQcmdTuples(m_result.get());
  std::uint64_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

std::string_view Result::text(int row, int column) const noexcept {
  return {PQgetvalue(m_result.get(), row, column),
          static_cast<std::size_t>(PQgetlength(m_result.get(), row, column))};
}

// The binary form of arrays: PostgreSQL, src/backend/utils/adt/arrayfuncs.c, array_send.
std::vector<Bytes> Result::octets_array(int row, int column) const {
  ByteView rest = octets(row, column);
  std::vector<Bytes> all;
  const std::uint32_t dimensions = take_number(rest);
  rest = rest.subspan(8);  // whether there is a NULL, the type
  if (dimensions == 0) return all;
  const std::uint32_t count = take_number(rest);
  static_cast<void>(take_number(rest));  // the first index
  for (std::uint32_t item = 0; item < count; ++item) {
    const std::uint32_t size = take_number(rest);
    all.emplace_back(rest.begin(), rest.begin() + size);
    rest = rest.subspan(size);
  }
  return all;
}

std::int64_t Result::number(int row, int column) const noexcept {
  const ByteView all = octets(row, column);
  assert(!all.empty() && all.size() <= sizeof(std::int64_t));
  // Big-endian; the sign is that of the first octet.
  std::uint64_t number = (all.front() & 0x80U) != 0 && all.size() > 1 ? ~std::uint64_t{0} : 0;
  for (const std::uint8_t octet : all) number = (number << 8U) | octet;
  return static_cast<std::int64_t>(number);
}

model::Uuid Result::uuid(int row, int column) const noexcept {
  model::Uuid::Octets uuid{};
  const ByteView all = octets(row, column);
  assert(all.size() == uuid.size());
  std::ranges::copy(all, uuid.begin());
  return model::Uuid(uuid);
}

model::Time Result::time(int row, int column) const noexcept {
  return model::Time(postgres_origin) + std::chrono::microseconds(number(row, column));
}

std::chrono::sys_days Result::day(int row, int column) const noexcept {
  return postgres_origin + std::chrono::days(number(row, column));
}

std::optional<std::string> Result::text_or_nothing(int row, int column) const {
  if (is_null(row, column)) return std::nullopt;
  return std::string(text(row, column));
}

std::optional<std::chrono::sys_days> Result::day_or_nothing(int row, int column) const {
  if (is_null(row, column)) return std::nullopt;
  return day(row, column);
}

}  // namespace passerelle::store
