// A registry on a measured server, with the shipped rules and weights.
#pragma once

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/linking/frozen/model_text.hpp"
#include "gateway/service/registry/person_linker.hpp"
#include "gateway/service/registry/registry.hpp"
#include "tests/bench/registry_measure.hpp"
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

}  // namespace passerelle::bench
