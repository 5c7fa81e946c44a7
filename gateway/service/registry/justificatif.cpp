#include "gateway/service/registry/justificatif.hpp"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>

#include "gateway/codec/limits.hpp"
#include "gateway/codec/validate.hpp"
#include "gateway/service/access/judge_reading.hpp"
#include "gateway/service/access/pivot_text.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/store/cipher.hpp"
#include "gateway/store/justificatif_table.hpp"
#include "gateway/store/life_table.hpp"

namespace passerelle::service {
namespace {

using model::FaultCode;
using policy::Decision;
using store::Transaction;

std::string card_place(const model::Uuid& demande, const JustificatifId& id) {
  return fmt::format("justificatif/{}/{}", demande.text(), id.text());
}

std::string copy_place(const model::Uuid& demande, const JustificatifId& id) {
  return fmt::format("copie/{}/{}", demande.text(), id.text());
}

/// What a copy is, as its card says it; what is hidden is empty.
struct Card {
  std::string kind;
  std::string media_type;
  std::string size;
  std::string digest;
};

Card card_of(const codec::Record& pivot) {
  Card card;
  for (const codec::Leaf& leaf : pivot.leaves()) {
    const codec::Value value = pivot.value(leaf);
    if (value.absent()) continue;
    const std::string& name = pivot.shape().node(leaf.node).name;
    if (name == "nature") card.kind = value.reveal();
    if (name == "format") card.media_type = value.reveal();
    if (name == "taille") card.size = value.reveal();
    if (name == "empreinte") card.digest = value.reveal();
  }
  return card;
}

/// One item of `pieces`, as the pivot writes it. A kind is letters alone before it enters the text.
std::string pivot_of(const FiledCopy& copy, MediaType type) {
  const std::string& octets = copy.octets.reveal();
  return fmt::format(
      R"({{"pivot":"1","pieces":[{{"nature":"{}","format":"{}","taille":{},"empreinte":"{:02x}"}}]}})",
      copy.kind, media_type_name(type), octets.size(),
      fmt::join(store::digest(store::octets_of(octets)), ""));
}

bool is_word(std::string_view kind) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !kind.empty() && std::ranges::all_of(kind, letter);
}

/// The card of a copy that may be filed: all that is wrong with it is refused at once.
std::string checked_card(const codec::Shape& pivot, const FiledCopy& copy) {
  model::Faults faults;
  const std::string& octets = copy.octets.reveal();
  const auto type = media_type_of(octets);
  if (!type || (copy.media_type && *copy.media_type != media_type_name(*type)))
    faults.push_back(model::make_fault(FaultCode::justificatif_type, "pieces[1]"));
  if (octets.size() > codec::limits::justificatif_bytes)
    faults.push_back(model::make_fault(FaultCode::limit_justificatif, "pieces[1]"));
  if (!is_word(copy.kind)) faults.push_back(model::make_fault(FaultCode::value_code, "pieces[1].nature"));
  std::string card;
  if (faults.empty()) {
    card = pivot_of(copy, *type);
    PivotText text(pivot);
    codec::validate(text.read(card, faults), faults);
  }
  if (!faults.empty()) throw Refusal{std::move(faults)};
  return card;
}

/// One that the decision shows, and what it is.
struct Seen {
  store::FoundJustificatif found;
  Card card;
};

/// The copies of one demande inside one transaction of a decision.
class Dossier {
 public:
  Dossier(const Registry& registry, const Decision& decision, Transaction& transaction,
          const model::NumeroUnique& numero)
      : m_registry(registry),
        m_decision(decision),
        m_transaction(transaction),
        m_territory(decision.territories().front()),
        m_now(registry.clock.now()),
        m_demande(find(numero)),
        m_key(open_demande_key(registry.keys, id(), m_demande.key)) {
    // Copies of merged demandes are the second lock's to open by the kept one, which must be open to who
    // acts; and who files the same at the same moment waits here.
    store::queue_taken_in_hand(transaction, {m_territory, id()});
    queue_trace(transaction, decision, m_territory, &m_key, m_now);
    queue_review(transaction, decision, {m_territory, id()}, m_key);
  }

  [[nodiscard]] FiledJustificatif file(const FiledCopy& copy) const {
    const std::string card = checked_card(*m_registry.pivot, copy);
    const auto all = store::list_justificatifs(m_transaction, {m_territory, id()});
    const auto digest = card_of(PivotText(*m_registry.pivot).read(card)).digest;
    for (const Seen& seen : shown(all)) {
      if (seen.card.kind == copy.kind && seen.card.digest == digest) return {seen.found.id, false};
    }
    if (all.size() >= codec::limits::list_items) refuse(FaultCode::limit_list, "pieces");
    const JustificatifId filed = store::make_uuid(m_now);
    store::queue_justificatif(m_transaction, {m_territory, id()}, sealed(m_key, id(), filed, card, copy));
    return {filed, true};
  }

  [[nodiscard]] FiledJustificatif replace(const JustificatifId& which, const FiledCopy& copy) const {
    const std::string card = checked_card(*m_registry.pivot, copy);
    const Seen seen = one(which);
    const model::Uuid& owner = seen.found.demande;
    const store::SecretKey key = open_demande_key(m_registry.keys, owner, seen.found.key);
    store::queue_replaced_justificatif(m_transaction, {m_territory, owner},
                                       sealed(key, owner, which, card, copy));
    return {which, false};
  }

  [[nodiscard]] FiledJustificatif withdraw(const JustificatifId& which) const {
    store::queue_withdrawn_justificatif(m_transaction, {m_territory, one(which).found.demande}, which);
    return {which, false};
  }

