#include "gateway/store/erasure_journal.hpp"

#include <algorithm>
#include <array>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <optional>
#include <sys/stat.h>

#include "gateway/model/ascii.hpp"
#include "gateway/model/instant.hpp"
#include "gateway/store/cipher.hpp"
#include "gateway/store/durable_file.hpp"

namespace passerelle::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view first_line = "# passerelle : effacements 1";
constexpr std::size_t fields = 5;  // territory, demande, time, rank, act
constexpr std::size_t digest_length = 64;
constexpr std::size_t longest_rank = 9;

std::string heading() {
  return fmt::format(
      "{}\n# Qui restaure une sauvegarde a besoin de ce fichier pour effacer de nouveau. À sauvegarder "
      "souvent, "
      "à part de la base.\n",
      first_line);
}

std::string line_of(const JournaledErasure& erasure) {
  return fmt::format("{} {} {:%Y-%m-%dT%H:%M:%S}Z {} {}\n", erasure.territory, erasure.demande.text(),
                     std::chrono::floor<std::chrono::seconds>(erasure.at), erasure.rank, erasure.act);
}

bool is_digest(std::string_view text) {
  return text.size() == digest_length &&
         std::ranges::all_of(text, [](char c) { return model::is_digit(c) || (c >= 'a' && c <= 'f'); });
}

/// The words of a line between single spaces; nothing when there are not as many as fields.
std::optional<std::array<std::string_view, fields>> split(std::string_view line) {
  std::array<std::string_view, fields> words;
  for (std::size_t i = 0; i < fields; ++i) {
    const std::size_t end = line.find(' ');
    if ((end == std::string_view::npos) != (i + 1 == fields)) return std::nullopt;
    words[i] = line.substr(0, end);
    line.remove_prefix(i + 1 == fields ? line.size() : end + 1);
  }
  return words;
}

std::optional<JournaledErasure> parse(std::string_view line) {
  const auto words = split(line);
  if (!words) return std::nullopt;
  const auto& [territory, id, time, rank, act] = *words;
  const auto demande = model::Uuid::parse(id);
  const auto at = model::Instant::parse(time);
  const bool holds = territory.size() == 3 && model::all_digits(territory) && demande && at &&
                     model::all_digits(rank) && rank.size() <= longest_rank && is_digest(act);
  if (!holds) return std::nullopt;
  return JournaledErasure{std::string(territory), *demande, at->utc(), model::number_of(rank),
                          std::string(act)};
}

}  // namespace

std::string act_digest(std::string_view act) {
  const Bytes hash = digest(octets_of(act));
  return fmt::format("{:02x}", fmt::join(hash, ""));
}

bool ErasureJournal::is_there() const {
  std::error_code absent;
  return fs::file_size(m_path, absent) > 0 && !absent;
}

void ErasureJournal::append(const std::vector<JournaledErasure>& erasures) const {
  std::string lines;
  for (const JournaledErasure& erasure : erasures) lines += line_of(erasure);
  append_durably(m_path, lines, heading(), S_IRUSR | S_IWUSR);
}

std::vector<JournaledErasure> ErasureJournal::read() const {
  std::ifstream in(m_path, std::ios::binary);
  if (!in)
    throw JournalError(fmt::format("{} : journal des effacements absent ou illisible", m_path.string()));
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  std::vector<JournaledErasure> erasures;
  std::string_view left = std::string_view(text).substr(0, text.rfind('\n') + 1);
  for (std::size_t number = 1; !left.empty(); ++number) {
    const std::string_view line = left.substr(0, left.find('\n'));
    left.remove_prefix(line.size() + 1);
    const auto erasure = line.starts_with('#') ? std::nullopt : parse(line);
    if (erasure) erasures.push_back(*erasure);
    if (number == 1 ? line != first_line : !erasure && !line.starts_with('#'))
      throw JournalError(fmt::format("{}, ligne {} : ce n'est pas celle d'un journal des effacements",
                                     m_path.string(), number));
  }
  if (text.find('\n') == std::string::npos)
    throw JournalError(fmt::format("{} : ce n'est pas un journal des effacements", m_path.string()));
  return erasures;
}

}  // namespace passerelle::store
