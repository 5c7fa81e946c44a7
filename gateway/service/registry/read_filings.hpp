// Reads a file of any format as demandes to be registered.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <tl/expected.hpp>

#include "gateway/service/convert.hpp"
#include "gateway/service/registry/filing.hpp"
#include "gateway/service/registry/raw_message.hpp"

namespace passerelle::service {

/// A demande of a file.
struct FiledDemande {
  std::uint64_t rank;  ///< in the file, from 1
  Filing filing;
  model::Personal<std::string> content;  ///< the whole demande in the pivot, one line of JSON
  std::string occasion = {};  ///< of a message that acts: its kind and date, which tell it from a later one
  std::optional<RawDocument> raw = {};  ///< as it came, when that is asked for
};

/// A demande that faults stop before the registry; or a whole document of which no demande could be read.
struct StoppedDemande {
  std::uint64_t rank;  ///< in the file, from 1; 0: the document
  RawDocument raw;
  std::optional<model::NumeroUnique> numero;  ///< that it names, as far as it could be read
  model::Faults faults;
};

struct FilingFile {
  mapping::FormatName format;
  codec::ByteSource* in = nullptr;
  const model::Geography* geography = nullptr;  ///< null: commune codes are checked by form alone
  bool by_kind = false;  ///< whether messages may do something else than file a demande (MessageKind)
  std::function<void(const model::Fault&)> on_fault;
  std::function<void(FiledDemande)> on_demande;
  /// May be empty: gets what faults stop, as it came; each demande then has it too. A document that holds one
  /// demande is kept whole, up to the size of a demande; of a longer one, each demande as its codec writes
  /// it. What the codec could not read at all is nothing in a longer file.
  std::function<void(StoppedDemande)> on_stopped;
};

/// Gives each demande that no fault blocks, in order, streaming. What the pivot cannot say for a peer goes
/// with the demande, as its complement. The error is that of a format that does not exist or whose tables do
/// not compile: French text. Throws std::system_error when the file cannot be read.
[[nodiscard]] tl::expected<ConvertSummary, std::string> read_filings(mapping::Formats& formats,
                                                                     const FilingFile& file);

/// The filing of a demande kept as one line of JSON (`FiledDemande::content`). Appends the faults of one that
/// cannot be read, or does not say who files.
[[nodiscard]] Filing read_kept_filing(const mapping::PivotCatalogue& catalogue,
                                      const model::Personal<std::string>& content, model::Faults& faults);

}  // namespace passerelle::service
