#include "gateway/service/registry/review/open_pair.hpp"

#include <stdexcept>

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/access/protected_situation.hpp"

namespace passerelle::service {
namespace {

using policy::FieldClass;
using store::Transaction;

bool is_named_for(const OpenSide& side) {
  return !side.decision.hidden().contains(FieldClass::separation);
}

const codec::Shape& pivot_of(const Registry& registry) {
  if (registry.pivot == nullptr)
    throw std::logic_error("two demandes are compared by the shape of the pivot");
  return *registry.pivot;
}

}  // namespace

PairReader::PairReader(const Registry& registry, const policy::Decision& many)
    : m_registry(registry), m_many(many), m_mask(pivot_of(registry)) {}

std::optional<OpenPair> PairReader::open(Transaction& transaction,
                                         const std::optional<store::ReviewPair>& pair) {
  const model::Uuid nobody{model::Uuid::Octets{}};
  auto one = open_side(transaction, pair ? pair->demande : nobody);
  auto two = open_side(transaction, pair ? pair->other : nobody);
  if (!one || !two) return std::nullopt;
  const bool named = is_named_for(*one) && is_named_for(*two);
  if (!named && (is_protected(*one) || is_protected(*two))) return std::nullopt;
  return OpenPair{*pair, std::move(*one), std::move(*two)};
}

std::optional<OpenPair> PairReader::find(Transaction& transaction, const model::Uuid& line) {
  return open(transaction, store::find_review(transaction, m_many.territories().front(), line));
}

std::optional<OpenSide> PairReader::open_side(Transaction& transaction, const model::Uuid& demande) const {
  auto found = store::find_side(transaction, {m_many.territories().front(), demande});
  if (!found) return std::nullopt;
  auto decision = authorize_row(m_registry, m_many, demande, found->standing);
  if (!decision) return std::nullopt;
  store::SecretKey key = open_demande_key(m_registry.keys, demande, found->key);
  VersionText text = open_version(key, *found);
  return OpenSide{std::move(*found), std::move(*decision), std::move(key), std::move(text)};
}

bool PairReader::is_protected(const OpenSide& side) {
  return m_mask.holds(side.text.pivot, side.decision, protected_facts);
}

void queue_traces(Transaction& transaction, const OpenPair& pair, model::Time now) {
  for (const OpenSide* side : {&pair.one, &pair.two})
    queue_trace(transaction, side->decision, side->decision.territories().front(), &side->key, now);
}

}  // namespace passerelle::service
