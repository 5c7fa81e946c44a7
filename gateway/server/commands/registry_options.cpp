#include "gateway/server/commands/registry_options.hpp"

#include <fmt/format.h>

namespace passerelle::server {

void add_place(CLI::App& command, RegistryPlace& place) {
  auto* const database =
      command.add_option("--database", place.database, "base PostgreSQL, par exemple postgresql://hote/base");
  auto* const data = command.add_option("--data", place.data, "dossier du registre et de sa base privée");
  database->excludes(data);
  command.add_option("--keys", place.keys, "fichier de clés (défaut : registre.cles dans --data)");
  command.add_option("--body", place.body, "organisme qui agit")->capture_default_str();
  command.add_option("--purpose", place.purpose, "finalité, écrite dans la trace");
}

RegistrySession open_registry(const RegistryPlace& place, const std::filesystem::path& home,
                              std::size_t connections) {
  if (place.database.empty() && place.data.empty())
    throw CLI::ValidationError("il manque --data ou --database");
  if (!place.database.empty() && place.keys.empty()) throw CLI::ValidationError("il manque --keys");
  return {place, home, connections};
}

void tell_fault(const model::Fault& fault) {
  const model::FaultEntry& entry = model::catalogue_entry(fault.code);
  const std::string place = fault.at.line == 0
                                ? std::string()
                                : fmt::format(" (ligne {}, colonne {})", fault.at.line, fault.at.column);
  fmt::print(stderr, "{} {} : {}{} : {}\n", entry.code, model::severity_name(fault.severity), fault.path,
             place, entry.text);
}

std::optional<model::NumeroUnique> read_numero(const std::string& text) {
  const auto numero = model::NumeroUnique::parse(text);
  if (numero) return *numero;
  tell_fault(model::make_fault(numero.error(), "numeroUnique"));
  return std::nullopt;
}

}  // namespace passerelle::server
