// The tables of what is sent to a partner whose services we call (schemas/sql/0021_feed.sql).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/store/exchange_table.hpp"

namespace passerelle::store {

/// What a file says of a demande that its versions do not: columns of the demande and of the event.
struct FeedFacts {
  std::string state;    ///< of the demande now
  std::string guichet;  ///< of the deposit
  std::string deposited_on;
  std::string happened_on;            ///< the event
  std::optional<std::string> motive;  ///< of the event
  std::optional<int> notice;          ///< rank of the last notice that said why it is inadmissible
};
[[nodiscard]] FeedFacts read_feed_facts(Transaction& transaction, const DemandeId& demande, int rank);

/// One sending that begins.
struct Sending {
  std::string name;  ///< of the file: the same at each attempt
  std::string date;  ///< when it was named, local time and offset (ISO 8601)
  int attempt;       ///< from 1
};
/// Names the file of a line when it has no name, and counts a sending of it.
[[nodiscard]] Sending begin_sending(Transaction& transaction, const Queue& queue, const NewsId& news,
                                    std::string_view type, model::Time now);

/// How a sending ended; `accepted`, `refused` or `passing`.
struct SendingEnd {
  int attempt;
  std::string_view outcome;
  std::string code;  ///< at most 64 characters
};
void queue_sending_end(Transaction& transaction, const Queue& queue, const NewsId& news,
                       const SendingEnd& end, model::Time now);

struct FeedReceipt {
  std::string file;
  std::string type;
  std::string demande;  ///< its identifier
  int rank;
  int attempt;
  model::Time sent_at;
  std::string outcome;
  std::string code;
};
/// The last sendings of a queue, the youngest first.
[[nodiscard]] std::vector<FeedReceipt> list_feed_receipts(Transaction& transaction, const Queue& queue,
                                                          int limit);

/// From when a service of a partner is asked next; nothing when it never was.
[[nodiscard]] std::optional<model::Time> find_feed_cursor(Transaction& transaction, const Queue& queue,
                                                          std::string_view service);
/// Moves it on, never back.
void queue_feed_cursor(Transaction& transaction, const Queue& queue, std::string_view service,
                       model::Time since);

}  // namespace passerelle::store
