// A database with a territory, a guichet and two partners, and demandes to put into it.
#pragma once

#include "gateway/store/candidate_table.hpp"
#include "gateway/store/cipher.hpp"
#include "gateway/store/evidence_table.hpp"
#include "tests/unit/store/database_test.hpp"

namespace passerelle::store {

class RegistryTest : public DatabaseTest {
 protected:
  RegistryTest() {
    run_as_administrator(R"(
      INSERT INTO passerelle.territory VALUES ('063', 'Puy-de-Dôme', 'Europe/Paris', 'assumption');
      INSERT INTO passerelle.subscription VALUES ('063', 'sne', '[2020-01-01,)', 'test'),
        ('063', 'arverne', '[2020-01-01,)', 'test'), ('063', 'ancien', '[2020-01-01,2025-01-01)', 'test'))");
  }

  /// Someone as two letters: who, and the NIR.
  static HolderKey holder(std::uint8_t who, std::optional<std::uint8_t> nir = std::nullopt) {
    HolderKey key{.identity = Bytes(32, who), .contacts = {{1}, {2, 3}}, .nir = {}};
    if (nir) key.nir = Bytes(32, *nir);
    return key;
  }

  NewDemande demande(const std::string& numero, std::vector<HolderKey> holders) const {
    NewDemande made{.territory = "063",
                    .id = make_uuid(test_time),
                    .state = "active",
                    .guichet = "G6301",
                    .deposited_on = "2026-01-10",
                    .registered_at = test_time,
                    .numero = numero,
                    .numero_reason = "allocated",
                    .key = {1, Bytes{9}},
                    .version = Bytes{8, 8},
                    .holders = {},
                    .communes = {"63113", "63300"}};
    for (HolderKey& key : holders) {
      std::optional<Sealed> nir;
      if (key.nir) nir = Sealed{1, Bytes{5}};
      made.holders.push_back({std::move(key), nir});
    }
    return made;
  }

  static Event event(const model::Uuid& demande, int rank, const std::string& kind = "registration") {
    return {"063", demande, rank, kind, "2026-01-15", test_time, "afpbsa", 1};
  }

  /// Runs the work in a transaction that sees 063.
  template <typename Work>
  auto in_063(Work work) {
    return in_transaction(m_pool, scope_of_063(), work);
  }

  /// Registers with one event.
  model::Uuid add(const NewDemande& made) {
    return in_063([&](Transaction& transaction) {
      queue_demande(transaction, made);
      queue_event(transaction, event(made.id, 1));
      return made.id;
    });
  }

  std::vector<Candidate> candidates(const std::vector<HolderKey>& holders) {
    return in_063([&](Transaction& transaction) {
      queue_person_locks(transaction, "063", holders, {});
      transaction.flush();
      queue_identities(transaction, "063", holders);
      Sightings seen;
      for (const Result& answer : transaction.flush()) add_sightings(answer, seen);
      return list_candidates(transaction, "063", seen);
    });
  }

  Pool m_pool{{.target = as("passerelle_application"), .size = 4}};
};

}  // namespace passerelle::store
