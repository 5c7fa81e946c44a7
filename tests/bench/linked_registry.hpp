// A registry on a measured server, with the shipped rules and weights.
#pragma once

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/linking/frozen/model_text.hpp"
#include "gateway/service/registry/filed_household.hpp"
#include "gateway/service/registry/person_linker.hpp"
#include "gateway/service/registry/registry.hpp"
#include "gateway/store/presentation_table.hpp"
#include "tests/bench/registry_measure.hpp"
#include "tests/registry/invented_filing.hpp"
#include "tests/unit/policy/shipped_tables.hpp"

namespace passerelle::bench {

/// Run from the folder of the project. The server outlives it.
struct LinkedRegistry {
  LinkedRegistry(const Server& server, std::size_t connections)
      : pool(server.pool(connections)),
        numero_pool(server.pool(1)),
        keys(store::KeyFile::create(server.folder() / "keys")),
        linker(linking::read_frozen_model(codec::read_file("mappings/linking/demandeurs.model")).value()) {
    engine.put_in_force(policy::shipped_tables());
  }

  store::Pool pool;
  store::Pool numero_pool;
  store::NumeroAllocator numeros{numero_pool};
  store::KeyFile keys;
  model::SystemClock clock;
  policy::Engine engine;
  service::PersonLinker linker;
  service::Registry registry{pool, numeros, keys, clock, engine, nullptr, &linker};
};

/// The rows of a demande by which its people are found: what nobody reads here is left out.
inline void queue_known(const service::Registry& registry, store::Transaction& transaction, int number,
                        model::Time now) {
  const service::Filing filing = service::numbered_household(number, R"({"pivot":"1"})");
  const model::Uuid id = store::make_uuid(now);
  const service::DemandeKey key = service::make_demande_key(registry.keys, id);
  const service::FiledHousehold household(registry, "063", filing.holders);
  store::NewDemande demande{.territory = "063", .id = id};
  demande.state = "active";
  demande.guichet = "G6301";
  demande.deposited_on = "2026-01-05";
  demande.registered_at = now;
  demande.numero = fmt::format("known{}", number);
  demande.numero_reason = "accepted";
  demande.key = key.wrapped;
  demande.version = store::Bytes(16, 7);
  demande.holders.push_back({household.keys().front(), store::Sealed{1, store::Bytes(32, 1)}});
  store::queue_demande(transaction, demande);
  household.queue_presentations(transaction, id, key.key);
}

/// A territory of so many people, each with a demande.
inline void fill(const service::Registry& registry, int people) {
  constexpr int at_once = 250;
  const store::Scope scope{.context = "fill", .territories = {"063"}, .body = "bench"};
  for (int first = 0; first < people; first += at_once) {
    store::in_transaction(registry.pool, scope, [&](store::Transaction& transaction) {
      const int end = std::min(people, first + at_once);
      for (int number = first; number < end; ++number)
        queue_known(registry, transaction, number, registry.clock.now());
      if (first == 0)
        store::queue_new_rules(transaction, "063", registry.linker->rules(), registry.clock.now());
      return true;
    });
  }
}

}  // namespace passerelle::bench
