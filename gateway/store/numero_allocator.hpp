// The sequences of new numbers, given from blocks so that registrations never wait for each other.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "gateway/store/pool.hpp"

namespace passerelle::store {

/// The month in which a demande was first deposited: its number carries it.
using DepositMonth = std::chrono::year_month;

/// For any number of threads; several processes may share a database. Its pool is its own: whoever asks for a
/// sequence holds a connection of another one already, and would wait for itself.
class NumeroAllocator {
 public:
  static constexpr int block_size = 64;
  static constexpr int last_sequence = 999'999;  ///< six digits

  explicit NumeroAllocator(Pool& pool) noexcept : m_pool(pool) {}

  /// A sequence, from 1 to `last_sequence`, that no process was given for this territory and month; nothing
  /// when no block is left. A sequence that is not used is lost.
  [[nodiscard]] std::optional<int> next(const std::string& territory, DepositMonth month);

 private:
  struct Block {
    int next = 0;
    int end = 0;  ///< excluded
  };
  [[nodiscard]] Block take_block(const std::string& territory, DepositMonth month) const;

  Pool& m_pool;
  std::mutex m_mutex;
  std::map<std::pair<std::string, DepositMonth>, Block> m_blocks;
};

}  // namespace passerelle::store
