// How the engine asks for threads without owning any: the caller brings an executor.
#pragma once

#include <cstddef>
#include <functional>

namespace passerelle::linking {

/// Runs `task(0)` ... `task(count - 1)`, in any order, perhaps at once, and returns when all are done.
/// INVARIANT: no result of the engine depends on the order or on the number of threads.
using Executor = std::function<void(std::size_t count, const std::function<void(std::size_t)>& task)>;

/// Runs every task in turn on the calling thread.
[[nodiscard]] inline Executor serial_executor() {
  return [](std::size_t count, const std::function<void(std::size_t)>& task) {
    for (std::size_t i = 0; i < count; ++i) task(i);
  };
}

/// Cuts [0, size) into ranges of at most `step` and runs `work(begin, end)` on each.
template <typename Work>
void for_each_range(const Executor& run, std::size_t size, std::size_t step, const Work& work) {
  const std::size_t count = (size + step - 1) / step;
  run(count, [&](std::size_t i) { work(i * step, i * step + step < size ? i * step + step : size); });
}

}  // namespace passerelle::linking
