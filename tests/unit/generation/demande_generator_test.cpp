#include "gateway/generation/demande_generator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "gateway/codec/json/json_writer.hpp"
#include "gateway/codec/validate.hpp"
#include "gateway/mapping/pivot_profile.hpp"
#include "tests/unit/generation/sample_scene.hpp"

namespace passerelle::generation {
namespace {

using codec::Record;
using codec::Shape;

class Demandes : public testing::Test {
 protected:
  DemandeGenerator generator(MessageKind kind, std::uint64_t seed = 1) {
    return {m_words, m_territory, m_country, {.seed = seed, .count = 10, .kind = kind, .today = m_today}};
  }

  std::string text(const DemandeGenerator& generator, std::uint64_t rank) {
    codec::MemorySink sink;
    codec::JsonWriter writer(m_pivot.shape(), sink);
    generator.fill_demande(m_demande, rank);
    writer.record(m_demande);
    return sink.bytes();
  }

  std::string value(std::string_view path) {
    const codec::Value found = m_demande.value(m_demande.root(), *m_pivot.node(path));
    return std::string(found.reveal());
  }

  mapping::PivotCatalogue m_pivot = shipped_pivot();
  mapping::PivotProfiles m_profiles =
      mapping::PivotProfiles::load(PASSERELLE_SOURCE "/mappings/pivot", m_pivot).value();
  Vocabulary m_words{PASSERELLE_SOURCE "/mappings/generation"};
  model::Geography m_geography = sample_geography();
  Territory m_territory = Territory::find(m_geography, "003").value();
  Territory m_country = Territory::whole(m_geography);
  Day m_today = parse_day("2026-01-01").value();
  Record m_demande{m_pivot.shape(), m_pivot.shape().record()};
};

TEST_F(Demandes, are_valid_whole_and_of_every_kind) {
  for (const MessageKind kind : {"", "creation", "creationSeparation", "modification", "renouvellement",
                                 "radiation", "suppression", "repartition", "retour", "copieNumerique"}) {
    const DemandeGenerator drawing = generator(kind);
    for (std::uint64_t rank = 0; rank < 150; ++rank) {
      drawing.fill_demande(m_demande, rank);
      model::Faults faults;
      codec::validate(m_demande, faults);
      m_profiles.check(m_demande, faults);
      for (const model::Fault& fault : faults)
        ADD_FAILURE() << kind << " " << rank << " " << model::catalogue_entry(fault.code).code << fault.path;
    }
  }
}

TEST_F(Demandes, are_the_same_for_a_seed_and_differ_for_another) {
  EXPECT_EQ(text(generator(""), 5), text(generator(""), 5));
  EXPECT_NE(text(generator("", 1), 5), text(generator("", 2), 5));
}

TEST_F(Demandes, do_not_depend_on_those_drawn_before) {
  const DemandeGenerator drawing = generator("");
  const std::string alone = text(drawing, 7);
  static_cast<void>(text(drawing, 3));
  EXPECT_EQ(text(drawing, 7), alone);
}

TEST_F(Demandes, have_numbers_that_are_all_different) {
  std::set<std::string> numbers;
  const DemandeGenerator drawing = generator("creation");
  for (std::uint64_t rank = 0; rank < 1000; ++rank) {
    drawing.fill_demande(m_demande, rank);
    numbers.insert(value("numeroUnique"));
  }
  EXPECT_EQ(numbers.size(), 1000U);
  EXPECT_TRUE(numbers.begin()->starts_with("003"));
}

TEST_F(Demandes, live_where_people_live) {
  std::map<std::string, int> homes;
  const DemandeGenerator drawing = generator("creation");
  for (std::uint64_t rank = 0; rank < 2000; ++rank) {
    drawing.fill_demande(m_demande, rank);
    ++homes[value("demandeur.adresse.commune")];
  }
  EXPECT_GT(homes["03310"] + homes["03190"], 1700);
  EXPECT_NEAR(homes["03310"], 3 * homes["03190"], 250);
}

TEST_F(Demandes, leave_blanks_as_forms_do) {
  std::map<std::string, int> filled;
  const DemandeGenerator drawing = generator("creation");
  constexpr std::string_view paths[] = {"demandeur.nom", "demandeur.email", "demandeur.nir",
                                        "logementActuel.surface"};
  for (std::uint64_t rank = 0; rank < 1000; ++rank) {
    drawing.fill_demande(m_demande, rank);
    for (const std::string_view path : paths) filled[std::string(path)] += value(path).empty() ? 0 : 1;
  }
  EXPECT_GT(filled["demandeur.nom"], 980);
  EXPECT_NEAR(filled["demandeur.email"], 700, 90);
  EXPECT_NEAR(filled["demandeur.nir"], 620, 60);
  EXPECT_NEAR(filled["logementActuel.surface"], 740, 90);
}

TEST_F(Demandes, have_an_envelope_that_says_what_they_are) {
  Record envelope(m_pivot.shape(), Shape::root());
  generator("radiation").fill_envelope(envelope);
  codec::MemorySink sink;
  codec::JsonWriter(m_pivot.shape(), sink).envelope(envelope);
  EXPECT_THAT(sink.bytes(),
              testing::HasSubstr(R"("natureMessage":"radiation","dateFichier":"2026-01-01T02:15:00")"));
}

/// FNV-1a.
std::uint64_t fingerprint(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return hash;
}

/// Words and rates may change; then so does this number, once for every machine.
TEST_F(Demandes, are_the_same_on_every_machine) {
  std::string all;
  const DemandeGenerator drawing = generator("", 42);
  for (std::uint64_t rank = 0; rank < 200; ++rank) all += text(drawing, rank);
  EXPECT_EQ(fingerprint(all), 8791260648736716371U);
}

}  // namespace
}  // namespace passerelle::generation
