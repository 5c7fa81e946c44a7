#include "gateway/model/telephone.hpp"

#include <algorithm>
#include <array>

#include "gateway/model/ascii.hpp"

namespace passerelle::model {
namespace {

constexpr std::size_t fewest_digits = 7;
constexpr std::size_t most_digits = 15;  // ITU-T E.164, 6.2.1
constexpr std::size_t french_digits = 9;
constexpr std::size_t typed_digits = most_digits + 3;  // with 00 and a trunk 0

/// Digits as typed; `international` when a country code leads them.
struct Typed {
  std::array<char, typed_digits> bytes{};
  std::size_t size = 0;
  bool international = false;

  [[nodiscard]] std::string_view digits() const { return {bytes.data(), size}; }
};

/// Bytes of the separator at the front, 0 when there is none.
std::size_t separator_bytes(std::string_view text) {
  constexpr std::array<std::string_view, 6> separators{" ", ".", "-", "/", "\u00A0", "\u202F"};
  for (const std::string_view separator : separators) {
    if (text.starts_with(separator)) return separator.size();
  }
  return 0;
}

/// Bytes of the trunk digit that some write after the country code, 0 when there is none.
std::size_t trunk_bytes(const Typed& typed, std::string_view text) {
  const bool after_country = typed.size > 0 && (typed.international || typed.digits().starts_with("00"));
  return after_country && text.starts_with("(0)") ? 3 : 0;
}

std::optional<Typed> read_typed(std::string_view text) {
  Typed typed;
  typed.international = text.starts_with('+');
  if (typed.international) text.remove_prefix(1);
  while (!text.empty()) {
    if (is_digit(text.front())) {
      if (typed.size == typed.bytes.size()) return std::nullopt;
      typed.bytes[typed.size++] = text.front();
      text.remove_prefix(1);
      continue;
    }
    const std::size_t skipped = std::max(separator_bytes(text), trunk_bytes(typed, text));
    if (skipped == 0) return std::nullopt;
    text.remove_prefix(skipped);
  }
  return typed;
}

/// The country code of nine digits of the French plan; 0639 is Mayotte but for 0639 98, kept for fiction.
std::string_view french_country(std::string_view number) {
  struct Block {
    std::string_view prefix;
    std::string_view country;
  };
  constexpr auto blocks = std::to_array<Block>({{"63998", "33"},
                                                {"262", "262"},
                                                {"263", "262"},
                                                {"269", "262"},
                                                {"639", "262"},
                                                {"692", "262"},
                                                {"693", "262"},
                                                {"590", "590"},
                                                {"690", "590"},
                                                {"691", "590"},
                                                {"594", "594"},
                                                {"694", "594"},
                                                {"596", "596"},
                                                {"696", "596"},
                                                {"697", "596"}});
  for (const auto& [prefix, country] : blocks) {
    if (number.starts_with(prefix)) return country;
  }
  return "33";
}

/// The French country code that leads the digits, empty when none does.
std::string_view leading_french_country(std::string_view digits) {
  constexpr std::array<std::string_view, 5> countries{"33", "262", "590", "594", "596"};
  const auto found =
      std::ranges::find_if(countries, [digits](std::string_view code) { return digits.starts_with(code); });
  return found == countries.end() ? std::string_view{} : *found;
}

struct Parts {
  std::string_view country;  ///< empty when the number begins with it
  std::string_view number;
};

std::optional<Parts> french_parts(std::string_view country, std::string_view number, bool needs_trunk) {
  const bool trunk = number.starts_with('0');
  if (trunk) number.remove_prefix(1);
  if (number.size() != french_digits || number.front() == '0' || (needs_trunk && !trunk)) return std::nullopt;
  return Parts{country == "33" ? french_country(number) : country, number};
}

std::optional<Parts> international_parts(std::string_view digits) {
  const std::string_view country = leading_french_country(digits);
  if (!country.empty()) return french_parts(country, digits.substr(country.size()), false);
  if (digits.size() < fewest_digits || digits.size() > most_digits || digits.front() == '0')
    return std::nullopt;
  return Parts{{}, digits};
}

std::optional<Parts> read_parts(const Typed& typed) {
  const std::string_view digits = typed.digits();
  if (typed.international) return international_parts(digits);
  if (digits.starts_with("00")) return international_parts(digits.substr(2));
  return french_parts("33", digits, true);
}

}  // namespace

Telephone::Telephone(std::string_view country, std::string_view number) noexcept {
  m_text[m_size++] = '+';
  for (const std::string_view part : {country, number}) {
    std::ranges::copy(part, m_text.begin() + m_size);
    m_size = static_cast<std::uint8_t>(m_size + part.size());
  }
}

tl::expected<Telephone, FaultCode> Telephone::parse(std::string_view text) {
  const auto typed = read_typed(text);
  const auto parts = typed ? read_parts(*typed) : std::nullopt;
  if (!parts) return tl::unexpected(FaultCode::value_phone);
  return Telephone(parts->country, parts->number);
}

std::optional<FaultCode> check_telephone(std::string_view text) {
  const auto telephone = Telephone::parse(text);
  return telephone ? std::nullopt : std::optional(telephone.error());
}

}  // namespace passerelle::model
