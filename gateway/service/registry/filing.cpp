#include "gateway/service/registry/filing.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <fmt/format.h>

#include "gateway/codec/json/json_writer.hpp"
#include "gateway/mapping/pivot_field.hpp"
#include "gateway/model/ascii.hpp"
#include "gateway/model/date.hpp"
#include "gateway/model/email.hpp"
#include "gateway/model/folded_name.hpp"
#include "gateway/model/telephone.hpp"
#include "gateway/service/reports/read_profile.hpp"

namespace passerelle::service {
namespace {

namespace field = mapping::pivot_field;

using codec::Frame;
using codec::NodeId;
using codec::Value;
using codec::ValueState;

struct AddressPlaces {
  std::string_view number;
  std::string_view street;
  std::string_view postcode;
  std::string_view town;
};

/// The places of one person: the demandeur's, or those of each cotitulaire.
struct PersonPlaces {
  std::string_view birth_name;
  std::string_view name;
  std::string_view first_names;
  std::string_view birth_date;
  std::string_view nir;
  std::string_view telephones;
  std::string_view telephone;
  std::string_view email;
  std::string_view civility;
  AddressPlaces address;
};

constexpr PersonPlaces demandeur_places = {
    field::demandeur_nom_naissance,
    field::demandeur_nom,
    field::demandeur_prenoms,
    field::demandeur_date_naissance,
    field::demandeur_nir,
    field::demandeur_telephones,
    field::demandeur_telephones_numero,
    field::demandeur_email,
    field::demandeur_civilite,
    {field::demandeur_adresse_numero, field::demandeur_adresse_voie, field::demandeur_adresse_code_postal,
     field::demandeur_adresse_libelle_commune}};
constexpr PersonPlaces cotitulaire_places = {
    field::cotitulaires_nom_naissance,
    field::cotitulaires_nom,
    field::cotitulaires_prenoms,
    field::cotitulaires_date_naissance,
    field::cotitulaires_nir,
    field::cotitulaires_telephones,
    field::cotitulaires_telephones_numero,
    field::cotitulaires_email,
    field::cotitulaires_civilite,
    {field::cotitulaires_adresse_numero, field::cotitulaires_adresse_voie,
     field::cotitulaires_adresse_code_postal, field::cotitulaires_adresse_libelle_commune}};

/// A state of the pivot list `etatDemande`, and of the table `demande`.
struct State {
  std::string_view code;
  std::string_view state;
};
constexpr std::array states = {State{"deposeeIdentiteAVerifier", "to_check"}, State{"active", "active"},
                               State{"echue", "overdue"}, State{"radiee", "radiated"}};

/// A code of the pivot list `natureMessage` that is acted upon.
struct Kind {
  std::string_view code;
  MessageKind kind;
};
constexpr std::array kinds = {
    Kind{"creationSeparation", MessageKind::separation}, Kind{"modification", MessageKind::modification},
    Kind{"renouvellement", MessageKind::renewal}, Kind{"radiation", MessageKind::radiation}};

class FilingReader {
 public:
  FilingReader(const mapping::PivotCatalogue& catalogue, codec::Record& demande, MessageKind kind)
      : m_catalogue(catalogue), m_demande(demande), m_kind(kind) {}

  Filing read(model::Faults& faults) {
    const Frame& root = m_demande.root();
    Filing filing{.kind = m_kind};
    read_technical(filing);
    if (!filing.numero) block_unreadable_number(faults);
    auto demandeur = read_holder(root, demandeur_places);
    if (!demandeur) demandeur = read_legal_person();
    const bool names_nobody = m_kind == MessageKind::radiation && filing.numero;
    if (!demandeur && !names_nobody) {
      faults.push_back(model::make_fault(model::FaultCode::registry_identity, "demandeur"));
      return filing;
    }
    if (demandeur) filing.holders.push_back(*demandeur);
    for (const Frame* cotitulaire : items(root, field::cotitulaires)) {
      if (const auto holder = read_holder(*cotitulaire, cotitulaire_places))
        filing.holders.push_back(*holder);
    }
    filing.profile = read_profile(m_demande);
    take_out_what_is_kept_apart();
    filing.pivot = pivot_text(m_catalogue, m_demande);
    return filing;
  }

