#include <fmt/format.h>

#include "tests/unit/policy/access_properties.hpp"

namespace passerelle::policy {
namespace {

/// Calls `use(request)` for every purpose, channel, state and relation, and each of the actions.
template <typename Use>
void for_each_request(Ties ties, Actions actions, Use use) {
  AccessRequest request = usual_request(ties);
  const auto each = [](auto& part, auto next) {
    using Word = std::remove_reference_t<decltype(part)>;
    for (std::size_t n = 0; n < words_of<Word>.size(); ++n) {
      part = static_cast<Word>(n);
      next();
    }
  };
  for_each_word(actions, [&](Action action) {
    request.action = action;
    each(request.purpose, [&] {
      each(request.channel,
           [&] { each(request.state, [&] { each(request.relation, [&] { use(request); }); }); });
    });
  });
}

std::string described(const Permit& permit) {
  const AccessRequest& asked = permit.request;
  std::string text = fmt::format("{} {} {} {} {} {}, by {}, with", permit.role, word_name(asked.purpose),
                                 word_name(asked.action), word_name(asked.channel), word_name(asked.state),
                                 word_name(asked.relation), permit.ruling.rule);
  for_each_word(asked.ties, [&](Tie tie) { text += fmt::format(" {}", word_name(tie)); });
  return text;
}

}  // namespace

AccessRequest usual_request(Ties ties) {
  AccessRequest request{.ties = ties, .date = parse_day("2026-06-01").value()};
  request.asked.insert("063");
  request.granted.insert("063");
  return request;
}

Answers::Answers(const AccessTables& tables) : m_tables(tables), m_policy(tables, m_names) {}

const std::vector<Permit>& Answers::permits(std::string_view role, Ties ties, Actions actions) {
  const auto [found, added] = m_permits.try_emplace({role, ties.bits(), actions.bits()});
  if (added) sweep(role, ties, actions, found->second);
  return found->second;
}

void Answers::sweep(std::string_view role, Ties ties, Actions actions, std::vector<Permit>& permits) {
  const RoleId id{m_names.roles.number(role)};
  for_each_request(ties, actions, [&](AccessRequest& request) {
    request.role = id;
    const Ruling ruling = m_policy.decide(request);
    if (ruling.permitted) permits.push_back({role, request, ruling});
  });
}

std::string Answers::first(std::span<const std::string_view> roles, Ties ties,
                           const std::function<bool(const Permit&)>& breaks, Actions actions) {
  std::vector<std::string_view> asked(roles.begin(), roles.end());
  if (asked.empty()) {
    for (const RoleLine& role : m_tables.roles) asked.push_back(role.role);
  }
  for (const std::string_view role : asked) {
    for (const Permit& permit : permits(role, ties, actions)) {
      if (breaks(permit)) return described(permit);
    }
  }
  return {};
}

bool Answers::any(std::string_view role, Ties ties, Actions actions, State state,
                  const std::function<bool(const Ruling&)>& fits) const {
  AccessRequest request = usual_request(ties);
  request.role = RoleId{m_names.roles.number(role)};
  request.state = state;
  bool found = false;
  for_each_word(actions, [&](Action action) {
    request.action = action;
    for_each_word(WordSet<Purpose>::all(), [&](Purpose purpose) {
      request.purpose = purpose;
      for_each_word(Channels::all(), [&](Channel channel) {
        request.channel = channel;
        for (const Relation relation : {Relation::aucune, Relation::demandeur}) {
          request.relation = relation;
          const Ruling ruling = m_policy.decide(request);
          found = found || (ruling.permitted && fits(ruling));
        }
      });
    });
  });
  return found;
}

Ruling Answers::decide(std::string_view role, AccessRequest request) const {
  request.role = RoleId{m_names.roles.number(role)};
  return m_policy.decide(request);
}

}  // namespace passerelle::policy
