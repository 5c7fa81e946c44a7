// Threads for work that is cut in independent tasks; the server layer owns every thread.
#pragma once

#include <cstddef>
#include <functional>

namespace passerelle::server {

/// An executor on `threads` threads, the calling one included (0: as many as the machine has). An exception
/// of a task is thrown again once all tasks have stopped.
[[nodiscard]] std::function<void(std::size_t, const std::function<void(std::size_t)>&)> thread_executor(
    std::size_t threads);

}  // namespace passerelle::server
