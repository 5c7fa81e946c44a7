// Who must not be found through another demande: victims of violence, whom the other household may look for.
#pragma once

#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// Who holds one of these may be looked for by someone of another household: agents named one by one for both
/// demandes look at what ties them.
inline constexpr policy::FieldClasses protected_facts = {policy::FieldClass::violence,
                                                         policy::FieldClass::separation};

/// Whether a demande tells of violence (CCH L441-1, third to fifth alinea), in its present version. Without
/// the shape of the pivot nothing can be read, and nothing is said to be protected. `demande` is locked by
/// nobody: a version that comes later is for whoever registers it to look at. Throws as `open_version`.
[[nodiscard]] bool is_protected(const Registry& registry, const policy::Decision& decision,
                                store::Transaction& transaction, const store::DemandeId& demande);

}  // namespace passerelle::service
