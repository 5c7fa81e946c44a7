// The rows of one registration, inserted in one transaction and nothing else: what the measures of
// registrations are held against.
#pragma once

#include <fmt/format.h>

#include "gateway/store/cipher.hpp"
#include "gateway/store/demande_table.hpp"
#include "gateway/store/evidence_table.hpp"
#include "gateway/store/exchange_table.hpp"
#include "gateway/store/fact_table.hpp"
#include "gateway/store/pool.hpp"
#include "gateway/store/presentation_table.hpp"
#include "tests/registry/invented_filing.hpp"

namespace passerelle::bench {

inline constexpr std::size_t bare_pivot_size = 1000;
inline constexpr int keys_of_one = 9;  ///< of the person of `numbered_household`

inline store::Scope bare_scope() {
  return {.context = "bare", .territories = {"063"}, .body = "bare"};
}

inline std::string bare_numero(int number) {
  return fmt::format("bare{}", number);
}

/// What the rows of a demande hold, made of octets that were there before.
inline store::NewDemande bare_demande(const model::Uuid& id, int number, model::Time now) {
  const store::Bytes hash(32, static_cast<std::uint8_t>(number));
  store::HolderKey holder;
  holder.identity = store::Bytes(id.octets().begin(), id.octets().end());
  holder.identity.resize(hash.size());
  holder.contacts = {hash};
  holder.nir = hash;
  store::NewDemande demande{.territory = "063", .id = id};
  demande.state = "active";
  demande.guichet = "G6301";
  demande.deposited_on = "2026-01-05";
  demande.registered_at = now;
  demande.numero = bare_numero(number);
  demande.numero_reason = "allocated";
  demande.key.generation = 1;
  demande.key.octets = store::Bytes(60, 1);
  demande.version = store::Bytes(bare_pivot_size, 7);
  demande.holders.push_back({holder, store::Sealed{1, hash}});
  demande.communes = {"63113"};
  demande.counted = true;
  demande.bands = store::Bytes(80, 3);
  return demande;
}

/// As many keys as a person has, and what is compared.
inline store::NewPresentation bare_presentation(const model::Uuid& id, int number) {
  store::NewPresentation presentation{
      .holder = 0, .mac = store::Bytes(32, 1), .keys = {}, .id = id, .sealed = store::Bytes(220, 5)};
  for (int key = 0; key < keys_of_one; ++key)
    presentation.keys.push_back(static_cast<std::int64_t>(
        service::chance_of(static_cast<std::uint64_t>(number * keys_of_one + key))));
  return presentation;
}

inline model::Fact bare_fact() {
  return {.month = "2026-01-01",
          .kind = "registration",
          .bands = {"63113", "30-44", std::int16_t{1}, "t2", "1000-1499", "locatairePrive"},
          .motion = 1};
}

inline store::AuditLeaf bare_leaf(model::Time now, const std::string& action) {
  return {"063", store::make_uuid(now), now, "bare", "bench", action, "bench", "bench",
          true,  store::Bytes(32, 1)};
}

/// The same rows, made of octets that were there before: no look-up, no lock, no cipher, no number.
inline void insert_rows(store::Pool& pool, int number, model::Time now) {
  const store::Bytes hash(32, static_cast<std::uint8_t>(number));
  const store::Bytes sealed(bare_pivot_size, 7);
  store::in_transaction(pool, bare_scope(), [&](store::Transaction& transaction) {
    const model::Uuid id = store::make_uuid(now);
    const store::KeyedMessage message{"bare", fmt::format("k{}", number), hash, now};
    store::queue_claim(transaction, message);
    store::queue_demande(transaction, bare_demande(id, number, now));
    store::queue_presentation(transaction, {"063", id}, bare_presentation(store::make_uuid(now), number),
                              now);
    store::queue_fact(transaction, "063", bare_fact());
    const store::Event event{"063", id, 1, "registration", "2026-01-05", now, "bare", 1};
    store::queue_event(transaction, event);
    store::queue_news(transaction, event);
    store::queue_message(transaction, {"063", "bare", "cerfa", store::make_uuid(now), id, now, {1, sealed}});
    store::queue_answer(transaction, message, {"063", id}, hash);
    store::queue_leaf(transaction, bare_leaf(now, "register"));
    return true;
  });
}

}  // namespace passerelle::bench
