// A registry whose demandes live, and reports of it from facts and from named data.
#pragma once

#include "gateway/service/access/pivot_text.hpp"
#include "gateway/service/registry/alias.hpp"
#include "gateway/service/registry/erase.hpp"
#include "gateway/service/reports/draw_report.hpp"
#include "gateway/service/reports/read_profile.hpp"
#include "gateway/store/cipher.hpp"
#include "tests/unit/service/life/living.hpp"

namespace passerelle::service {

/// What a demande of a report says.
struct Wish {
  const char* born = "1990-12-25";
  const char* commune = "63113";
  const char* typologie = "t2";
  int persons = 1;
  const char* resources = "1200";
  const char* others = "";  ///< further members
};

class ReportingTest : public LivingTest {
 protected:
  using Lines = std::vector<reports::Line>;

  ReportingTest() {
    m_registry.pivot = &shape();
    run_as_administrator(
        "INSERT INTO passerelle.parameter VALUES ('063', 'effacement-mois', '24', "
        "'[2015-01-01,)', 'x')");
  }

  static std::string text_of(const Wish& wish) {
    return fmt::format(
        R"({{"pivot":"1","demandeur":{{"nom":"Secretissime","dateNaissance":"{}","ressourcesRecues":[{{"montant":"{}"}}]}},)"
        R"("logementActuel":{{"occupations":["locatairePrive"]}},"logementRecherche":{{"typesLogement":["{}"],)"
        R"("nombrePersonnes":{},"localisations":[{{"commune":"{}"}}]}}{}}})",
        wish.born, wish.resources, wish.typologie, wish.persons, wish.commune, wish.others);
  }
  /// A demande deposited today; `change` adapts it.
  template <typename Change>
  Numero deposit(char who, const Wish& wish, Change change) {
    const std::string text = text_of(wish);
    Filing filed = filing({person(who, who - '@')});
    filed.deposited_on = model::utc_day(m_clock.now());
    filed.pivot = model::Personal(text);
    filed.communes = {wish.commune};
    PivotText stored(shape());
    filed.profile = read_profile(stored.read(text));
    change(filed);
    const auto answer = send(filed, fmt::format("k-{}", who));
    if (!answer) throw std::runtime_error(code_of(answer));
    return *answer->numero;
  }
  Numero deposit(char who, const Wish& wish = {}) {
    return deposit(who, wish, [](Filing&) {});
  }

  /// The bailleur of the commission signs the lease.
  std::string house(const Numero& numero) {
    run_as_administrator(
        "INSERT INTO passerelle.demande_tie SELECT territory, demande_id, tie, NULL, NULL, '[2015-01-01,)', "
        "'x' "
        "FROM passerelle.demande, unnest(ARRAY['designation', 'commission', 'bail']) AS tie "
        "WHERE state = 'active' ON CONFLICT DO NOTHING");
    const auto decision = authorize_on(m_registry, acting("volcan.un", "bailleur", "attribution"),
                                       policy::Action::sign_lease, numero);
    if (!decision) return decision.error().rule();
    LifeOrder lease{.event = "housed"};
    lease.detail = model::Personal<std::string>(
        R"({"pivot":"1","attribution":{"rpls":"63AB00421C","accordCollectif":"aucun","dalo":"non",)"
        R"("reservataire":"aucun","agentEtat":"non"}})");
    return code_of(live_demande(m_registry, *decision, life_rules(), numero, lease));
  }
  policy::Decision on(policy::Action action, const Numero& numero) {
    return *authorize_on(m_registry, holder_of_keys(), action, numero);
  }
  bool merge(const Numero& kept, const Numero& other) {
    return merge_demandes(m_registry, on(policy::Action::merge_demandes, kept), {kept, other, "doublon"})
        .has_value();
  }
  bool split(const Numero& numero) {
    return split_demande(m_registry, on(policy::Action::split_demande, numero), numero).has_value();
  }
  void erase(const Numero& numero) {
    EXPECT_TRUE(erase_registered(m_registry, on(policy::Action::erase_demande, numero), numero, "demandé",
                                 m_erasures));
  }
  /// The demande says something else from now on, as who changes its content would write it.
  std::string modify(const Numero& numero, const Wish& wish) {
    in_063([&](store::Transaction& transaction) {
      const auto found = store::find_life(transaction, "063", std::string(numero.text().reveal()));
      const store::SecretKey key = open_demande_key(m_keys, found->demande.id, found->key);
      m_sealed = seal_version(key, {"063", found->demande.id}, found->demande.version + 1,
                              {model::Personal(text_of(wish)), {}});
      static constexpr store::Statement insert = {"insert_other_version",
                                                  "INSERT INTO demande_version VALUES ($1, $2, $3, $4, $5)"};
      static constexpr store::Statement number = {
          "number_other_version",
          "UPDATE demande SET version = version + 1 WHERE territory = $1 AND demande_id = $2"};
      transaction.queue(insert, store::Parameters("063", found->demande.id, found->demande.version + 1,
                                                  m_clock.now(), m_sealed));
      transaction.queue(number, store::Parameters("063", found->demande.id));
      return true;
    });
    return happen("modified", numero);
  }

  YearReport report(int year, ReportSource from = ReportSource::facts, bool for_everyone = false) {
    const auto decision =
        *authorize_many(m_registry, holder_of_keys(), policy::Action::count_demandes, "063");
    return draw_report(m_registry, decision, life_rules(), {year, from, for_everyone}).value();
  }
  /// What a report says of one cell; empty when it has none.
  std::string figure(int year, const std::string& indicator, const std::string& by = "total",
                     const std::string& value = "") {
    for (const reports::Line& line : report(year).lines) {
      if (line.indicator == indicator && line.by == by && line.value == value) return line.figure;
    }
    return "";
  }
  static std::string text_of(const Lines& lines) {
    std::string text;
    for (const reports::Line& line : lines)
      text += fmt::format("{} {} {} {}\n", line.indicator, line.by, line.value, line.figure);
    return text;
  }
  /// Whatever happened, both ways count the same.
  void expect_equal_ways() {
    for (int year = 2023; year <= 2028; ++year)
      EXPECT_EQ(text_of(report(year).lines), text_of(report(year, ReportSource::named).lines)) << year;
  }

  store::Bytes m_sealed;
};

}  // namespace passerelle::service
