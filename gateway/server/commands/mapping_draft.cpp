#include "gateway/server/commands/mapping_draft.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "gateway/codec/printable.hpp"
#include "gateway/mapping/draft.hpp"
#include "gateway/server/file_stream.hpp"
#include "gateway/server/home.hpp"

namespace passerelle::server {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string codec;
  std::string in;
  std::string peer;
  std::string out = ".";
};

std::string read_sample_bytes(const std::string& path) {
  InputFile in(path);
  std::string bytes(mapping::sample_bytes + 1, '\0');
  std::size_t size = 0;
  while (const std::size_t got = in.source().read(bytes.data() + size, bytes.size() - size)) size += got;
  bytes.resize(size);
  return bytes;
}

bool is_peer_name(const std::string& name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

/// The name asked for, else that of the sample.
std::string peer_name(const Options& options) {
  if (!options.peer.empty()) return options.peer;
  std::string name = mapping::folded(fs::path(options.in).stem().string());
  std::ranges::replace(name, ' ', '-');
  return name;
}

void write_files(const fs::path& folder, const mapping::Draft& draft) {
  for (const mapping::DraftFile& file : draft.files) {
    fs::create_directories((folder / file.path).parent_path());
    OutputFile out(folder / file.path);
    out.sink().write(file.text);
    out.commit();
    fmt::print("{}\n", (folder / file.path).lexically_normal().string());
  }
}

ExitStatus run(const Settings& settings, const Options& options) {
  const std::string peer = peer_name(options);
  if (!is_peer_name(peer))
    return refuse("nom de partenaire attendu en minuscules, chiffres et - (option --peer)");
  const fs::path folder = fs::path(options.out) / peer;
  if (fs::exists(folder))
    return refuse(fmt::format("{} existe déjà : rien n'est écrasé", codec::printable(folder.string())));
  const std::string bytes = read_sample_bytes(options.in);
  if (bytes.size() > mapping::sample_bytes) return refuse("échantillon trop grand : 16 Mio suffisent");
  const auto sample =
      options.codec == "csv" ? mapping::read_csv_sample(bytes) : mapping::read_json_sample(bytes);
  if (!sample) return refuse(sample.error());

  mapping::TableFaults faults;
  const fs::path home = find_home(settings.home);
  const mapping::Formats formats = open_formats(home, faults, settings.peers);
  const mapping::ColumnNames names(home / "mappings" / "draft", faults);
  tell(faults);
  const mapping::Draft draft = draft_peer(peer, *sample, formats.pivot(), names);
  write_files(folder, draft);
  fmt::print("{} champ(s) proposé(s), {} sans proposition, {} à ne pas garder : tout est à revoir\n",
             draft.proposed, draft.unknown, draft.by_law);
  fmt::print("ensuite : passerelle --peers {} mapping check {}\n", options.out, peer);
  return ExitStatus::done;
}

/// What a sample cannot tell, and where to begin then.
std::string check_codec(const std::string& codec) {
  if (codec == "csv" || codec == "json") return {};
  if (codec == "xml") return "un échantillon XML ne dit pas son schéma : partir du XSD du partenaire";
  if (codec == "fixed")
    return "un échantillon ne dit pas où une colonne de largeur fixe finit : partir de sa description";
  return "attendu csv ou json";
}

}  // namespace

void add_mapping_draft(CLI::App& mapping, const Settings& settings, Action& action) {
  const auto [verb, options] =
      add_verb(mapping, {"draft", "propose le dossier d'un partenaire à partir d'un échantillon"}, run,
               settings, action);
  add_option(*verb, "--codec", options->codec, "csv ou json")->required()->check(check_codec);
  add_option(*verb, "--in", options->in, "échantillon : quelques enregistrements suffisent")->required();
  add_option(*verb, "--peer", options->peer, "nom du partenaire (défaut : celui de l'échantillon)");
  add_option(*verb, "--out", options->out, "dossier où écrire celui du partenaire (défaut : ici)");
}

}  // namespace passerelle::server