  [[nodiscard]] std::vector<ShownJustificatif> list() const {
    std::vector<ShownJustificatif> listed;
    for (Seen& seen : shown(store::list_justificatifs(m_transaction, {m_territory, id()})))
      listed.push_back({seen.found.id, seen.card.kind, seen.card.media_type, seen.card.size,
                        seen.found.filed_at, seen.found.body});
    return listed;
  }

  [[nodiscard]] model::Personal<std::string> read(const JustificatifId& which) const {
    const Seen seen = one(which);
    const model::Uuid& owner = seen.found.demande;
    const store::SecretKey key = open_demande_key(m_registry.keys, owner, seen.found.key);
    const auto copy = store::find_copy(m_transaction, {m_territory, owner}, which);
    const auto opened = store::unseal(key, copy.value_or(store::Bytes{}), copy_place(owner, which));
    if (!opened) throw store::KeyFileError("un justificatif ne s'ouvre pas avec la clé de sa demande");
    return model::Personal(std::string(store::text_of(*opened)));
  }

 private:
  [[nodiscard]] const model::Uuid& id() const noexcept { return m_demande.demande.id; }

  [[nodiscard]] store::NumberedLife find(const model::NumeroUnique& numero) const {
    auto found = store::find_life(m_transaction, m_territory, std::string(numero.text().reveal()));
    if (!found || !is_about(m_decision, found->demande.id))
      refuse(FaultCode::registry_unknown, "numeroUnique");
    return std::move(*found);
  }

  /// Who files it declares what it says, and reads it as their own afterwards.
  [[nodiscard]] store::NewJustificatif sealed(const store::SecretKey& key, const model::Uuid& owner,
                                              const JustificatifId& which, const std::string& card,
                                              const FiledCopy& copy) const {
    VersionText text{model::Personal(card), {}};
    const auto person = policy::own_person(viewing_of(m_registry, m_decision, {}).viewer);
    if (person && owner == id()) text.declarations.declare("", person);
    return {.id = which,
            .filed_at = m_now,
            .body = m_decision.actor().body,
            .card = seal_text(key, card_place(owner, which), text),
            .copy = store::seal(key, store::octets_of(copy.octets.reveal()), copy_place(owner, which))};
  }

  /// Those whose kind the decision shows.
  [[nodiscard]] std::vector<Seen> shown(const std::vector<store::FoundJustificatif>& all) const {
    PivotMask mask(*m_registry.pivot);
    std::vector<Seen> seen;
    for (const store::FoundJustificatif& found : all) {
      const store::SecretKey key = open_demande_key(m_registry.keys, found.demande, found.key);
      VersionText text = open_text(key, card_place(found.demande, found.id), found.card);
      // The ranks of persons are those of the demande for which it was filed.
      if (found.demande != id()) text.declarations = {};
      const auto viewing = viewing_of(m_registry, m_decision, std::move(text.declarations));
      Card card = card_of(mask.read(text.pivot, m_decision, viewing));
      if (!card.kind.empty()) seen.push_back({found, std::move(card)});
    }
    return seen;
  }

  [[nodiscard]] Seen one(const JustificatifId& which) const {
    for (Seen& seen : shown(store::list_justificatifs(m_transaction, {m_territory, id()}))) {
      if (seen.found.id == which) return std::move(seen);
    }
    refuse(FaultCode::justificatif_unknown, "pieces");
  }

  const Registry& m_registry;
  const Decision& m_decision;
  Transaction& m_transaction;
  const std::string& m_territory;
  model::Time m_now;
  store::NumberedLife m_demande;
  store::SecretKey m_key;
};

template <typename Work>
auto with_dossier(const Registry& registry, const Decision& decision, policy::Action action,
                  const model::NumeroUnique& numero, Work work) {
  assert(decision.action() == action && registry.pivot != nullptr);
  static_cast<void>(action);
  return attempt(registry, decision, [&](Transaction& transaction) {
    return work(Dossier(registry, decision, transaction, numero));
  });
}

}  // namespace

tl::expected<FiledJustificatif, model::Faults> file_justificatif(const Registry& registry,
                                                                 const Decision& decision,
                                                                 const model::NumeroUnique& numero,
                                                                 const FiledCopy& copy) {
  return with_dossier(registry, decision, policy::Action::file_document, numero,
                      [&](const Dossier& dossier) { return dossier.file(copy); });
}

tl::expected<FiledJustificatif, model::Faults> replace_justificatif(const Registry& registry,
                                                                    const Decision& decision,
                                                                    const model::NumeroUnique& numero,
                                                                    const JustificatifId& id,
                                                                    const FiledCopy& copy) {
  return with_dossier(registry, decision, policy::Action::file_document, numero,
                      [&](const Dossier& dossier) { return dossier.replace(id, copy); });
}

tl::expected<FiledJustificatif, model::Faults> withdraw_justificatif(const Registry& registry,
                                                                     const Decision& decision,
                                                                     const model::NumeroUnique& numero,
                                                                     const JustificatifId& id) {
  return with_dossier(registry, decision, policy::Action::file_document, numero,
                      [&](const Dossier& dossier) { return dossier.withdraw(id); });
}

tl::expected<std::vector<ShownJustificatif>, model::Faults> list_justificatifs(
    const Registry& registry, const Decision& decision, const model::NumeroUnique& numero) {
  return with_dossier(registry, decision, policy::Action::show_document, numero,
                      [&](const Dossier& dossier) { return dossier.list(); });
}

tl::expected<model::Personal<std::string>, model::Faults> read_justificatif(const Registry& registry,
                                                                            const Decision& decision,
                                                                            const model::NumeroUnique& numero,
                                                                            const JustificatifId& id) {
  return with_dossier(registry, decision, policy::Action::show_document, numero,
                      [&](const Dossier& dossier) { return dossier.read(id); });
}

}  // namespace passerelle::service
