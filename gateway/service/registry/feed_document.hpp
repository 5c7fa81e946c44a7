// The file that tells a partner of one event of a demande, as of the version that the event left.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "gateway/mapping/formats.hpp"
#include "gateway/model/numero_unique.hpp"
#include "gateway/model/personal.hpp"
#include "gateway/store/feed_table.hpp"

namespace passerelle::service {

/// What a file is made of.
struct FeedContent {
  std::string type;  ///< of the file
  model::NumeroUnique numero;
  /// One line of JSON of the pivot: the version, what the event says of a radiation, or nothing but the
  /// pivot's version.
  model::Personal<std::string> pivot;
  store::FeedFacts facts;
  std::string date;        ///< of the file, ISO 8601 with its offset
  std::string sub_motive;  ///< of a radiation; empty: none
};

/// Writes it in a format (`sne@02.01`, say). The error is the code of the first fault that blocks: the format
/// cannot say what the demande is.
[[nodiscard]] tl::expected<model::Personal<std::string>, std::string> write_feed_document(
    mapping::Formats& formats, const mapping::FormatName& format, const FeedContent& content);

}  // namespace passerelle::service
