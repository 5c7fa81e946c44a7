#include "gateway/mapping/pivot_profile.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <span>

#include "gateway/mapping/table_rows.hpp"

namespace passerelle::mapping {
namespace {

using codec::Frame;
using codec::NodeId;
using codec::NodeKind;
using codec::Record;

constexpr std::array<std::string_view, 5> columns{"profile", "path", "rule", "severity", "basis"};
constexpr std::string_view blocking_basis = "CCH R441-2-3";

template <typename Enum>
std::optional<Enum> parse_pair(std::string_view text, std::string_view first, std::string_view second) {
  if (text == first) return static_cast<Enum>(0);
  if (text == second) return static_cast<Enum>(1);
  return std::nullopt;
}

std::optional<Profile> parse_profile(std::string_view name) {
  return parse_pair<Profile>(name, "personnePhysique", "personneMorale");
}

std::optional<ProfileVerdict> parse_verdict(std::string_view name) {
  return parse_pair<ProfileVerdict>(name, "required", "forbidden");
}

std::optional<model::Severity> parse_severity(std::string_view name) {
  return parse_pair<model::Severity>(name, "anomaly", "blocking");
}

bool present(const Record& record, const Frame& frame, NodeId id) {
  const codec::Node& node = record.shape().node(id);
  if (node.kind == NodeKind::array) return record.list(frame, node.children.front()).count > 0;
  if (node.holds_value()) return record.value(frame, id).state() == codec::ValueState::text;
  return record.group_present(frame, id);
}

void check_rule(const Record& record, const Frame& frame, std::span<const NodeId> lists,
                const ProfileRule& rule, model::Faults& faults) {
  if (!lists.empty()) {
    const codec::List& list = record.list(frame, lists.front());
    for (const Frame* item : std::span(list.items, list.count))
      check_rule(record, *item, lists.subspan(1), rule, faults);
    return;
  }
  const bool required = rule.verdict == ProfileVerdict::required;
  if (present(record, frame, rule.node) == required) return;
  const auto code = required ? model::FaultCode::element_missing : model::FaultCode::choice_conflict;
  faults.push_back(
      {.code = code, .path = record.path(frame, rule.node), .at = {}, .severity = rule.severity});
}

}  // namespace

tl::expected<PivotProfiles, TableFaults> PivotProfiles::load(const std::string& folder,
                                                             const PivotCatalogue& catalogue) {
  TableFaults faults;
  const TableRows rows(folder + "/profiles.csv", columns, faults);
  PivotProfiles profiles;
  profiles.m_demandeur = catalogue.node("demandeur").value_or(codec::no_node);
  profiles.m_personne_morale = catalogue.node("personneMorale").value_or(codec::no_node);
  const auto known_node = [&](std::string_view path) { return catalogue.node(path); };
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto profile = rows.parsed(row, "profile", parse_profile, faults);
    const auto node = rows.parsed(row, "path", known_node, faults);
    const auto verdict = rows.parsed(row, "rule", parse_verdict, faults);
    const auto severity = rows.parsed(row, "severity", parse_severity, faults);
    if (!profile || !node || !verdict || !severity) continue;
    std::string basis = rows.text(row, "basis");
    if (severity == model::Severity::blocking && basis != blocking_basis)
      faults.push_back(rows.fault(row, fmt::format("seul {} permet une règle bloquante", blocking_basis)));
    profiles.m_rules[static_cast<std::size_t>(*profile)].push_back(
        {*node, catalogue.shape().repeats(*node), *verdict, *severity, std::move(basis)});
  }
  if (!faults.empty()) return tl::unexpected(std::move(faults));
  return profiles;
}

void PivotProfiles::check(const Record& demande, model::Faults& faults) const {
  const Frame& root = demande.root();
  const bool person = m_demandeur != codec::no_node && demande.group_present(root, m_demandeur);
  const bool legal = m_personne_morale != codec::no_node && demande.group_present(root, m_personne_morale);
  if (!person && !legal) return;
  for (const ProfileRule& rule : rules(person ? Profile::personne_physique : Profile::personne_morale))
    check_rule(demande, root, rule.lists, rule, faults);
}

}  // namespace passerelle::mapping
