// The commands of copies of documents: `document add`, `document list`, `document show`, `document remove`.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include "gateway/codec/csv/csv_cell.hpp"
#include "gateway/codec/limits.hpp"
#include "gateway/codec/printable.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/file_stream.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/registry/justificatif.hpp"

namespace passerelle::server {
namespace {

using model::FaultCode;
using policy::Action;

struct Options {
  RegistryPlace place;
  std::string numero;
  std::string id;
  std::string kind;
  std::string media_type;
  std::string in;
  std::string out;
};

ExitStatus tell_faults(const model::Faults& faults) {
  for (const model::Fault& fault : faults) tell_fault(fault);
  return ExitStatus::anomalies;
}

/// The copy that an argument names; nothing, and its fault told, when it has not the form of one.
std::optional<service::JustificatifId> read_id(const std::string& text) {
  auto id = model::Uuid::parse(text);
  if (!id) tell_fault(model::make_fault(FaultCode::justificatif_unknown, "pieces"));
  return id;
}

/// No more of it than tells that it is too large.
model::Personal<std::string> read_copy(const std::string& path) {
  InputFile in(path);
  std::string octets(codec::limits::justificatif_bytes + 1, '\0');
  std::size_t size = 0;
  while (const std::size_t taken = in.source().read(octets.data() + size, octets.size() - size))
    size += taken;
  octets.resize(size);
  return model::Personal(std::move(octets));
}

ExitStatus add(const Settings& settings, const Options& options) {
  const auto numero = read_numero(options.numero);
  if (!numero) return ExitStatus::anomalies;
  std::optional<service::JustificatifId> replaced;
  if (!options.id.empty()) {
    replaced = read_id(options.id);
    if (!replaced) return ExitStatus::anomalies;
  }
  service::FiledCopy copy{.kind = options.kind, .media_type = {}, .octets = read_copy(options.in)};
  if (!options.media_type.empty()) copy.media_type = options.media_type;
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_on(Action::file_document, *numero);
  const auto filed = replaced ? replace_justificatif(session.registry(), decision, *numero, *replaced, copy)
                              : file_justificatif(session.registry(), decision, *numero, copy);
  if (!filed) return tell_faults(filed.error());
  const std::string_view outcome = replaced ? "replaced" : filed->is_new ? "new" : "known";
  fmt::print("id,outcome\n{},{}\n", filed->id.text(), outcome);
  return ExitStatus::done;
}

ExitStatus list(const Settings& settings, const Options& options) {
  const auto numero = read_numero(options.numero);
  if (!numero) return ExitStatus::anomalies;
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_on(Action::show_document, *numero);
  const auto listed = list_justificatifs(session.registry(), decision, *numero);
  if (!listed) return tell_faults(listed.error());
  fmt::print("id,kind,type,size,filed,body\n");
  for (const service::ShownJustificatif& shown : *listed)
    fmt::print("{},{},{},{},{:%Y-%m-%dT%H:%M:%S}Z,{}\n", shown.id.text(), shown.kind, shown.media_type,
               shown.size, std::chrono::floor<std::chrono::seconds>(shown.filed_at),
               codec::csv_cell(codec::printable(shown.body)));
  return ExitStatus::done;
}

ExitStatus show(const Settings& settings, const Options& options) {
  const auto numero = read_numero(options.numero);
  const auto id = read_id(options.id);
  if (!numero || !id) return ExitStatus::anomalies;
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_on(Action::show_document, *numero);
  const auto copy = read_justificatif(session.registry(), decision, *numero, *id);
  if (!copy) return tell_faults(copy.error());
  OutputFile out(options.out);
  out.sink().write(copy->reveal());
  out.commit();
  return ExitStatus::done;
}

ExitStatus remove(const Settings& settings, const Options& options) {
  const auto numero = read_numero(options.numero);
  const auto id = read_id(options.id);
  if (!numero || !id) return ExitStatus::anomalies;
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_on(Action::file_document, *numero);
  const auto gone = withdraw_justificatif(session.registry(), decision, *numero, *id);
  return gone ? ExitStatus::done : tell_faults(gone.error());
}

}  // namespace

void add_document(CLI::App& app, const Settings& settings, server::Action& action) {
  CLI::App* document = add_command(app, "document", "les copies de pièces d'une demande");
  document->require_subcommand(1);
  const auto [adding, added] = add_registry_verb(
      *document, {"add", "dépose la copie d'une pièce : PDF, JPEG ou PNG"}, add, settings, action);
  add_numero(*adding, added->numero);
  add_option(*adding, "--kind", added->kind, "nature de la pièce (liste naturePiece du pivot)")->required();
  add_option(*adding, "--type", added->media_type, "type annoncé, à vérifier (défaut : celui du contenu)");
  add_option(*adding, "--in", added->in, "fichier lu ; rien ou - : entrée standard");
  add_option(*adding, "--replace", added->id, "copie dont celle-ci prend la place");
  const auto [listing, listed] =
      add_registry_verb(*document, {"list", "liste les copies d'une demande"}, list, settings, action);
  add_numero(*listing, listed->numero);
  const auto [showing, shown] =
      add_registry_verb(*document, {"show", "rend les octets d'une copie"}, show, settings, action);
  add_numero(*showing, shown->numero);
  add_option(*showing, "id", shown->id, "la copie")->required();
  add_option(*showing, "--out", shown->out, "fichier écrit ; rien ou - : sortie standard");
  const auto [removing, removed] =
      add_registry_verb(*document, {"remove", "retire une copie"}, remove, settings, action);
  add_numero(*removing, removed->numero);
  add_option(*removing, "id", removed->id, "la copie")->required();
}

}  // namespace passerelle::server