 private:
  void read_technical(Filing& filing) const {
    const Frame& root = m_demande.root();
    filing.state = read_state();
    if (const auto guichet = model::Guichet::parse(text(root, field::guichet_guichet)))
      filing.guichet = *guichet;
    if (const auto numero = model::NumeroUnique::parse(text(root, field::numero_unique)))
      filing.numero = *numero;
    filing.deposited_on = day(field::date_creation);
    filing.renewed_on = day(field::date_dernier_renouvellement);
    if (const auto left = model::NumeroUnique::parse(text(root, field::separation_numero_unique_origine)))
      filing.left = *left;
    if (filing.state == "radiated" || m_kind == MessageKind::radiation) {
      filing.radiated_on = day(field::radiation_date);
      const std::string_view motive = text(root, field::radiation_motif);
      if (!motive.empty()) filing.motive = std::string(motive);
    }
    for (const Frame* wish : items(root, field::logement_recherche_localisations)) {
      const std::string_view commune = text(*wish, field::logement_recherche_localisations_commune);
      if (!commune.empty()) filing.communes.emplace_back(commune);
    }
  }

  /// The day at a place of the demande itself; nothing when there is none.
  [[nodiscard]] std::optional<std::string> day(std::string_view path) const {
    const std::string_view said = text(m_demande.root(), path);
    if (!model::is_calendar_date(said)) return std::nullopt;
    return std::string(said);
  }

  /// A number that cannot be read is no anomaly here: another one would be given in its place.
  static void block_unreadable_number(model::Faults& faults) {
    for (model::Fault& fault : faults) {
      if (fault.code == model::FaultCode::value_numero_unique) fault.severity = model::Severity::blocking;
    }
  }

  /// Whether the demande says that it was radiated, has come to its end, or waits for an identity document.
  [[nodiscard]] std::string_view read_state() const {
    const std::string_view said = text(m_demande.root(), field::etat);
    const auto* const known = std::ranges::find(states, said, &State::code);
    return known == states.end() ? "active" : known->state;
  }

  /// Nothing when the identity is not whole.
  std::optional<FiledHolder> read_holder(const Frame& frame, const PersonPlaces& places) const {
    std::string_view name = text(frame, places.birth_name);
    if (name.empty()) name = text(frame, places.name);
    const std::string folded = model::folded_name(name);
    const std::string first = model::folded_name(model::first_of_names(text(frame, places.first_names)));
    const std::string_view born = text(frame, places.birth_date);
    if (folded.empty() || first.empty() || model::check_date(born)) return std::nullopt;
    FiledHolder holder{.identity = model::Personal(fmt::format("{}|{}|{}", folded, first, born)),
                       .contacts = read_contacts(frame, places),
                       .nir = {}};
    if (const auto nir = model::Nir::parse(text(frame, places.nir))) holder.nir = *nir;
    holder.facts = model::Personal(read_facts(frame, places));
    return holder;
  }

  /// One of the household who says no address lives where the demandeur does.
  LinkingFacts read_facts(const Frame& frame, const PersonPlaces& places) const {
    LinkingFacts facts;
    const auto copy = [&](LinkingFact fact, std::string_view place) { facts[fact] = text(frame, place); };
    copy(LinkingFact::birth_name, places.birth_name);
    copy(LinkingFact::usage_name, places.name);
    if (facts[LinkingFact::birth_name].empty())
      facts[LinkingFact::birth_name] = facts[LinkingFact::usage_name];
    copy(LinkingFact::first_names, places.first_names);
    copy(LinkingFact::birth_date, places.birth_date);
    copy(LinkingFact::sex, places.civility);
    copy(LinkingFact::email, places.email);
    LinkingFact next = LinkingFact::telephone;
    for (const Frame* item : items(frame, places.telephones)) {
      facts[next] = text(*item, places.telephone);
      next = LinkingFact::other_telephone;
    }
    read_address(frame, places.address, facts);
    if (facts[LinkingFact::address].empty()) read_address(m_demande.root(), demandeur_places.address, facts);
    return facts;
  }

