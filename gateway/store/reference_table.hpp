// The tables of who and where (schemas/sql/0001_reference.sql), read as of a day and only ever added to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/store/transaction.hpp"

namespace passerelle::store {

struct Territory {
  std::string code;  ///< three digits
  std::string name;
  std::string zone;    ///< of the tz database
  std::string status;  ///< `public` or `assumption`
};

/// Something true of a territory from a day on, by an act.
struct Dated {
  std::string territory;
  std::string value;  ///< a departement, an allocator, a recipient
  std::string since;  ///< YYYY-MM-DD
  std::string act;
};

struct GuichetRow {
  std::string territory;
  std::string guichet;
  std::string body;
  std::string name;
  std::string since;  ///< YYYY-MM-DD
  std::string act;
  std::string basis = {};      ///< by which text it registers (CCH R441-2-1); may be empty
  std::string scope = "tous";  ///< or `salaries`
};

/// A duration or a threshold of a territory from a day on.
struct ParameterRow {
  std::string territory;
  std::string name;
  std::string value;
  std::string since;  ///< YYYY-MM-DD
  std::string act;
};

struct RetentionRow {
  std::string store;
  std::string purpose;
  std::optional<int> months;  ///< with `days`; nothing: kept, since nobody is named
  std::optional<int> days;
  std::string counted;
  std::string extension;
  std::string basis;
};

// Each of these adds a row unless one of the same thing is there for some of the time: what was once said of
// the past is never written over. Whether it was added.
bool add_territory(Transaction& transaction, const Territory& territory);
bool add_departement(Transaction& transaction, const Dated& departement);
bool add_allocator(Transaction& transaction, const Dated& allocator);
bool add_subscription(Transaction& transaction, const Dated& recipient);
bool add_guichet(Transaction& transaction, const GuichetRow& guichet);
bool add_retention(Transaction& transaction, const RetentionRow& retention);
/// The value before it ends on that day, when that is not before `today`.
bool add_parameter(Transaction& transaction, const ParameterRow& parameter, const std::string& today);

/// Every territory that the transaction may see, in order of code.
[[nodiscard]] std::vector<Territory> list_territories(Transaction& transaction);

/// What a registration must know of where it happens, as of a moment.
struct Desk {
  std::optional<std::string> body;        ///< who keeps the guichet; nothing when there is no such guichet
  std::optional<std::string> allocator;   ///< `passerelle` or `external`; nothing when nobody was named
  std::vector<std::string> departements;  ///< of the territory
  std::string today;                      ///< YYYY-MM-DD where it is
  std::optional<std::string> commune;     ///< what the one that is asked for has become by then, or itself
};

struct DeskAsked {
  std::string territory;
  std::string guichet;
  std::optional<std::string> commune = {};  ///< the first that is wished for
};

void queue_desk(Transaction& transaction, const DeskAsked& asked, model::Time now);
[[nodiscard]] Desk read_desk(const Result& answer);

/// The last microsecond of a day (YYYY-MM-DD) where the territory is; nothing when it is not seen.
[[nodiscard]] std::optional<model::Time> end_of_day(Transaction& transaction, const std::string& territory,
                                                    const std::string& day);

}  // namespace passerelle::store
