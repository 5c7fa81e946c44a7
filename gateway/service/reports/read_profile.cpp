#include "gateway/service/reports/read_profile.hpp"

#include <array>

#include "gateway/codec/record_walk.hpp"
#include "gateway/model/ascii.hpp"
#include "gateway/model/commune_insee.hpp"
#include "gateway/model/montant.hpp"

namespace passerelle::service {
namespace {

using codec::NodeId;
using codec::Record;

constexpr std::array others = {std::string_view("cotitulaires"), std::string_view("personnesACharge")};
constexpr std::string_view birth_date = "dateNaissance";
/// What everyone of the household receives in a month; what is paid to others is not taken off.
constexpr std::array received = {std::string_view("demandeur.ressourcesRecues.montant"),
                                 std::string_view("demandeur.ressourcesRecuesPersonnesACharge.montant"),
                                 std::string_view("cotitulaires.ressourcesRecues.montant"),
                                 std::string_view("cotitulaires.ressourcesRecuesPersonnesACharge.montant")};

template <typename Take>
void for_each(const Record& demande, std::string_view path, Take take) {
  codec::for_each_text(demande, demande.root(), demande.root_node(), path, take);
}

/// The first text of a place; empty when there is none.
std::string first(const Record& demande, std::string_view path) {
  std::string said;
  for_each(demande, path, [&](NodeId, std::string_view text) {
    if (said.empty()) said = text;
  });
  return said;
}

/// The first of a place, as far as it is of its list.
std::string first_code(const Record& demande, std::string_view path) {
  std::string code;
  bool seen = false;
  for_each(demande, path, [&](NodeId leaf, std::string_view text) {
    if (!seen && !codec::check_leaf(demande.shape().type(leaf), text)) code = text;
    seen = true;
  });
  return code;
}

std::string first_commune(const Record& demande) {
  std::string commune = first(demande, "logementRecherche.localisations.commune");
  return model::check_commune_insee(commune) ? std::string() : commune;
}

std::optional<model::Date> date_of(std::string_view text) {
  const auto date = model::Date::parse(text);
  if (!date) return std::nullopt;
  return *date;
}

int persons_of(const Record& demande) {
  const std::string persons = first(demande, "logementRecherche.nombrePersonnes");
  return model::all_digits(persons) && persons.size() <= 2 ? model::number_of(persons) : 0;
}

/// One for each, of a known birth date or not.
void read_others(const Record& demande, reports::Profile& profile) {
  const codec::Shape& shape = demande.shape();
  for (const std::string_view place : others) {
    const NodeId node = codec::child_or_item(shape, demande.root_node(), place);
    if (node == codec::no_node) continue;
    const codec::List& list = demande.list(demande.root(), node);
    for (std::uint16_t rank = 0; rank < list.count; ++rank) {
      auto& born = profile.others.emplace_back();
      codec::for_each_text(demande, *list.items[rank], node, birth_date,
                           [&](NodeId, std::string_view text) { born = date_of(text); });
    }
  }
}

void read_resources(const Record& demande, reports::Profile& profile) {
  for (const std::string_view place : received) {
    for_each(demande, place, [&](NodeId, std::string_view text) {
      if (const auto amount = model::Montant::parse(text))
        profile.resources_cents = profile.resources_cents.value_or(0) + amount->cents();
    });
  }
}

std::optional<std::string> day_at(const Record& demande, std::string_view path) {
  std::string said = first(demande, path);
  if (!model::is_calendar_date(said)) return std::nullopt;
  return said;
}

}  // namespace

model::Personal<reports::Profile> read_profile(const Record& demande) {
  reports::Profile profile{.born = date_of(first(demande, "demandeur.dateNaissance")),
                           .commune = first_commune(demande),
                           .typologie = first_code(demande, "logementRecherche.typesLogement"),
                           .housing = first_code(demande, "logementActuel.occupations"),
                           .persons = persons_of(demande),
                           .resources_cents = {},
                           .others = {}};
  read_others(demande, profile);
  if (profile.persons == 0 && profile.born) profile.persons = 1 + static_cast<int>(profile.others.size());
  read_resources(demande, profile);
  return model::Personal(std::move(profile));
}

std::optional<std::string> renewed_on(const Record& demande) {
  return day_at(demande, "dateDernierRenouvellement");
}

ToldRadiation told_radiation(const Record& demande) {
  ToldRadiation told{.on = day_at(demande, "radiation.date"), .motive = {}};
  const std::string motive = first_code(demande, "radiation.motif");
  if (!motive.empty()) told.motive = motive;
  return told;
}

}  // namespace passerelle::service
