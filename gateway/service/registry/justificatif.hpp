// The use cases of copies of documents: filed once, listed, read, replaced, withdrawn (CCH R441-2-4-1; cahier
// des charges of 2015, 2). Each leaves its trace.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/model/numero_unique.hpp"
#include "gateway/model/personal.hpp"
#include "gateway/policy/decision.hpp"
#include "gateway/service/registry/media_type.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// A copy as it comes; octets in, the same octets out.
struct FiledCopy {
  std::string kind;                       ///< code of the pivot list `naturePiece`: no other may be asked for
  std::optional<std::string> media_type;  ///< what the sender says of it; it must be so
  model::Personal<std::string> octets;    ///< at most codec::limits::justificatif_bytes
};

/// What was filed, or was there already: the same octets of one kind are kept once.
struct FiledJustificatif {
  model::Uuid id;
  bool is_new;
};

/// A copy without its octets. What the decision hides of it is empty.
struct ShownJustificatif {
  model::Uuid id;
  std::string kind;
  std::string media_type;
  std::string size;  ///< octets
  model::Time filed_at;
  std::string body;  ///< that filed it
};

using JustificatifId = model::Uuid;

// Of a demande, those of the demandes merged into it are listed and read too. A number that leads to no
// demande that the decision is about is refused, and so is a copy whose kind the decision does not show, as
// one that is not there. The registry knows the pivot. Decisions: `file_document` to file, replace and
// withdraw, `show_document` to list and read.

/// Refuses a kind that is of no list, octets of another media type or too many of them, and a hundredth copy.
[[nodiscard]] tl::expected<FiledJustificatif, model::Faults> file_justificatif(
    const Registry& registry, const policy::Decision& decision, const model::NumeroUnique& numero,
    const FiledCopy& copy);
/// Puts another copy where one stood; refuses as `file_justificatif`.
[[nodiscard]] tl::expected<FiledJustificatif, model::Faults> replace_justificatif(
    const Registry& registry, const policy::Decision& decision, const model::NumeroUnique& numero,
    const JustificatifId& id, const FiledCopy& copy);
[[nodiscard]] tl::expected<FiledJustificatif, model::Faults> withdraw_justificatif(
    const Registry& registry, const policy::Decision& decision, const model::NumeroUnique& numero,
    const JustificatifId& id);

/// Oldest first.
[[nodiscard]] tl::expected<std::vector<ShownJustificatif>, model::Faults> list_justificatifs(
    const Registry& registry, const policy::Decision& decision, const model::NumeroUnique& numero);
/// The octets that were filed.
[[nodiscard]] tl::expected<model::Personal<std::string>, model::Faults> read_justificatif(
    const Registry& registry, const policy::Decision& decision, const model::NumeroUnique& numero,
    const JustificatifId& id);

}  // namespace passerelle::service
