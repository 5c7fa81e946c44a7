#include "gateway/server/commands/registry_options.hpp"

namespace passerelle::server {

void add_place(CLI::App& command, RegistryPlace& place) {
  auto* const database = add_option(command, "--database", place.database,
                                    "base PostgreSQL, par exemple postgresql://hote/base");
  auto* const data = add_option(command, "--data", place.data, "dossier du registre et de sa base privée");
  database->excludes(data);
  add_option(command, "--keys", place.keys, "fichier de clés (défaut : registre.cles dans --data)");
  add_option(command, "--journal", place.journal,
             "journal des effacements (défaut : effacements.journal à côté des clés)");
  add_option(command, "--body", place.body, "organisme qui agit")->capture_default_str();
  auto* const account =
      add_option(command, "--as", place.account, "compte au nom de qui agir (défaut : l'administrateur)");
  add_option(command, "--role", place.role, "rôle de ce compte")->needs(account);
  add_option(command, "--purpose", place.purpose, "finalité, mot des tables d'accès")->needs(account);
  add_option(command, "--why", place.reason, "motif de l'accès, quand la règle en demande un");
}

void add_territory(CLI::App& command, std::string& territory) {
  add_option(command, "--territory", territory, "territoire, par exemple 063")->required();
}

void add_numero(CLI::App& command, std::string& numero) {
  add_option(command, "numero", numero, "numéro unique, présent ou ancien")->required();
}

void check_place(const RegistryPlace& place) {
  if (place.database.empty() && place.data.empty())
    throw CLI::ValidationError("il manque --data ou --database");
  if (!place.database.empty() && place.keys.empty()) throw CLI::ValidationError("il manque --keys");
}

RegistrySession open_registry(const RegistryPlace& place, const std::filesystem::path& home,
                              std::size_t connections) {
  check_place(place);
  return {place, home, connections};
}

std::optional<model::NumeroUnique> read_numero(const std::string& text) {
  const auto numero = model::NumeroUnique::parse(text);
  if (numero) return *numero;
  tell_fault(model::make_fault(numero.error(), "numeroUnique"));
  return std::nullopt;
}

}  // namespace passerelle::server
