// What stops a command when the policy denies what it would do, or who asks is not known.
#pragma once

#include <stdexcept>

#include "gateway/policy/decision.hpp"

namespace passerelle::server {

/// What is asked is not for who asks, or is not there: which of both is not said. Its trace has been left.
class AccessDenied : public std::runtime_error {
 public:
  explicit AccessDenied(const policy::Denial& denial)
      : std::runtime_error("action refusée, ou objet inconnu (" + denial.rule() + ")") {}
};

/// Who asks is not known, or says too little of itself; nothing was decided.
class UnknownIdentity : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace passerelle::server
