#include "gateway/linking/normalise/code.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "gateway/linking/normalise/fold.hpp"
#include "gateway/linking/normalise/name.hpp"

namespace passerelle::linking {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string digits_of(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), is_digit);
  return digits;
}

bool is_filler(std::string_view code) {
  if (code.size() > 1 && std::ranges::count(code, code.front()) == std::ssize(code)) return true;
  return std::string_view("0123456789").starts_with(code) && code.size() > 4;
}

bool between(std::uint32_t value, std::uint32_t first, std::uint32_t last) {
  return value >= first && value <= last;
}

std::uint32_t number_in(std::string_view digits) {
  std::uint32_t value = 0;
  for (const char c : digits) value = value * 10 + static_cast<std::uint32_t>(c - '0');
  return value;
}

/// Districts of the three cities (law PLM, 1982) count as their city.
std::string_view city_of(std::uint32_t commune) {
  if (between(commune, 75101, 75120)) return "75056";
  if (between(commune, 69381, 69389)) return "69123";
  if (between(commune, 13201, 13216)) return "13055";
  return {};
}

/// The code of today, when the geography knows this one.
std::string present_code(std::string code, const model::Geography* geography) {
  if (geography == nullptr) return code;
  if (code[1] == 'a' || code[1] == 'b') code[1] = static_cast<char>(code[1] - 32);
  const model::Commune* commune = geography->find(code);
  return commune == nullptr ? code : std::string(geography->present(*commune).code.text());
}

}  // namespace

std::string normalise_phone(std::string_view text) {
  std::string digits = digits_of(text);
  if (digits.starts_with("00")) digits.erase(0, 2);
  if (digits.size() >= 11 && digits.starts_with("33")) digits.erase(0, digits[2] == '0' ? 3 : 2);
  if (digits.size() == 9 && digits.front() != '0') digits.insert(0, 1, '0');
  const std::string_view subscriber =
      std::string_view(digits).substr(std::min<std::size_t>(digits.size(), 2));
  if (digits.size() < 6 || is_filler(digits) || is_filler(subscriber)) return {};
  return digits;
}

std::string normalise_email(std::string_view text) {
  std::string email;
  for (const char c : text) {
    if (c == ' ' || c == '\t') continue;
    email.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  }
  const std::size_t at = email.find('@');
  if (at == std::string::npos)
    return email.size() < 6 || normalise_text(email).empty() ? std::string{} : email;
  if (at == 0) return {};
  if (const std::size_t plus = email.find('+'); plus < at && plus > 0) email.erase(plus, at - plus);
  const std::string local = email.substr(0, email.find('@'));
  constexpr std::array fillers{"aucun", "inconnu", "na", "neant", "no", "non",
                               "none",  "pas",     "x",  "xx",    "xxx"};
  return std::ranges::find(fillers, local) == fillers.end() ? email : std::string{};
}

std::string normalise_nir(std::string_view text) {
  std::string nir = without_blanks(fold(text));
  if (nir.size() != 13 && nir.size() != 15) return {};
  nir.resize(13);
  for (std::size_t i = 0; i < nir.size(); ++i) {
    const bool corsica = i == 6 && nir[5] == '2' && (nir[6] == 'a' || nir[6] == 'b');
    if (!is_digit(nir[i]) && !corsica) return {};
  }
  return is_filler(nir) ? std::string{} : nir;
}

unsigned nir_key(std::string_view nir13) {
  std::uint64_t number = 0;
  if (nir13.size() != 13) return 0;
  const char letter = nir13[6];
  const bool south = letter == 'A' || letter == 'a';
  const bool north = letter == 'B' || letter == 'b';
  for (std::size_t i = 0; i < 13; ++i) {
    const bool corsica = i == 6 && (south || north);
    if (!corsica && !is_digit(nir13[i])) return 0;
    number = number * 10 + (corsica ? 0U : static_cast<std::uint64_t>(nir13[i] - '0'));
  }
  if (south) number -= 1'000'000;
  if (north) number -= 2'000'000;
  return static_cast<unsigned>(97 - number % 97);
}

bool is_temporary_nir(std::string_view nir13) {
  return !nir13.empty() && (nir13.front() == '7' || nir13.front() == '8');
}

std::string normalise_commune(std::string_view text, const model::Geography* geography) {
  std::string code = without_blanks(fold(text));
  if (code.size() == 4) code.insert(0, 1, '0');
  if (code.size() != 5) return {};
  const bool corsica = code[0] == '2' && (code[1] == 'a' || code[1] == 'b');
  if (!std::ranges::all_of(std::string_view(code).substr(corsica ? 2 : 0), is_digit)) return {};
  code = present_code(std::move(code), geography);
  if (code[1] == 'A' || code[1] == 'a' || code[1] == 'B' || code[1] == 'b') code[1] = '0';
  const std::uint32_t number = number_in(code);
  if (number == 0 || number == 99999) return {};
  const std::string_view city = city_of(number);
  return city.empty() ? code : std::string(city);
}

std::string normalise_sex(std::string_view text) {
  constexpr std::array<std::string_view, 9> male{"1", "g",    "garcon",   "h", "homme",
                                                 "m", "male", "masculin", "mr"};
  constexpr std::array<std::string_view, 11> female{
      "2", "f", "femme", "female", "feminin", "fille", "mme", "mademoiselle", "k", "w", "woman"};
  const std::string folded = fold(text);
  if (std::ranges::find(male, folded) != male.end()) return "m";
  if (std::ranges::find(female, folded) != female.end()) return "f";
  return {};
}

std::string normalise_code(std::string_view text) {
  std::string code = without_blanks(normalise_text(text));
  const bool number = std::ranges::all_of(code, is_digit);
  if (number && code.size() > 3 && is_filler(code)) code.clear();
  return code;
}

}  // namespace passerelle::linking
