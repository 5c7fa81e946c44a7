#include "gateway/store/numero_allocator.hpp"

#include <fmt/format.h>

#include "gateway/store/transaction.hpp"

namespace passerelle::store {
namespace {

// One statement: the row is locked from its reading to the commit. The last numbers of a month, fewer than a
// block, are never given.
constexpr Statement take = {"take_numero_block",
                            "INSERT INTO numero_sequence AS s VALUES ($1, $2, 1 + $3::integer) "
                            "ON CONFLICT (territory, month) DO UPDATE SET next = s.next + $3::integer "
                            "WHERE s.next + $3::integer <= $4::integer RETURNING next"};

std::string first_day(DepositMonth month) {
  return fmt::format("{:04}-{:02}-01", int(month.year()), unsigned(month.month()));
}

}  // namespace

std::optional<int> NumeroAllocator::next(const std::string& territory, DepositMonth month) {
  const std::scoped_lock lock(m_mutex);
  Block& block = m_blocks[std::pair(territory, month)];
  if (block.next == block.end) block = take_block(territory, month);
  if (block.next == block.end) return std::nullopt;
  return block.next++;
}

NumeroAllocator::Block NumeroAllocator::take_block(const std::string& territory, DepositMonth month) const {
  const Scope scope{"numero", {territory}, {}};
  return in_transaction(m_pool, scope, [&](Transaction& transaction) {
    const Result taken =
        transaction.execute(take, Parameters(territory, first_day(month), block_size, last_sequence + 1));
    if (taken.empty()) return Block{};
    const auto end = static_cast<int>(taken.number(0, 0));
    return Block{end - block_size, end};
  });
}

}  // namespace passerelle::store
