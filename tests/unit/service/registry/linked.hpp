// A registry that compares persons by the shipped weights, and people to register in it.
#pragma once

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/linking/frozen/model_text.hpp"
#include "gateway/model/folded_name.hpp"
#include "gateway/service/registry/person_linker.hpp"
#include "tests/unit/service/access/people.hpp"

namespace passerelle::service {

inline const PersonLinker& shipped_linker() {
  static const PersonLinker linker(
      linking::read_frozen_model(codec::read_file(PASSERELLE_SOURCE "/mappings/linking/demandeurs.model"))
          .value());
  return linker;
}

/// A person as a form shows them: `name first_names date`, and how they are reached.
struct Shown {
  std::string name = "DELAUNOY";
  std::string first_names = "Marguerite Solange";
  std::string born = "1983-04-17";
  std::string telephone = "0612345678";
  std::string email = "marguerite.delaunoy@exemple.invalid";
  std::string address = "12 rue des Charmes";
  std::string postcode = "63000";
};

/// As `read_filing` would read them.
inline FiledHolder holder(const Shown& shown) {
  FiledHolder filed{.identity = model::Personal(fmt::format(
                        "{}|{}|{}", model::folded_name(shown.name),
                        model::folded_name(model::first_of_names(shown.first_names)), shown.born)),
                    .contacts = {},
                    .nir = {}};
  LinkingFacts facts;
  facts[LinkingFact::birth_name] = shown.name;
  facts[LinkingFact::first_names] = shown.first_names;
  facts[LinkingFact::birth_date] = shown.born;
  facts[LinkingFact::telephone] = shown.telephone;
  facts[LinkingFact::email] = shown.email;
  facts[LinkingFact::address] = shown.address;
  facts[LinkingFact::postcode] = shown.postcode;
  filed.facts = model::Personal(facts);
  return filed;
}

class Linked : public AmongPeople {
 protected:
  [[nodiscard]] policy::Decision decision(policy::Action action = policy::Action::register_demande) const {
    return authorize(m_linked, local_administrator("afpbsa", "martin"), action, {"063"}).value();
  }
  tl::expected<Registration, model::Faults> file(const std::vector<FiledHolder>& holders,
                                                 const std::string& key,
                                                 const std::string& members = R"("demandeur":{"nom":"X"})") {
    Filing filed = filing(holders);
    filed.pivot = model::Personal(fmt::format(R"({{"pivot":"1",{}}})", members));
    return register_demande(m_linked, decision(), filed, {key, "cerfa", model::Personal(key)});
  }
  std::vector<std::string> reviews() const {
    store::Connection administrator = connect(store::Cluster::administrator);
    static constexpr store::Statement listed = {
        "",
        "SELECT coalesce(string_agg(reason, ' ' ORDER BY reason), '') FROM passerelle.review "
        "WHERE closed_at IS NULL"};
    const std::string all(administrator.execute(listed).text(0, 0));
    return all.empty() ? std::vector<std::string>{} : std::vector<std::string>{all};
  }

  Registry m_linked{
      m_pool, m_numeros, m_keys, m_clock, m_engine_of_people, &shipped_pivot().shape(), &shipped_linker()};
};

}  // namespace passerelle::service
