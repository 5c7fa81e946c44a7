// The journal of erasures, a file outside the database: what tells an older copy of it what must be forgotten
// again.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/clock.hpp"
#include "gateway/model/uuid.hpp"

namespace passerelle::store {

/// The journal is missing or damaged: French text that names the file and the line.
class JournalError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One erased demande. Neither number nor name: it tells nobody who that was.
struct JournaledErasure {
  std::string territory;
  model::Uuid demande;
  model::Time at;   ///< to the second
  int rank = 0;     ///< of the event that told it; 0: none, it went with the one that it was merged into
  std::string act;  ///< `act_digest` of the decision
};

/// SHA-256 of the words of a decision, 64 hexadecimal digits.
[[nodiscard]] std::string act_digest(std::string_view act);

/// Text, one line an erasure, only ever added to. Any number of processes may write to it.
class ErasureJournal {
 public:
  static constexpr std::string_view usual_name = "effacements.journal";

  explicit ErasureJournal(std::filesystem::path path) : m_path(std::move(path)) {}

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return m_path; }
  /// Whether it was begun.
  [[nodiscard]] bool is_there() const;

  /// Adds lines; they are on disk when it returns. Begins the file, mode 0600, when it is not there, even for
  /// no line. Throws std::system_error.
  void append(const std::vector<JournaledErasure>& erasures) const;
  /// Every line in order; one may stand there twice. An unfinished last line, which no erasure waited for, is
  /// left out. Throws JournalError when the file is not there or a line has another form.
  [[nodiscard]] std::vector<JournaledErasure> read() const;

 private:
  std::filesystem::path m_path;
};

}  // namespace passerelle::store
