#include "gateway/store/quarantine_table.hpp"

#include <algorithm>

namespace passerelle::store {
namespace {

// Of a territory that is none, nothing is kept.
constexpr Statement insert_line = {
    "insert_quarantine",
    "INSERT INTO quarantine (territory, quarantine_id, quarantined_at, body_id, key, format, whole, rank, "
    "faults, agent, account, role, purpose, channel, action, numero_mac, content_mac, generation, sealed) "
    "SELECT territory, $2::uuid, $3::timestamptz, $4, $5, $6, $7::boolean, $8::bigint, $9::text[], $10, $11, "
    "$12, $13, $14, $15, $16::bytea, $17::bytea, $18::smallint, $19::bytea FROM territory "
    "WHERE territory = $1 ON CONFLICT DO NOTHING"};
// What is kept of a deposit is its demande in the pivot, sealed at the place of its raw message.
constexpr Statement insert_deposit = {
    "insert_quarantined_deposit",
    "INSERT INTO quarantine (territory, quarantine_id, quarantined_at, body_id, key, format, whole, rank, "
    "faults, agent, account, role, purpose, channel, action, deposit_id, generation, sealed) "
    "SELECT d.territory, d.message_id, $4, d.body_id, d.key, 'cerfa', false, 1, string_to_array($3, ' '), "
    "d.agent, d.account, d.role, d.purpose, d.channel, 'register', d.deposit_id, i.generation, i.sealed "
    "FROM deposit d JOIN inbox i ON i.received_at = d.received_at AND i.message_id = d.message_id "
    "WHERE d.territory = $1 AND d.deposit_id = $2 "
    "ON CONFLICT (territory, quarantine_id) DO UPDATE SET faults = excluded.faults, "
    "generation = excluded.generation, sealed = excluded.sealed, closed_at = NULL, outcome = NULL, "
    "reason = NULL"};
constexpr Statement update_deposit = {
    "update_quarantined_deposit",
    "UPDATE quarantine SET faults = string_to_array($3, ' ') WHERE territory = $1 AND deposit_id = $2 "
    "AND closed_at IS NULL"};
constexpr Statement list_lines = {
    "list_quarantine",
    "SELECT quarantine_id, quarantined_at, body_id, key, format, whole, rank, "
    "array_to_string(faults, chr(10)), agent, account, role, purpose, channel, action FROM quarantine "
    "WHERE territory = $1 AND closed_at IS NULL ORDER BY quarantined_at, rank, quarantine_id"};
constexpr Statement find_line = {
    "find_quarantined",
    "SELECT q.quarantine_id, q.quarantined_at, q.body_id, q.key, q.format, q.whole, q.rank, "
    "array_to_string(q.faults, chr(10)), q.agent, q.account, q.role, q.purpose, q.channel, q.action, "
    "q.generation, q.sealed, q.deposit_id, d.received_at, d.received_on::text, d.message_id FROM quarantine "
    "q LEFT JOIN deposit d ON d.territory = q.territory AND d.deposit_id = q.deposit_id "
    "WHERE q.territory = $1 AND q.quarantine_id = $2 AND q.closed_at IS NULL"};
constexpr Statement close_line = {
    "close_quarantined",
    "UPDATE quarantine SET closed_at = $3, outcome = $4, reason = $5, generation = NULL, sealed = NULL "
    "WHERE territory = $1 AND quarantine_id = $2 AND closed_at IS NULL"};
constexpr Statement deposit_again = {
    "deposit_again",
    "UPDATE deposit SET settled_at = NULL, refusal = NULL WHERE territory = $1 AND deposit_id = $2 "
    "AND refusal IS NOT NULL"};
constexpr Statement forget_lines = {"forget_quarantine",
                                    "DELETE FROM quarantine WHERE territory = $1 AND numero_mac = $2"};

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

QuarantineLine line_in(const Result& found, int row, const std::string& territory) {
  const auto text = [&](int column) { return std::string(found.text(row, column)); };
  return {.territory = territory,
          .id = found.uuid(row, 0),
          .quarantined_at = found.time(row, 1),
          .key = text(3),
          .format = text(4),
          .whole = found.truth(row, 5),
          .rank = found.number(row, 6),
          .faults = lines_of(found.text(row, 7)),
          .by = {text(2), text(8), text(9), text(10), text(11), text(12), text(13)}};
}

/// The deposit that the line is, whose columns begin there.
std::optional<Deposit> deposit_in(const Result& found, const QuarantineLine& line, int column) {
  if (found.is_null(0, column) || found.is_null(0, column + 1)) return std::nullopt;
  return Deposit{.id = found.uuid(0, column),
                 .received_at = found.time(0, column + 1),
                 .received_on = std::string(found.text(0, column + 2)),
                 .body = line.by.body,
                 .key = line.key,
                 .message = found.uuid(0, column + 3),
                 .agent = line.by.agent,
                 .account = line.by.account,
                 .role = line.by.role,
                 .purpose = line.by.purpose,
                 .channel = line.by.channel};
}

}  // namespace

void queue_quarantined(Transaction& transaction, const NewQuarantineLine& made) {
  const QuarantineLine& line = made.line;
  const Attempter& by = line.by;
  transaction.queue(
      insert_line,
      Parameters(line.territory, line.id, line.quarantined_at, by.body, line.key, line.format, line.whole,
                 line.rank, line.faults, by.agent, by.account, by.role, by.purpose, by.channel, by.action,
                 made.numero_mac, made.content_mac, made.content.generation, made.content.octets));
}

bool was_quarantined(const Result& answer) {
  return answer.affected() == 1;
}

void queue_quarantined_deposit(Transaction& transaction, const std::string& territory,
                               const model::Uuid& deposit, std::string_view why, model::Time now) {
  transaction.queue(insert_deposit, Parameters(territory, deposit, why, now));
  // Its raw message may have passed its retention while the line waited.
  transaction.queue(update_deposit, Parameters(territory, deposit, why));
}

std::vector<QuarantineLine> list_quarantine(Transaction& transaction, const std::string& territory) {
  const Result found = transaction.execute(list_lines, Parameters(territory));
  std::vector<QuarantineLine> lines;
  lines.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row) lines.push_back(line_in(found, row, territory));
  return lines;
}

std::optional<OpenQuarantineLine> find_quarantined(Transaction& transaction, const std::string& territory,
                                                   const model::Uuid& id) {
  const Result found = transaction.execute(find_line, Parameters(territory, id));
  if (found.empty()) return std::nullopt;
  OpenQuarantineLine line{line_in(found, 0, territory), sealed_in(found, 0, 14), std::nullopt};
  line.deposit = deposit_in(found, line.line, 16);
  return line;
}

bool close_quarantined(Transaction& transaction, const std::string& territory, const model::Uuid& id,
                       const QuarantineEnd& end, model::Time now) {
  const Result closed =
      transaction.execute(close_line, Parameters(territory, id, now, end.outcome, end.reason));
  return closed.affected() == 1;
}

void queue_deposit_again(Transaction& transaction, const std::string& territory, const model::Uuid& deposit) {
  transaction.queue(deposit_again, Parameters(territory, deposit));
}

void queue_forgotten_quarantine(Transaction& transaction, const std::string& territory,
                                const Bytes& numero_mac) {
  transaction.queue(forget_lines, Parameters(territory, numero_mac));
}

}  // namespace passerelle::store
