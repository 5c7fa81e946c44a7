// The SNE services over the registry: bytes of a request -> use case -> bytes of the answer.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/codec/byte_stream.hpp"
#include "gateway/mapping/formats.hpp"
#include "gateway/model/geography.hpp"
#include "gateway/service/access/authorize.hpp"
#include "gateway/service/life/life_rules.hpp"

namespace passerelle::sne {

/// Who asks, as the connection tells it.
struct Caller {
  /// Them, for the word of a purpose (empty: their only one); nothing when they have no such role.
  std::function<std::optional<service::Requester>(std::string_view purpose)> as;
  std::vector<std::string> territories;  ///< where acts open something to them
};

/// What goes back.
struct Answer {
  int status;                  ///< of HTTP
  std::string body;            ///< of the type `answer_content_type`
  bool was_deposited = false;  ///< what came waits to be settled
};

/// What a desk serves with; all of it outlives the desk.
struct DeskMeans {
  const service::Registry& registry;
  const service::LifeRules& rules;
  mapping::Formats& formats;
  const model::Geography* geography;  ///< null: commune codes are checked by form only
};

/// Any number of threads may ask one desk at once.
class Desk {
 public:
  /// Compiles what the services read and write: throws std::runtime_error when the tables of `sne` do not
  /// compile.
  explicit Desk(const DeskMeans& means);

  /// Answers one request (docs/sne-services.md). What is wrong with the request is in the answer; throws only
  /// when the world fails, and then nothing was done, or the same request tells what was.
  [[nodiscard]] Answer serve(const Caller& caller, codec::ByteSource& body,
                             std::string_view content_type) const;

 private:
  DeskMeans m_means;
};

/// The answer to whoever is not let in, without reading anything.
[[nodiscard]] Answer refuse_caller();

}  // namespace passerelle::sne
