// Who changes a demande changes what they see of it: what is hidden from them stays.
#pragma once

#include "gateway/codec/shape.hpp"
#include "gateway/model/personal.hpp"
#include "gateway/policy/decision.hpp"

namespace passerelle::service {

/// Puts into a demande that is to take the place of another what a decision hides of that one: a value alone
/// where nothing stands, or an item of a list behind the others, unless the same one came. What is hidden
/// inside an item that was seen, and is not there any more, goes with it. Both are records of the pivot;
/// `before` is masked by it. Returns whether anything was hidden. Throws as policy::Decision::mask does.
bool carry_hidden(codec::Record& before, const policy::Decision& decision, const policy::Viewing& viewing,
                  codec::Record& after);

}  // namespace passerelle::service
