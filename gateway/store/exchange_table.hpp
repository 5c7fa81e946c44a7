// The tables of what came, what was answered and what is to be told (schemas/sql/0003_exchange.sql).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/store/demande_table.hpp"
#include "gateway/store/evidence_table.hpp"

namespace passerelle::store {

/// A message under the key that its sender gave it.
struct KeyedMessage {
  std::string body;   ///< the sender
  std::string key;    ///< 1 to 200 characters
  Bytes content_mac;  ///< keyed hash of the whole content
  model::Time received_at;
};

/// What is known of a key that was used before.
struct KnownKey {
  bool same_content = false;  ///< as what was first sent with it
  std::optional<model::Uuid> demande;
  std::optional<Bytes> answer;        ///< sealed under the key of the demande; nothing once that was erased
  std::optional<Sealed> demande_key;  ///< wrapped; nothing once erased
};

/// Claims the key of a message for the body that acts, waiting for whoever is claiming it; the answer says
/// whether nobody had used it.
void queue_claim(Transaction& transaction, const KeyedMessage& message);
[[nodiscard]] bool was_claimed(const Result& answer);

/// What another transaction left under the key of a message.
[[nodiscard]] KnownKey read_known(Transaction& transaction, const KeyedMessage& message);

/// Keeps the answer with the key that this transaction claimed.
void queue_answer(Transaction& transaction, const KeyedMessage& message, const DemandeId& demande,
                  const Bytes& sealed);

struct RawMessage {
  std::string territory;
  std::string body;    ///< who sent it
  std::string format;  ///< peer@version:message
  model::Uuid id;
  std::optional<model::Uuid> demande;  ///< what it became
  model::Time received_at;
  Sealed content;
};

void queue_message(Transaction& transaction, const RawMessage& message);
/// Makes ahead the partitions of the raw messages of this week and the next.
void queue_inbox_weeks(Transaction& transaction, model::Time now);

/// Who sends notices to those who ask for housing, where a territory subscribes it: told only what its people
/// did not do themselves: that their household was found again, merged or parted, what the calendar did.
inline constexpr std::string_view notices_recipient = "demandeur";

/// One line for each partner who follows the territory on the day that an event is recorded.
void queue_news(Transaction& transaction, const Event& event);

/// Who is told of a territory.
struct Queue {
  std::string territory;
  std::string recipient;
};

/// From when to when a line is somebody's to send.
struct SendingLease {
  model::Time now;
  model::Time end;
};

/// What a partner must be told.
struct News {
  model::Uuid demande;
  int rank;      ///< of the event
  int version;   ///< to be sent
  int attempts;  ///< this one included
};

/// Takes up to `limit` lines, the oldest first; nobody else gets them before the end of the lease. A line
/// waits until those of lower rank for its demande are acknowledged.
[[nodiscard]] std::vector<News> take_news(Transaction& transaction, const Queue& queue,
                                          const SendingLease& lease, int limit);
/// What a line is about.
struct NewsSubject {
  std::string kind;                   ///< of the event
  std::optional<std::string> numero;  ///< the present one; nothing once erased
  std::optional<model::Uuid> alive;   ///< whose number that is: another demande after a merge
  Standing standing;                  ///< of the demande to who is told
};
void queue_subject(Transaction& transaction, const DemandeId& demande, int rank);
[[nodiscard]] NewsSubject read_subject(const Result& answer);

/// One line of a queue.
struct NewsId {
  model::Uuid demande;
  int rank;
};
/// The recipient has it. Whether it was there and not acknowledged before.
bool acknowledge(Transaction& transaction, const Queue& queue, const NewsId& news, model::Time now);
/// The recipient will never take it as it is: a person must look, and what follows for this demande waits.
/// Whether it was there and neither acknowledged nor refused before.
bool quarantine(Transaction& transaction, const Queue& queue, const NewsId& news, std::string_view reason,
                model::Time now);
/// The recipient could not take it now: nobody gets the line before a time. Whether it was waiting.
bool postpone(Transaction& transaction, const Queue& queue, const NewsId& news, model::Time due);

/// A line that its recipient refused.
struct RefusedNews {
  News news;
  std::string reason;  ///< a code
  model::Time refused_at;
};
/// Those of a queue, the oldest first.
[[nodiscard]] std::vector<RefusedNews> list_refused_news(Transaction& transaction, const Queue& queue);
/// A line that was refused is to be sent again, at once. Whether it was refused.
bool requeue(Transaction& transaction, const Queue& queue, const NewsId& news, model::Time now);

}  // namespace passerelle::store
