// What a demande says that its registration must know, read from the pivot.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/codec/record.hpp"
#include "gateway/mapping/pivot_catalogue.hpp"
#include "gateway/model/fault.hpp"
#include "gateway/model/guichet.hpp"
#include "gateway/model/nir.hpp"
#include "gateway/model/numero_unique.hpp"
#include "gateway/model/personal.hpp"
#include "gateway/reports/bands.hpp"
#include "gateway/service/registry/linking_facts.hpp"

namespace passerelle::service {

/// Someone who will sign the lease, as text to be compared by keyed hashes.
struct FiledHolder {
  /// Folded birth name, first first name, birth date; of a legal person, its name, which nothing confirms: it
  /// may ask for several dwellings.
  model::Personal<std::string> identity;
  std::vector<model::Personal<std::string>> contacts;
  std::optional<model::Nir> nir;
  model::Personal<LinkingFacts> facts =
      {};  ///< what linking compares, without the NIR; nothing of a legal person
};

/// What a message is for, as its header says (pivot list `natureMessage`).
enum class MessageKind : std::uint8_t {
  other,  ///< a demande that is filed, or nothing that is acted upon
  separation,
  modification,
  renewal,
  radiation,
};
/// That of a code of the list.
[[nodiscard]] MessageKind message_kind(std::string_view code) noexcept;

/// What is filed, as the tables of the registry keep it.
struct Filing {
  MessageKind kind = MessageKind::other;
  std::string_view state = "active";  ///< of the table `demande`
  std::optional<model::Guichet> guichet;
  std::optional<std::string> deposited_on;    ///< YYYY-MM-DD
  std::optional<model::NumeroUnique> numero;  ///< given by another, or before
  std::optional<std::string> renewed_on;      ///< YYYY-MM-DD, the last time
  std::optional<std::string> radiated_on;     ///< YYYY-MM-DD, of one that is radiated
  std::optional<std::string> motive;          ///< of that, a code of the pivot list `motifRadiation`
  std::optional<model::NumeroUnique> left;    ///< of the household that the demandeur has left
  std::vector<FiledHolder> holders;           ///< the demandeur first
  std::vector<std::string> communes;          ///< wanted, in order
  model::Personal<reports::Profile> profile;  ///< of what bands are made
  model::Personal<std::string> pivot;         ///< the demande as JSON, without number or NIR
};

/// Reads it from a demande of the pivot. Its NIRs are taken out, which are kept apart (decret 2017-917), and
/// its number, which may change while versions stay. Appends a blocking fault, and takes nothing out, when
/// the demandeur has no name, first name or birth date, or the legal person no name; makes that of a number
/// which cannot be read blocking: nothing else may block a registration (CCH R441-2-3). A cotitulaire without
/// identity is not compared. The message that radiates a demande names it by its number, and nobody.
[[nodiscard]] Filing read_filing(const mapping::PivotCatalogue& catalogue, codec::Record& demande,
                                 model::Faults& faults, MessageKind kind = MessageKind::other);

/// The demande as one line of JSON.
[[nodiscard]] model::Personal<std::string> pivot_text(const mapping::PivotCatalogue& catalogue,
                                                      const codec::Record& demande);

}  // namespace passerelle::service
