#include <fmt/format.h>

#include "gateway/policy/describe.hpp"
#include "gateway/policy/labels.hpp"

namespace passerelle::policy {
namespace {

std::string days(const Period& period) {
  const auto written = [](Day day) {
    return fmt::format("{:04}-{:02}-{:02}", day.rank / 10'000, day.rank / 100 % 100, day.rank % 100);
  };
  std::string text;
  if (period.since != Period{}.since) text = fmt::format("depuis le {}", written(period.since));
  if (period.until != Period{}.until) text += fmt::format(" jusqu'au {} exclu", written(period.until));
  return text;
}

class Document {
 public:
  explicit Document(const AccessTables& tables) : m_tables(tables) {}

  std::string run() {
    m_text =
        "# Qui peut voir et faire quoi\n\n"
        "Écrit par `passerelle access doc` d'après `mappings/access` : ne pas corriger ici. Ce qui n'est pas "
        "permis\n"
        "ci-dessous est refusé ; chaque accès, permis ou refusé, laisse une trace. Le sens exact des tables "
        ":\n"
        "[access.md](access.md).\n";
    add_actors();
    add_rules();
    add_classes();
    return std::move(m_text);
  }

 private:
  void add_actors() {
    m_text +=
        "\n## Acteurs\nUne ligne par fondement.\n\n"
        "| acteur | rôle | finalité | fondement | lit | écrit | en vigueur | texte |\n"
        "|---|---|---|---|---|---|---|---|\n";
    for (const ActorLine& actor : m_tables.actors) {
      m_text += fmt::format("| {} | `{}` | {} | {} | {} | {} | {} | {} |\n", actor.label,
                            m_tables.roles[actor.role].role, label(m_tables, actor.purpose), actor.basis,
                            actor.reads, actor.writes, days(actor.period), word_name(actor.certainty));
    }
    m_text += "\n";
    for (const Certainty word : {Certainty::public_text, Certainty::unsure, Certainty::assumption})
      m_text += fmt::format("- `{}` : {}\n", word_name(word), label(m_tables, word));
  }

  void add_rules() {
    m_text +=
        "\n## Ce que chacun peut\nDans l'ordre où les règles sont essayées : la première qui convient "
        "répond.\n";
    for (std::size_t role = 0; role < m_tables.roles.size(); ++role) add_role(role);
  }

  void add_role(std::size_t role) {
    m_text += fmt::format("\n### {}\n", m_tables.roles[role].label);
    for (const RuleLine& rule : m_tables.rules) {
      for (const std::size_t rank : rule.actors) {
        if (m_tables.actors[rank].role == role) add_rule(rule, m_tables.actors[rank]);
      }
    }
  }

  void add_rule(const RuleLine& rule, const ActorLine& actor) {
    m_text += fmt::format("- **{}** (`{}`), pour {} ({})\n", labels(m_tables, rule.actions, ", ", ""),
                          rule.rule, label(m_tables, actor.purpose), actor.basis);
    item("si", labels(m_tables, rule.ties, " ; ", ""));
    if (rule.states != States{State::aucune}) item("états", labels(m_tables, rule.states, " ; ", ""));
    if (rule.relations != Relations{Relation::aucune})
      item("qui", labels(m_tables, rule.relations, " ; ", ""));
    add_shown("voit", rule.shown);
    if (rule.shown_own != rule.shown) add_shown("voit, de ce qui est à soi", rule.shown_own);
    item("doit", labels(m_tables, rule.obligations, " ; ", ""));
    item("en vigueur", days(rule.period));
  }

  /// What is shown, or what is not, whichever is said faster.
  void add_shown(std::string_view what, FieldClasses shown) {
    const FieldClasses hidden = FieldClasses::all() - shown;
    if (hidden.empty()) return item(what, "tout");
    if (shown.size() <= hidden.size())
      return item(what, labels(m_tables, shown, " ; ", "rien d'une demande"));
    item(what, "tout, sauf " + labels(m_tables, hidden, " ; ", ""));
  }

  /// Nothing when there is nothing to say.
  void item(std::string_view what, const std::string& text) {
    if (!text.empty()) m_text += fmt::format("  - {} : {}\n", what, text);
  }

  void add_classes() {
    m_text += "\n## Classes\n| classe | ce que c'est | places du pivot |\n|---|---|---|\n";
    for_each_word(FieldClasses::all(), [&](FieldClass shown) {
      std::size_t places = 0;
      for (const FieldLine& field : m_tables.fields) places += field.classes.contains(shown) ? 1U : 0U;
      m_text += fmt::format("| `{}` | {} | {} |\n", word_name(shown), label(m_tables, shown), places);
    });
  }

  const AccessTables& m_tables;
  std::string m_text;
};

}  // namespace

std::string document_access(const AccessTables& tables) {
  return Document(tables).run();
}

}  // namespace passerelle::policy
