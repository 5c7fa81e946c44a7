// The use case that empties the queue of a partner whose services we call: each line becomes a file of its
// format, is sent, and is closed, refused or put off by what came back.
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "gateway/mapping/formats.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/tell_partner.hpp"
#include "gateway/store/feed_table.hpp"

namespace passerelle::service {

/// One file to send.
struct FeedFile {
  std::string name;                       ///< the same whenever the same line is sent
  std::string type;                       ///< CRE, MOD, REN, RAD, CRS, SUP
  model::NumeroUnique numero;             ///< of its demande
  model::Personal<std::string> document;  ///< the same bytes whenever the same line is sent
};

/// What came back. Only what the partner says of the file itself is `refused`: whatever else goes wrong
/// passes.
struct FeedAnswer {
  enum class Outcome : std::uint8_t { accepted, refused, passing };
  Outcome outcome;
  std::string code = {};  ///< why, at most 64 characters, never a value
  bool is_down = false;   ///< no other file would fare better now
};

/// Sends one file.
using FeedSend = std::function<FeedAnswer(const FeedFile&)>;

struct FeedOrder {
  std::string recipient;
  std::string peer;                     ///< of the format
  std::string version;                  ///< of the format
  int limit = 20;                       ///< lines taken at once
  std::chrono::seconds lease{300};      ///< after which another takes what this one left without a word
  std::function<double()> chance = {};  ///< 0 to 1, for the delay of what is put off
  FeedSend send = {};                   ///< must be set; called outside of any transaction
  std::stop_token stop = {};
};

/// Lines, by what became of them.
struct FeedReport {
  int accepted = 0;
  int skipped = 0;             ///< nothing that the partner is told
  int refused = 0;             ///< a person must look
  int passing = 0;             ///< tried again later
  std::string last_code = {};  ///< of what was refused or passes
};

/// How long a line waits that passed `attempts` times: from half to the whole of 30 seconds doubled each
/// time, an hour at most. `chance` is between 0 and 1, so that those who failed together do not come
/// together.
[[nodiscard]] std::chrono::milliseconds retry_delay(int attempts, double chance);

/// Works through what is due in the territory of a decision to tell a partner, in order for each demande,
/// until nothing is, the partner is down, or it is told to stop. Each sending leaves a receipt, written
/// before and completed behind it: a line whose sender was killed is sent again under the same name. A file
/// that cannot be made of a demande is refused here, with the code of its first fault.
FeedReport feed_partner(const Registry& registry, const policy::Decision& decision, const LifeRules& rules,
                        mapping::Formats& formats, const FeedOrder& order);

/// The last sendings to a partner, the youngest first, as the decision to tell it allows.
[[nodiscard]] std::vector<store::FeedReceipt> list_receipts(const Registry& registry,
                                                            const policy::Decision& decision,
                                                            const std::string& recipient, int limit);

}  // namespace passerelle::service
