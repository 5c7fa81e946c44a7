// A registry to register in: a territory with its guichets, one of another allocator, invented people.
#pragma once

#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/access/publish_rules.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/register_demande.hpp"
#include "gateway/store/erasure_journal.hpp"
#include "tests/registry/invented_filing.hpp"
#include "tests/unit/policy/shipped_tables.hpp"
#include "tests/unit/store/database_test.hpp"

namespace passerelle::service {

namespace fs = std::filesystem;

/// An invented person: the letter says who, the rank of the NIR which one.
inline FiledHolder person(char who, int nir = 0) {
  FiledHolder holder{.identity = model::Personal(fmt::format("NOM{}|PRENOM|1990-01-01", who)),
                     .contacts = {model::Personal(fmt::format("+3361234567{}", who))},
                     .nir = {}};
  if (nir > 0) holder.nir = invented_nir(nir);
  return holder;
}

/// The shipped ones.
inline const LifeRules& life_rules() {
  static const LifeRules rules = [] {
    mapping::TableFaults faults;
    LifeRules read = LifeRules::read(PASSERELLE_SOURCE "/mappings/registry", faults);
    if (!faults.empty()) throw std::runtime_error("the tables of life have faults");
    return read;
  }();
  return rules;
}

inline Filing filing(std::vector<FiledHolder> holders) {
  Filing filed = invented_filing(std::move(holders), R"({"pivot":"1","demandeur":{"nom":"Secretissime"}})");
  filed.deposited_on = "2025-12-24";
  filed.communes = {"63113", "03310"};
  return filed;
}

class Registering : public store::DatabaseTest {
 protected:
  Registering() {
    run_as_administrator(R"(
      SET search_path = passerelle;
      INSERT INTO territory VALUES ('063', 'x', 'Europe/Paris', 'assumption'), ('111', 'x', 'Europe/Paris', 'public');
      INSERT INTO territory_departement VALUES ('063', '63', '[2010-01-01,)', 'x'), ('111', '75', '[2010-01-01,)', 'x'),
        ('111', '92', '[2010-01-01,)', 'x');
      INSERT INTO allocator VALUES ('063', 'passerelle', '[2010-01-01,)', 'x'), ('111', 'external', '[2010-01-01,)', 'x');
      INSERT INTO guichet VALUES ('063', 'G6301', 'afpbsa', 'x', '[2010-01-01,)', 'x'),
        ('063', 'G6302', 'afpbsa', 'x', '[2010-01-01,2020-01-01)', 'x'), ('111', 'G7501', 'paris', 'x', '[2010-01-01,)', 'x');
      INSERT INTO subscription VALUES ('063', 'sne', '[2010-01-01,)', 'x'))");
    m_engine.put_in_force(policy::shipped_tables());
    store::Connection owner = connect("passerelle_owner");
    publish_rules(owner, policy::shipped_tables());
  }
  ~Registering() override {
    fs::remove(m_key_path);
    fs::remove(m_erasures.path());
  }

  static fs::path fresh_key_path() {
    const fs::path path = fs::path(testing::TempDir()) / fmt::format("passerelle-register-{}", ::getpid());
    fs::remove(path);
    return path;
  }
  policy::Decision decision(policy::Action action = policy::Action::register_demande,
                            const std::string& territory = "063") const {
    return authorize(m_registry, local_administrator("afpbsa", "martin"), action, {territory}).value();
  }
  tl::expected<Registration, model::Faults> send(const Filing& filed, const std::string& key,
                                                 std::string_view content = "content",
                                                 const std::string& territory = "063") {
    return register_demande(m_registry, decision(policy::Action::register_demande, territory), filed,
                            {key, "cerfa", model::Personal(std::string(content))});
  }
  static model::FaultCode fault(const tl::expected<Registration, model::Faults>& answer) {
    EXPECT_FALSE(answer);
    return answer.error().at(0).code;
  }
  std::int64_t count(const std::string& what) const {
    store::Connection administrator = connect(store::Cluster::administrator);
    const std::string text = fmt::format("SELECT count(*) FROM passerelle.{}", what);
    const store::Statement statement = {"", text.c_str()};
    return administrator.execute(statement).number(0, 0);
  }

  fs::path m_key_path = fresh_key_path();
  store::KeyFile m_keys = store::KeyFile::create(m_key_path);
  store::ErasureJournal m_erasures{m_key_path.string() + ".journal"};
  model::SetClock m_clock{store::test_time};
  store::Pool m_pool{{.target = as("passerelle_application"), .size = 8}};
  store::Pool m_numero_pool{{.target = as("passerelle_application"), .size = 1}};
  store::NumeroAllocator m_numeros{m_numero_pool};
  policy::Engine m_engine;
  Registry m_registry{m_pool, m_numeros, m_keys, m_clock, m_engine};
};

}  // namespace passerelle::service
