// Believable demandes in the pivot, about people who do not exist.
#pragma once

#include <filesystem>

#include "gateway/codec/record.hpp"
#include "gateway/generation/registration.hpp"

namespace passerelle::generation {

/// What is drawn. The same order gives the same demandes on every machine.
struct Order {
  std::uint64_t seed = 0;
  std::uint64_t count = 0;  ///< announced in the envelope
  MessageKind kind;         ///< outlives the generator
  Day today;                ///< the day on which the file is written
};

class DemandeGenerator {
 public:
  /// All but the order outlive the generator.
  DemandeGenerator(const Vocabulary& words, const Territory& territory, const Territory& country,
                   const Order& order);

  /// Both clear the record, which must be of the pivot, and fill it: the envelope, and the demande of that
  /// rank (from 0), whatever was drawn before.
  void fill_envelope(codec::Record& record) const;
  void fill_demande(codec::Record& record, std::uint64_t rank) const;

 private:
  static void draw_legal_person(const Place& demande, const Scene& scene, Dice& dice);
  void draw_people(const Place& demande, const Scene& scene, Dice& dice) const;

  const Vocabulary* m_words;
  const Territory* m_territory;
  const Territory* m_country;
  Weighted<const Language*> m_languages;
  Order m_order;
};

}  // namespace passerelle::generation
