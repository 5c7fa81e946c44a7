// Masks by class and owner, against the naive reading of docs/access.md on demandes drawn by chance, and what
// the shipped tables let nobody see.
#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "gateway/codec/json/json_reader.hpp"
#include "gateway/codec/json/json_writer.hpp"
#include "gateway/policy/engine.hpp"
#include "gateway/policy/read_access_tables.hpp"
#include "tests/laws/drawn_demande.hpp"
#include "tests/laws/laws_count.hpp"

namespace passerelle::policy {
namespace {

namespace model = access_model;
using codec::NodeId;
using codec::Record;
using generation::Dice;
using laws::DrawnDemande;

const std::string access_folder = PASSERELLE_SOURCE "/mappings/access";

const mapping::PivotCatalogue& pivot() {
  return laws::shipped_pivot();
}

const AccessTables& tables() {
  static const AccessTables read = [] {
    codec::TableFaults faults;
    return read_access_tables(access_folder, faults);
  }();
  return read;
}

const FieldMask& field_mask() {
  static const FieldMask mask(tables().fields, pivot().shape());
  return mask;
}

FieldClasses some_classes(Dice& dice, FieldClasses of) {
  FieldClasses some;
  const std::uint64_t share = 1 + dice.below(5);
  for_each_word(of, [&](FieldClass word) {
    if (dice.below(6) < share) some.insert(word);
  });
  return some;
}

Viewer some_viewer(Dice& dice) {
  const auto relation = static_cast<Relation>(dice.below(words_of<Relation>.size()));
  if (relation != Relation::cotitulaire) return {relation, {}};
  return {relation, dice.below(2)};
}

model::Viewer naive(const Viewer& viewer) {
  const std::string item =
      viewer.cotitulaire ? "cotitulaires[" + std::to_string(*viewer.cotitulaire) + ']' : "";
  return {std::string(word_name(viewer.relation)), item};
}

model::Words naive(FieldClasses classes) {
  model::Words words;
  for_each_word(classes, [&](FieldClass word) { words.emplace(word_name(word)); });
  return words;
}

std::string text_of(const Record& record) {
  codec::MemorySink sink;
  codec::JsonWriter(pivot().shape(), sink).record(record);
  return sink.bytes();
}

/// How many values each place holds, of the records of a text.
class PlaceCount final : public codec::RecordSink {
 public:
  void envelope(Record&, ::passerelle::model::Faults&) override {}
  void record(Record& record, ::passerelle::model::Faults&) override { add(record); }
  void add(const Record& record) {
    for (const codec::Leaf& leaf : record.leaves()) {
      if (!record.value(leaf).absent()) ++counts[leaf.node];
    }
  }

  std::map<NodeId, int> counts;
};

std::map<NodeId, int> counts_in(const std::string& text) {
  PlaceCount counted;
  codec::MemorySource source(text);
  EXPECT_TRUE(codec::JsonReader(pivot().shape()).read(source, counted).empty());
  return counted.counts;
}

/// Whether each item says the rank that it has.
bool ranks_close_up(const codec::Frame& frame) {
  for (std::size_t place = 0; place < frame.type->lists.size(); ++place) {
    const codec::List& list = frame.lists[place];
    for (std::uint16_t rank = 0; rank < list.count; ++rank) {
      if (list.items[rank]->index != rank || !ranks_close_up(*list.items[rank])) return false;
    }
  }
  return true;
}

struct Drawn {
  explicit Drawn(std::uint64_t seed)
      : dice(seed + 1'000'000),
        hidden(some_classes(dice, FieldClasses::all())),
        hidden_own(some_classes(dice, hidden)),
        viewer(some_viewer(dice)) {}

