#include "gateway/life/life_parameters.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <set>

#include "gateway/codec/csv/table_rows.hpp"

namespace passerelle::life {
namespace {

constexpr std::array<std::string_view, parameter_count> names = {"validite-mois",
                                                                 "preavis-mois",
                                                                 "preavis-avance-jours",
                                                                 "radiation-non-renouvelee-mois",
                                                                 "reactivation-non-renouvelee-mois",
                                                                 "radiation-sans-reponse-mois",
                                                                 "reactivation-sans-reponse-mois",
                                                                 "radiation-irrecevable-mois",
                                                                 "effacement-mois",
                                                                 "seuil-jour-pourcent",
                                                                 "seuil-jour-au-moins",
                                                                 "secret-statistique-demandes",
                                                                 "reponse-offre-jours"};
constexpr auto columns = std::to_array<std::string_view>(
    {"nom", "unite", "national", "au_moins", "au_plus", "libelle", "fondement", "certitude"});

std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::string_view parameter_name(Parameter parameter) noexcept {
  return names[static_cast<std::size_t>(parameter)];
}

std::optional<Parameter> parse_parameter(std::string_view name) noexcept {
  const auto* const found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Parameter>(found - names.begin());
}

ParameterCatalogue ParameterCatalogue::read(const std::filesystem::path& file, codec::TableFaults& faults) {
  const codec::TableRows rows(file.string(), columns, faults, codec::Quotes::nothing);
  ParameterCatalogue catalogue;
  std::set<Parameter> read;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto parameter = rows.parsed(row, "nom", parse_parameter, faults);
    const auto national = rows.parsed(row, "national", whole_number, faults);
    const auto least = rows.parsed(row, "au_moins", whole_number, faults);
    const auto most = rows.parsed(row, "au_plus", whole_number, faults);
    if (!parameter || !national || !least || !most) continue;
    if (*least < 0 || *national < *least || *national > *most)
      faults.push_back(rows.fault(row, "la valeur nationale est hors de ses bornes"));
    if (!read.insert(*parameter).second) faults.push_back(rows.fault(row, "paramètre déjà donné"));
    catalogue.m_national.set(*parameter, *national);
    catalogue.m_bounds[static_cast<std::size_t>(*parameter)] = {*least, *most};
  }
  if (faults.empty() && read.size() != parameter_count)
    faults.push_back({file.string(), 0, "il manque des paramètres"});
  return catalogue;
}

ParameterCatalogue::Reading ParameterCatalogue::take(std::string_view name, std::string_view value) const {
  Reading reading{.parameter = parse_parameter(name), .refusal = {}};
  if (!reading.parameter) {
    reading.refusal = "aucun paramètre de ce nom";
    return reading;
  }
  const Bounds bounds = m_bounds[static_cast<std::size_t>(*reading.parameter)];
  const auto number = whole_number(value);
  if (!number || *number < bounds.least || *number > bounds.most)
    reading.refusal = fmt::format("un nombre entier de {} à {} est attendu", bounds.least, bounds.most);
  reading.value = number.value_or(0);
  return reading;
}

std::string ParameterCatalogue::contradiction(const Parameters& parameters) {
  if (parameters[Parameter::unrenewed_radiation_months] < parameters[Parameter::validity_months])
    return "une demande serait radiée avant la fin de sa validité";
  if (parameters[Parameter::unrenewed_window_months] < parameters[Parameter::unrenewed_radiation_months])
    return "la réactivation finirait avant la radiation";
  if (parameters[Parameter::preavis_months] >= parameters[Parameter::validity_months])
    return "le préavis partirait avant le dépôt";
  return {};
}

}  // namespace passerelle::life
