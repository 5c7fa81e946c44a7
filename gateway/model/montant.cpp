#include "gateway/model/montant.hpp"

#include <fmt/format.h>

#include "gateway/model/ascii.hpp"

namespace passerelle::model {
namespace {

constexpr std::size_t most_whole_digits = 9;

/// Cents written by what follows the whole part, point included; nothing when it is not allowed.
std::optional<int> read_cents(std::string_view tail) {
  if (tail.empty()) return 0;
  tail.remove_prefix(1);
  if (tail.size() > 2 || !all_digits(tail)) return std::nullopt;
  return tail.size() == 1 ? number_of(tail) * 10 : number_of(tail);
}

std::string_view without_leading_zeros(std::string_view digits) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}

}  // namespace

tl::expected<Montant, FaultCode> Montant::parse(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const auto cents = read_cents(text.substr(point));
  if (!cents || !all_digits(text.substr(0, point))) return tl::unexpected(FaultCode::value_amount);
  const std::string_view whole = without_leading_zeros(text.substr(0, point));
  if (whole.size() > most_whole_digits) return tl::unexpected(FaultCode::value_amount);
  return Montant(std::int64_t{number_of(whole)} * 100 + *cents);
}

std::string Montant::text() const {
  if (m_cents % 100 == 0) return fmt::format("{}", m_cents / 100);
  return fmt::format("{}.{:02}", m_cents / 100, m_cents % 100);
}

std::optional<FaultCode> check_montant(std::string_view text) {
  const auto montant = Montant::parse(text);
  return montant ? std::nullopt : std::optional(montant.error());
}

}  // namespace passerelle::model