  Dice dice;
  FieldClasses hidden;
  FieldClasses hidden_own;
  Viewer viewer;
};

TEST(MaskLaws, a_mask_takes_what_the_naive_reading_hides_and_nothing_else) {
  const model::Tables read = model::read_tables(access_folder);
  std::uint64_t taken = 0;
  std::uint64_t values = 0;
  for (std::uint64_t seed = 0; seed < laws::laws_count(); ++seed) {
    DrawnDemande demande(seed);
    const Drawn drawn(seed);
    model::Answer answer{.permit = true};
    answer.hidden = naive(drawn.hidden);
    answer.hidden_own = naive(drawn.hidden_own);
    const model::Words expected = model::hidden_paths(read, demande.leaves(), naive(drawn.viewer), answer);
    field_mask().apply(demande.record, drawn.hidden, drawn.hidden_own,
                       {.viewer = drawn.viewer, .declarations = demande.declarations(), .pseudonym = {}});
    ASSERT_EQ(demande.taken(), expected) << "seed " << seed;
    ASSERT_TRUE(ranks_close_up(demande.record.root())) << "seed " << seed;
    PlaceCount left;
    left.add(demande.record);
    ASSERT_EQ(counts_in(text_of(demande.record)), left.counts) << "seed " << seed;
    taken += expected.size();
    values += demande.size();
  }
  EXPECT_GT(taken, values / 5);
  EXPECT_LT(taken, values / 10 * 9);
}

/// Without ranks, that close up: what is said of an item is said of the record as it was.
Declarations of_whole_places(const DrawnDemande& demande) {
  Declarations whole;
  for (const auto& [path, who] : demande.said) {
    if (path.find('[') == std::string::npos && who != "cotitulaires[1]") {
      EXPECT_TRUE(whole.declare(path, who == "demandeur" ? Person{} : Person{0}));
    }
  }
  return whole;
}

TEST(MaskLaws, a_mask_applied_twice_is_the_mask) {
  for (std::uint64_t seed = 0; seed < laws::laws_count() / 4; ++seed) {
    DrawnDemande demande(seed);
    Drawn drawn(seed);
    if (drawn.viewer.relation == Relation::cotitulaire) drawn.viewer.relation = Relation::demandeur;
    const Viewing viewing{.viewer = drawn.viewer, .declarations = of_whole_places(demande), .pseudonym = {}};
    field_mask().apply(demande.record, drawn.hidden, drawn.hidden_own, viewing);
    const std::string once = text_of(demande.record);
    field_mask().apply(demande.record, drawn.hidden, drawn.hidden_own, viewing);
    ASSERT_EQ(text_of(demande.record), once) << "seed " << seed;
  }
}

TEST(MaskLaws, a_bigger_hidden_set_shows_no_more) {
  for (std::uint64_t seed = 0; seed < laws::laws_count() / 4; ++seed) {
    DrawnDemande more(seed);
    DrawnDemande less(seed);
    Drawn drawn(seed);
    const Viewing viewing{.viewer = drawn.viewer, .declarations = more.declarations(), .pseudonym = {}};
    field_mask().apply(more.record, drawn.hidden, drawn.hidden_own, viewing);
    const FieldClasses besides = some_classes(drawn.dice, FieldClasses::all());
    const FieldClasses own = some_classes(drawn.dice, besides);
    field_mask().apply(less.record, drawn.hidden | besides, drawn.hidden_own | own, viewing);
    ASSERT_TRUE(std::ranges::includes(less.taken(), more.taken())) << "seed " << seed;
    const std::map<NodeId, int> counts = counts_in(text_of(more.record));
    for (const auto& [node, count] : counts_in(text_of(less.record)))
      ASSERT_LE(count, counts.contains(node) ? counts.at(node) : 0) << "seed " << seed;
  }
}

/// What the shipped tables may answer to a role, whatever it asks for and whatever ties it has.
class ShippedRulings {
 public:
  ShippedRulings() { m_engine.put_in_force(tables()); }

  /// Each pair of hidden sets once, in the relations given.
  std::vector<Ruling> of(const std::string& role, Relations relations = Relations::all(),
                         Ties ties = Ties::all()) const {
    std::map<std::pair<std::uint64_t, std::uint64_t>, Ruling> found;
    AccessRequest request{.role = m_engine.role(role).value(), .date = parse_day("2026-06-01").value()};
    request.asked.insert("063");
    request.granted.insert("063");
    request.ties = ties;
    for_each_word(relations, [&](Relation relation) {
      request.relation = relation;
      for (const RuleLine& rule : tables().rules) ask(rule, request, found);
    });
    std::vector<Ruling> rulings;
    for (const auto& [sets, ruling] : found) rulings.push_back(ruling);
    return rulings;
  }

 private:
  template <typename Found>
  void ask(const RuleLine& rule, AccessRequest& request, Found& found) const {
    for (const std::size_t actor : rule.actors) {
      request.purpose = tables().actors[actor].purpose;
      for_each_word(tables().actors[actor].channels, [&](Channel channel) {
        request.channel = channel;
        for_each_word(rule.actions, [&](Action action) {
          request.action = action;
          for_each_word(rule.states, [&](State state) {
            request.state = state;
            const Ruling ruling = m_engine.rule(request);
            if (ruling.permitted)
              found.emplace(std::pair(ruling.hidden.bits(), ruling.hidden_own.bits()), ruling);
          });
        });
      });
    }
  }

