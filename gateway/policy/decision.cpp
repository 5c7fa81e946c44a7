#include "gateway/policy/decision.hpp"

namespace passerelle::policy {

std::string_view action_name(Action action) noexcept {
  return word_name(action);
}

}  // namespace passerelle::policy