  void read_address(const Frame& frame, const AddressPlaces& places, LinkingFacts& facts) const {
    const std::string_view street = text(frame, places.street);
    if (street.empty()) return;
    const std::string_view number = text(frame, places.number);
    facts[LinkingFact::address] = number.empty() ? std::string(street) : fmt::format("{} {}", number, street);
    facts[LinkingFact::postcode] = text(frame, places.postcode);
    facts[LinkingFact::town] = text(frame, places.town);
  }

  [[nodiscard]] std::optional<FiledHolder> read_legal_person() const {
    const std::string name = model::folded_name(text(m_demande.root(), field::personne_morale_denomination));
    if (name.empty()) return std::nullopt;
    return FiledHolder{.identity = model::Personal("personne morale|" + name), .contacts = {}, .nir = {}};
  }

  std::vector<model::Personal<std::string>> read_contacts(const Frame& frame,
                                                          const PersonPlaces& places) const {
    std::vector<model::Personal<std::string>> contacts;
    for (const Frame* item : items(frame, places.telephones)) {
      const auto telephone = model::Telephone::parse(text(*item, places.telephone));
      if (telephone) contacts.emplace_back(std::string(telephone->text().reveal()));
    }
    const auto email = model::Email::parse(text(frame, places.email));
    if (email) contacts.emplace_back(std::string(email->text().reveal()));
    return contacts;
  }

  void take_out_what_is_kept_apart() {
    m_demande.set(m_demande.root(), node(field::numero_unique), Value{});
    for (const codec::Leaf& leaf : std::vector(m_demande.leaves())) {
      const mapping::PivotField* known = m_catalogue.field(leaf.node);
      if (known != nullptr && known->type.kind == mapping::PivotKind::nir)
        m_demande.set(*leaf.frame, leaf.node, Value{});
    }
  }

  [[nodiscard]] NodeId node(std::string_view path) const { return *m_catalogue.node(path); }

  /// The text of a leaf; empty when absent or null. Of a list of leaves, that of the item whose frame it is.
  [[nodiscard]] std::string_view text(const Frame& frame, std::string_view path) const {
    NodeId place = node(path);
    if (m_catalogue.shape().node(place).kind == codec::NodeKind::array) place = m_catalogue.item(place);
    const Value& value = m_demande.value(frame, place);
    return value.state() == ValueState::text ? value.reveal() : std::string_view{};
  }

  [[nodiscard]] std::vector<const Frame*> items(const Frame& frame, std::string_view path) const {
    const codec::List& list = m_demande.list(frame, m_catalogue.item(node(path)));
    return {list.items, list.items + list.count};
  }

  const mapping::PivotCatalogue& m_catalogue;
  codec::Record& m_demande;
  MessageKind m_kind;
};

}  // namespace

model::Personal<std::string> pivot_text(const mapping::PivotCatalogue& catalogue,
                                        const codec::Record& demande) {
  codec::MemorySink sink;
  codec::JsonWriter(catalogue.shape(), sink).record(demande);
  return model::Personal(sink.bytes());
}

MessageKind message_kind(std::string_view code) noexcept {
  const auto* const known = std::ranges::find(kinds, code, &Kind::code);
  return known == kinds.end() ? MessageKind::other : known->kind;
}

Filing read_filing(const mapping::PivotCatalogue& catalogue, codec::Record& demande, model::Faults& faults,
                   MessageKind kind) {
  return FilingReader(catalogue, demande, kind).read(faults);
}

}  // namespace passerelle::service