  Engine m_engine;
};

/// Whether some value of a place is left in one of the demandes, by a ruling: enough of them for each code of
/// a list to stand in some.
bool leaves_any(const Ruling& ruling, const Viewing& viewing,
                const std::function<bool(const std::string&)>& wanted) {
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    DrawnDemande demande(seed);
    const std::vector<model::Leaf> before = demande.leaves();
    field_mask().apply(demande.record, ruling.hidden, ruling.hidden_own, viewing);
    const model::Words taken = demande.taken();
    for (const model::Leaf& leaf : before) {
      if (wanted(leaf.path + '=' + leaf.value) && !taken.contains(leaf.path)) return true;
    }
  }
  return false;
}

bool some_demande_holds(const std::function<bool(const std::string&)>& wanted) {
  Ruling everything;
  everything.hidden = everything.hidden_own = {};
  return leaves_any(everything, {}, wanted);
}

bool holds(const std::string& text, std::initializer_list<std::string_view> parts) {
  return std::ranges::any_of(parts,
                             [&](std::string_view part) { return text.find(part) != std::string::npos; });
}

TEST(MaskedAnswers, hold_no_nir_for_consultants_reservataires_and_statistics) {
  const ShippedRulings rulings;
  const auto is_nir = [](const std::string& leaf) { return holds(leaf, {".nir="}); };
  EXPECT_TRUE(some_demande_holds(is_nir)) << "or this looks at nothing";
  std::size_t looked = 0;
  for (const std::string role : {"consultant-simple", "consultant-demande", "consultant-sensible", "epci",
                                 "reservataire", "statisticien", "dreal"}) {
    for (const Ruling& ruling : rulings.of(role)) {
      EXPECT_FALSE(leaves_any(ruling, {}, is_nir)) << role << ' ' << ruling.rule;
      ++looked;
    }
  }
  EXPECT_GT(looked, 7U);
}

TEST(MaskedAnswers, keep_violence_address_and_separation_of_a_demandeur_from_a_cotitulaire) {
  const ShippedRulings rulings;
  Viewing viewing;
  viewing.viewer = {Relation::cotitulaire, 0};
  EXPECT_TRUE(viewing.declarations.declare("", Person{}));
  const auto is_the_others = [](const std::string& leaf) {
    return leaf.starts_with("demandeur.adresse") || leaf.starts_with("separation.") ||
           leaf.starts_with("attribution.adresse") || leaf.starts_with("texteLibre=") ||
           holds(leaf,
                 {"=violences", "=traite", "=viol", "=sortieProstitution", "=victime", "=mariageForce"});
  };
  const std::vector<Ruling> found = rulings.of("demandeur", {Relation::cotitulaire});
  ASSERT_FALSE(found.empty());
  EXPECT_TRUE(some_demande_holds(is_the_others)) << "or this looks at nothing";
  for (const Ruling& ruling : found) EXPECT_FALSE(leaves_any(ruling, viewing, is_the_others)) << ruling.rule;
}

TEST(MaskedAnswers, show_a_demandeur_the_violence_that_they_declared_themselves) {
  const ShippedRulings rulings;
  Viewing viewing;
  viewing.viewer = {Relation::demandeur, {}};
  const auto is_violence = [](const std::string& leaf) { return holds(leaf, {"=violences"}); };
  const auto sees = [&](const Ruling& ruling) { return leaves_any(ruling, viewing, is_violence); };
  const std::vector<Ruling> found = rulings.of("demandeur", {Relation::demandeur});
  EXPECT_TRUE(std::ranges::none_of(found, sees)) << "nobody is known to have declared it";
  EXPECT_TRUE(viewing.declarations.declare("", Person{}));
  EXPECT_TRUE(std::ranges::any_of(found, sees));
}

/// What stands at the places of numbers.
std::set<std::string> numbers_in(const Record& record) {
  std::set<std::string> numbers;
  for (const codec::Leaf& leaf : record.leaves()) {
    const mapping::PivotField* const field = pivot().field(leaf.node);
    const bool number = field != nullptr && field->type.kind == mapping::PivotKind::numero_unique;
    if (number && !record.value(leaf).absent()) numbers.emplace(record.value(leaf).reveal());
  }
  return numbers;
}

TEST(MaskedAnswers, name_no_number_of_whom_they_must_not_name) {
  const ShippedRulings rulings;
  std::size_t looked = 0;
  const Ties unnamed = Ties::all() - Ties{Tie::dossier_nominatif};
  for (const std::string role : {"statisticien", "caleol-membre"}) {
    for (const Ruling& ruling : rulings.of(role, Relations::all(), unnamed)) {
      if (!ruling.obligations.contains(Obligation::pseudonymiser)) continue;
      DrawnDemande demande(looked++);
      const std::string numero(field_mask().numero(demande.record));
      field_mask().apply(demande.record, ruling.hidden, ruling.hidden_own, {});
      field_mask().pseudonymise(demande.record, numero, [](std::string_view) { return "pseudonyme"; });
      const std::set<std::string> left = numbers_in(demande.record);
      EXPECT_TRUE(left.empty() || left == std::set<std::string>{"pseudonyme"}) << role << ' ' << ruling.rule;
      EXPECT_EQ(field_mask().numero(demande.record).empty(), numero.empty());
    }
  }
  EXPECT_GE(looked, 2U);
}

}  // namespace
}  // namespace passerelle::policy
