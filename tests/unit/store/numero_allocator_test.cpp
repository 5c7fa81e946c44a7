#include "gateway/store/numero_allocator.hpp"

#include <gmock/gmock.h>
#include <set>
#include <thread>

#include "tests/unit/store/registry_test.hpp"

namespace passerelle::store {
namespace {

constexpr DepositMonth january = std::chrono::year(2026) / std::chrono::January;

class NumeroAllocatorTest : public RegistryTest {};

TEST_F(NumeroAllocatorTest, counts_from_one_in_each_month) {
  NumeroAllocator allocator(m_pool);
  EXPECT_EQ(allocator.next("063", january), 1);
  EXPECT_EQ(allocator.next("063", january), 2);
  EXPECT_EQ(allocator.next("063", std::chrono::year(2026) / std::chrono::February), 1);
}

TEST_F(NumeroAllocatorTest, gives_no_sequence_twice_whoever_asks) {
  std::mutex mutex;
  std::set<int> given;
  std::vector<std::thread> processes;
  for (int process = 0; process < 4; ++process)
    processes.emplace_back([&] {
      NumeroAllocator allocator(m_pool);  // as another process would have its own
      for (int i = 0; i < 100; ++i) {
        const auto sequence = allocator.next("063", january);
        const std::scoped_lock lock(mutex);
        ASSERT_TRUE(sequence);
        EXPECT_TRUE(given.insert(*sequence).second) << *sequence;
      }
    });
  for (std::thread& process : processes) process.join();
  EXPECT_EQ(given.size(), 400U);
}

TEST_F(NumeroAllocatorTest, says_when_a_month_has_no_block_left) {
  run_as_administrator("INSERT INTO passerelle.numero_sequence VALUES ('063', '2026-01-01', 999936)");
  NumeroAllocator allocator(m_pool);
  for (int i = 0; i < NumeroAllocator::block_size; ++i)
    EXPECT_EQ(allocator.next("063", january), 999'936 + i);
  EXPECT_FALSE(allocator.next("063", january));
}

}  // namespace
}  // namespace passerelle::store
