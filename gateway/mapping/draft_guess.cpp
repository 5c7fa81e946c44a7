#include "gateway/mapping/draft_guess.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gateway/model/annee.hpp"
#include "gateway/model/ascii.hpp"
#include "gateway/model/code_postal.hpp"
#include "gateway/model/commune_insee.hpp"
#include "gateway/model/date.hpp"
#include "gateway/model/email.hpp"
#include "gateway/model/guichet.hpp"
#include "gateway/model/instant.hpp"
#include "gateway/model/nir.hpp"
#include "gateway/model/numero_unique.hpp"
#include "gateway/model/rpls_id.hpp"
#include "gateway/model/siren.hpp"
#include "gateway/model/siret.hpp"
#include "gateway/model/telephone.hpp"

namespace passerelle::mapping {
namespace {

using model::all_digits;

constexpr std::size_t most_codes = 40;
constexpr std::size_t longest_code = 40;
constexpr std::size_t longest_unknown_code = 3;
constexpr std::size_t times_a_code_comes_back = 3;

bool is_boolean(std::string_view value) {
  return value == "true" || value == "false";
}

bool is_french_date(std::string_view value) {
  if (value.size() != 10 || value[2] != '/' || value[5] != '/') return false;
  return model::is_calendar_date(
      fmt::format("{}-{}-{}", value.substr(6), value.substr(3, 2), value.substr(0, 2)));
}

bool is_french_month(std::string_view value) {
  if (value.size() != 7 || value[2] != '/') return false;
  return model::is_calendar_date(fmt::format("{}-{}-01", value.substr(3), value.substr(0, 2)));
}

bool is_packed_date(std::string_view value) {
  if (value.size() != 8 || !all_digits(value)) return false;
  return model::is_calendar_date(
      fmt::format("{}-{}-{}", value.substr(0, 4), value.substr(4, 2), value.substr(6)));
}

/// A French number as people write it, so that an amount is not taken for one.
bool is_phone(std::string_view value) {
  const bool begins = value.starts_with('0') || value.starts_with('+');
  return begins && value.size() >= 10 && !model::check_telephone(value);
}

bool is_year(std::string_view value) {
  return !model::check_annee(value) && (value.starts_with("19") || value.starts_with("20"));
}

bool has_cents(std::string_view value, char point) {
  const std::size_t at = value.find(point);
  if (at == std::string_view::npos) return all_digits(value);
  const std::string_view cents = value.substr(at + 1);
  return all_digits(value.substr(0, at)) && all_digits(cents) && cents.size() <= 2;
}

bool is_comma_amount(std::string_view value) {
  return has_cents(value, ',');
}
bool is_amount(std::string_view value) {
  return has_cents(value, '.');
}

bool is_integer(std::string_view value) {
  constexpr std::size_t longest = 9;
  const bool padded = value.size() > 1 && value.starts_with('0');
  return all_digits(value) && !padded && value.size() <= longest;
}

template <std::optional<model::FaultCode> (*Check)(std::string_view)>
bool passes(std::string_view value) {
  return !Check(value);
}

/// In the order of GuessKind.
constexpr std::array<bool (*)(std::string_view), guess_kind_count> tests{
    is_boolean,
    passes<model::check_nir>,
    passes<model::check_siret>,
    passes<model::check_numero_unique>,
    passes<model::check_instant>,
    model::is_calendar_date,
    is_french_date,
    is_french_month,
    is_packed_date,
    passes<model::check_email>,
    is_phone,
    passes<model::check_siren>,
    passes<model::check_guichet>,
    passes<model::check_rpls_id>,
    passes<model::check_commune_insee>,
    passes<model::check_code_postal>,
    is_year,
    is_comma_amount,
    is_amount,
    is_integer,
    all_digits,
};

using enum GuessKind;

template <typename... Kinds>
constexpr std::uint32_t any_of(Kinds... kinds) {
  return ((1U << static_cast<unsigned>(kinds)) | ...);
}

/// The kinds that can go to a pivot field of some kind. Other fields take codes or text.
struct Suits {
  PivotKind pivot;
  std::uint32_t kinds;
};
constexpr std::array suits{
    Suits{PivotKind::boolean, any_of(boolean)},
    Suits{PivotKind::integer, any_of(integer, padded_number)},
    Suits{PivotKind::decimal, any_of(comma_amount, amount, integer)},
    Suits{PivotKind::amount, any_of(comma_amount, amount, integer)},
    Suits{PivotKind::date, any_of(iso_date, french_date, packed_date)},
    Suits{PivotKind::partial_date, any_of(iso_date, french_date, packed_date, french_month)},
    Suits{PivotKind::date_time, any_of(date_time)},
    Suits{PivotKind::year, any_of(year)},
    Suits{PivotKind::numero_unique, any_of(numero_unique)},
    Suits{PivotKind::commune, any_of(commune)},
    Suits{PivotKind::code_postal, any_of(code_postal)},
    Suits{PivotKind::siren, any_of(siren)},
    Suits{PivotKind::siret, any_of(siret)},
    Suits{PivotKind::rpls, any_of(rpls)},
    Suits{PivotKind::email, any_of(email)},
    Suits{PivotKind::phone, any_of(phone)},
    Suits{PivotKind::guichet, any_of(guichet)},
};

/// Kinds that say what a column is even when its name says nothing. Guichets, RPLS numbers and INSEE codes
/// look like other digits.
constexpr std::array telling{boolean,     nir,          siret,       numero_unique, date_time, iso_date,
                             french_date, french_month, packed_date, email,         phone,     siren,
                             year,        comma_amount, amount,      integer};

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

void ValueGuess::see(std::string_view value) {
  if (value.empty()) return;
  const std::size_t length = characters(value);
  m_shortest = m_count == 0 ? length : std::min(m_shortest, length);
  m_longest = std::max(m_longest, length);
  ++m_count;
  m_comma_seen = m_comma_seen || value.find(',') != std::string_view::npos;
  m_point_seen = m_point_seen || value.find('.') != std::string_view::npos;
  for (std::size_t kind = 0; kind < guess_kind_count; ++kind) {
    if (!m_excluded[kind] && !tests[kind](value)) m_excluded.set(kind);
  }
  if (m_too_many) return;
  m_distinct.emplace(value);
  m_too_many = m_distinct.size() > most_codes || length > longest_code ||
               value.find_first_of("|(),\"\n") != std::string_view::npos;
  if (m_too_many) m_distinct.clear();
}

bool ValueGuess::may_be(GuessKind kind) const {
  if (m_count == 0 || m_excluded[static_cast<std::size_t>(kind)]) return false;
  if (kind == comma_amount) return m_comma_seen;
  if (kind == amount) return m_point_seen;
  return kind != padded_number || m_shortest == m_longest;
}

std::set<std::string> ValueGuess::codes() const {
  return m_distinct;
}

std::string ValueGuess::written(GuessKind kind) const {
  constexpr std::array<std::string_view, guess_kind_count> names{"boolean",
                                                                 "nir",
                                                                 "siret",
                                                                 "numeroUnique",
                                                                 "dateTime",
                                                                 "date",
                                                                 "date(JJ/MM/AAAA)",
                                                                 "date(MM/AAAA)",
                                                                 "date(AAAAMMJJ)",
                                                                 "email",
                                                                 "phone",
                                                                 "siren",
                                                                 "guichet",
                                                                 "rpls",
                                                                 "commune",
                                                                 "codePostal",
                                                                 "year",
                                                                 "amount(,)",
                                                                 "amount",
                                                                 {},
                                                                 {}};
  if (kind == integer) return fmt::format("integer(0,{})", std::string(m_longest + 1, '9'));
  if (kind == padded_number) return fmt::format("number({})", m_longest);
  return std::string(names[static_cast<std::size_t>(kind)]);
}

std::string ValueGuess::code_type() const {
  return m_distinct.empty() ? text_type() : fmt::format("code({})", fmt::join(m_distinct, "|"));
}

std::string ValueGuess::text_type() const {
  constexpr std::array<std::size_t, 4> lengths{50, 100, 200, 1000};
  const auto* const room =
      std::ranges::find_if(lengths, [&](std::size_t n) { return n >= m_longest + m_longest / 4; });
  return fmt::format("text({})", room == lengths.end() ? std::size_t{5000} : *room);
}

std::string ValueGuess::type() const {
  for (const GuessKind kind : telling) {
    if (may_be(kind)) return written(kind);
  }
  const bool often = m_count >= m_distinct.size() * times_a_code_comes_back;
  return often && m_longest <= longest_unknown_code ? code_type() : text_type();
}

std::string ValueGuess::type_for(PivotKind kind) const {
  if (m_count == 0 || kind == PivotKind::text || kind == PivotKind::free_text) return text_type();
  const auto* const suited = std::ranges::find(suits, kind, &Suits::pivot);
  for (unsigned guess = 0; suited != suits.end() && guess < guess_kind_count; ++guess) {
    const auto suiting = static_cast<GuessKind>(guess);
    if ((suited->kinds >> guess & 1U) != 0 && may_be(suiting)) return written(suiting);
  }
  const bool two_words = kind == PivotKind::boolean && m_distinct.size() == 2;
  if ((kind == PivotKind::code || two_words) && !m_distinct.empty()) return code_type();
  return {};
}

}  // namespace passerelle::mapping
