#include "gateway/policy/decision.hpp"

namespace passerelle::policy {

std::string_view action_name(Action action) noexcept {
  switch (action) {
    case Action::register_demande: return "register";
    case Action::show_demande: return "show";
    case Action::find_person: return "find";
    case Action::list_events: return "events";
    case Action::read_past: return "at";
    case Action::import_file: return "import";
    case Action::export_territory: return "export";
    case Action::export_changes: return "export-changes";
    case Action::erase_demande: return "erase";
    case Action::renumber_demande: return "renumber";
    case Action::merge_demandes: return "merge";
    case Action::split_demande: return "split";
    case Action::purge_expired: return "purge";
    case Action::tell_partner: return "tell";
    case Action::administer: return "administer";
  }
  return {};
}

}  // namespace passerelle::policy
