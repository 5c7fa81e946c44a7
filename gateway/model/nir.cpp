#include "gateway/model/nir.hpp"

#include <array>
#include <cstdint>

#include "gateway/model/ascii.hpp"

namespace passerelle::model {
namespace {

constexpr std::size_t nir_length = 15;
constexpr std::size_t key_begin = 13;
constexpr int key_modulus = 97;

std::optional<FixedText<nir_length>> without_spaces(std::string_view text) {
  std::array<char, nir_length> kept{};
  std::size_t size = 0;
  for (const char c : text) {
    if (c == ' ') continue;
    if (size == nir_length) return std::nullopt;
    kept[size++] = c;
  }
  if (size != nir_length) return std::nullopt;
  return FixedText<nir_length>({kept.data(), size});
}

bool is_month(int month) {
  return (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
}

/// The number whose remainder makes the key: Corsica's letters count as 19 (2A) and 18 (2B).
std::optional<std::int64_t> key_base(std::string_view number) {
  const std::string_view departement = number.substr(5, 2);
  const bool corsican = departement == "2A" || departement == "2B";
  std::int64_t base = 0;
  for (std::size_t at = 0; at < key_begin; ++at) {
    const bool replaced = corsican && (at == 5 || at == 6);
    const char c = !replaced ? number[at] : at == 5 ? '1' : departement == "2A" ? '9' : '8';
    if (!is_digit(c)) return std::nullopt;
    base = base * 10 + digit_value(c);
  }
  return base;
}

bool is_nir(std::string_view number) {
  const auto base = key_base(number);
  if (!base || !all_digits(number.substr(key_begin))) return false;
  constexpr std::string_view first_digits = "123478";
  if (first_digits.find(number.front()) == std::string_view::npos) return false;
  if (!is_month(number_of(number.substr(3, 2))) || number.substr(5, 2) == "00") return false;
  return number_of(number.substr(key_begin)) == key_modulus - static_cast<int>(*base % key_modulus);
}

}  // namespace

tl::expected<Nir, FaultCode> Nir::parse(std::string_view text) {
  const auto number = without_spaces(text);
  if (!number || !is_nir(number->view())) return tl::unexpected(FaultCode::value_nir);
  return Nir(number->view());
}

bool Nir::is_temporary() const noexcept {
  return m_text.view().front() > '2';
}

std::optional<FaultCode> check_nir(std::string_view text) {
  const auto nir = Nir::parse(text);
  return nir ? std::nullopt : std::optional(nir.error());
}

}  // namespace passerelle::model
