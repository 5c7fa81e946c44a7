// How a use case refuses: everything it did is rolled back, and only the trace of the refusal stays.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <type_traits>

#include "gateway/model/fault.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// Thrown inside the transaction of a use case; never leaves `attempt`.
struct Refusal {
  model::Faults faults;
};

[[noreturn]] inline void refuse(model::FaultCode code, std::string_view path) {
  throw Refusal{{model::make_fault(code, std::string(path))}};
}

/// Runs `work()`, which opens transactions of a decision. What it refuses leaves its trace alone, which is
/// durable when the faults are returned.
template <typename Work>
auto attempt_all(const Registry& registry, const policy::Decision& decision, Work work)
    -> tl::expected<std::invoke_result_t<Work>, model::Faults> {
  model::Faults faults;
  try {
    return work();
  } catch (Refusal& refusal) {
    faults = std::move(refusal.faults);
  }
  note_refusal(registry, decision, faults);
  return tl::unexpected(std::move(faults));
}

/// The same of `work(Transaction&)`, in one transaction.
template <typename Work>
auto attempt(const Registry& registry, const policy::Decision& decision, Work work)
    -> tl::expected<std::invoke_result_t<Work, store::Transaction&>, model::Faults> {
  return attempt_all(registry, decision, [&] { return in_transaction_of(registry, decision, work); });
}

}  // namespace passerelle::service
