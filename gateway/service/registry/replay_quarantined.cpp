#include "gateway/service/registry/replay_quarantined.hpp"

#include <cassert>

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/registry/deposit_demande.hpp"
#include "gateway/service/registry/read_filings.hpp"
#include "gateway/service/registry/take_message.hpp"

namespace passerelle::service {
namespace {

using store::Transaction;

Requester requester_of(const store::Attempter& by) {
  return {.actor = {.body = by.body, .agent = by.agent, .account = by.account, .role = by.role},
          .purpose = policy::parse_word<policy::Purpose>(by.purpose).value_or(policy::Purpose{}),
          .channel = policy::parse_word<policy::Channel>(by.channel).value_or(policy::Channel{}),
          .reason = {}};
}

/// One line being treated again.
class Replaying {
 public:
  Replaying(const Registry& registry, const policy::Decision& decision, const ReplayTools& tools,
            const Quarantined& line, const ReplayOrder& order)
      : m_registry(registry),
        m_decision(decision),
        m_tools(tools),
        m_line(line),
        m_order(order),
        m_imports(line.kept.line.by.action == policy::action_name(policy::Action::import_file)) {}

  tl::expected<Replay, std::string> run() {
    std::vector<FiledDemande> demandes;
    codec::MemorySource source(m_line.content.reveal());
    FilingFile file{.format = m_order.format, .in = &source, .geography = m_tools.geography};
    file.by_kind = m_imports;
    file.on_fault = [this](const model::Fault& fault) { m_replay.faults.push_back(fault); };
    file.on_demande = [&](FiledDemande filed) { demandes.push_back(std::move(filed)); };
    const auto summary = read_filings(m_tools.formats, file);
    if (!summary) return tl::unexpected(summary.error());
    for (const FiledDemande& filed : demandes) treat(filed);
    const bool all = !demandes.empty() && m_replay.demandes.size() == demandes.size();
    const bool treated = all && !model::has_blocking(m_replay.faults);
    if (m_order.for_real && treated) close();
    return std::move(m_replay);
  }

 private:
  void treat(const FiledDemande& filed) {
    const store::QuarantineLine& line = m_line.kept.line;
    const Requester sender = requester_of(line.by);
    const auto decision = m_imports
                              ? authorize(m_registry, sender, policy::Action::import_file, {line.territory})
                              : authorize_filing(m_registry, sender, line.territory, filed.filing);
    if (!decision) {
      m_replay.denied = decision.error().rule();
      return;
    }
    if (m_order.for_real)
      treat_really(*decision, filed);
    else
      foresee(*decision, filed);
  }

  void foresee(const policy::Decision& sender, const FiledDemande& filed) {
    const auto foreseen = foresee_message(m_registry, sender, filed.filing);
    if (!foreseen) return add(foreseen.error());
    m_replay.demandes.push_back({filed.rank, std::nullopt, *foreseen == Foreseen::changes});
  }

  void treat_really(const policy::Decision& sender, const FiledDemande& filed) {
    if (m_line.kept.deposit) return settle_again(filed);
    const store::QuarantineLine& line = m_line.kept.line;
    const Message message{
        line.key.empty() ? content_key(m_registry, filed.content, filed.occasion) : line.key, line.format,
        filed.content};
    const auto answer = take_message(m_registry, sender, m_tools.rules, {filed.filing, message});
    if (!answer) return add(answer.error());
    m_replay.demandes.push_back({filed.rank, *answer});
  }

  /// A deposit has its receipt: its number is told to who deposited, and to nobody else.
  void settle_again(const FiledDemande& filed) {
    const store::WaitingDeposit waiting{*m_line.kept.deposit, m_line.kept.line.format, m_line.kept.content};
    const auto refused =
        settle_refused(m_registry, m_tools.formats.pivot(), m_line.kept.line.territory, waiting);
    if (!refused) return add(refused.error());
    m_replay.demandes.push_back({filed.rank, Registration{Registered::received, std::nullopt}});
  }

  void add(const model::Faults& faults) {
    m_replay.faults.insert(m_replay.faults.end(), faults.begin(), faults.end());
  }

  void close() {
    const store::QuarantineLine& line = m_line.kept.line;
    m_replay.closed =
        store::in_transaction(m_registry.pool, scope_of(m_decision), [&](Transaction& transaction) {
          leave_trace(transaction, m_registry, m_decision);
          return store::close_quarantined(transaction, line.territory, line.id, {"registered"},
                                          m_registry.clock.now());
        });
  }

  const Registry& m_registry;
  const policy::Decision& m_decision;
  const ReplayTools& m_tools;
  const Quarantined& m_line;
  const ReplayOrder& m_order;
  bool m_imports;
  Replay m_replay;
};

}  // namespace

tl::expected<std::optional<Replay>, std::string> replay_quarantined(const Registry& registry,
                                                                    const policy::Decision& decision,
                                                                    const ReplayTools& tools,
                                                                    const model::Uuid& id,
                                                                    const ReplayOrder& order) {
  assert(decision.action() == policy::Action::administer);
  const auto line = open_quarantined(registry, decision, id);
  if (!line) return std::nullopt;
  auto replay = Replaying(registry, decision, tools, *line, order).run();
  if (!replay) return tl::unexpected(replay.error());
  return std::optional(std::move(*replay));
}

}  // namespace passerelle::service
