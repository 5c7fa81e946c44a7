#include "gateway/linking/decide/guard.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/linking/compare/value_level.hpp"
#include "gateway/linking/normalise/date.hpp"
#include "gateway/linking/train/hypothesis.hpp"

namespace passerelle::linking {
namespace {

constexpr double usual_share = 0.05;    // of the people, that makes a beginning of first names a frequent one
constexpr double borne_share = 0.0001;  // of the people, from which on a beginning is no slip

struct Levels {
  std::optional<Level> first_name, date;
  const Comparison* first_names = nullptr;
  const Comparison* dates = nullptr;  // the first ones: of birth
  const Comparison* emails = nullptr;
  bool email_agrees = false;
  bool number_agrees = false;
  bool dated_number_agrees = false;  // one that a record of another birth date would deny
  bool nir_differs = false;
};

Levels levels_seen(const std::vector<Comparison>& comparisons, Pattern pattern) {
  Levels seen;
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    const Level level = level_at(pattern, i);
    const Kind kind = comparisons[i].kind;
    if (kind == Kind::first_name && seen.first_names == nullptr) {
      seen.first_name = level;
      seen.first_names = &comparisons[i];
    }
    if (kind == Kind::date && seen.dates == nullptr) {
      seen.date = level;
      seen.dates = &comparisons[i];
    }
    if (kind == Kind::email && seen.emails == nullptr) seen.emails = &comparisons[i];
    if (kind == Kind::email) seen.email_agrees |= level == digits_level::exact;
    if (is_own_number(kind)) seen.number_agrees |= level == exact_level(comparisons[i].family);
    if (kind == Kind::nir || kind == Kind::identifier)
      seen.dated_number_agrees |= level == digits_level::exact;
    if (kind == Kind::nir) seen.nir_differs |= level == digits_level::differs;
    if (kind == Kind::nir_token) seen.nir_differs |= level == code_level::differs;
  }
  return seen;
}

/// Of lists that agree in part: a twin may bear the other's first name as a second one.
bool same_beginning(const Records& records, const Comparison& first_names, PairOfRecords pair) {
  const Field& field = records.fields[first_names.fields.front()];
  return begin_alike(records.dictionary(field), field.value[pair.left], field.value[pair.right]);
}

/// Of dates that differ in two digits: those of a parent and a child of one name differ in the year.
bool same_year(const Records& records, const Comparison& dates, PairOfRecords pair) {
  const Field& field = records.fields[dates.fields.front()];
  const auto year = [&](RecordId record) {
    return PartialDate::unpack(records.dictionary(field).traits(field.value[record]).date).year;
  };
  return year(pair.left) == year(pair.right);
}

bool same_demande(const Records& records, PairOfRecords pair) {
  if (records.demande.empty()) return false;
  const ValueId left = records.demande[pair.left];
  return left != missing_value && left == records.demande[pair.right];
}

/// How much of the people bears first names that begin as these do.
double share_beginning(const Records& records, const Comparison& first_names, RecordId record) {
  const Field& field = records.fields[first_names.fields.front()];
  return static_cast<double>(field.begin_alike[field.value[record]]) / std::max(1U, field.known);
}

/// One frequent first name, as Jean or Marie, and on the other side more of them.
bool shortened_to_usual(const Records& records, const Comparison& first_names, PairOfRecords pair) {
  const Field& field = records.fields[first_names.fields.front()];
  const auto single = [&](RecordId record) {
    return records.text(field, record).find(' ') == std::string::npos;
  };
  return (single(pair.left) || single(pair.right)) &&
         std::max(share_beginning(records, first_names, pair.left),
                  share_beginning(records, first_names, pair.right)) >= usual_share;
}

/// How many letters of the beginning of an e-mail are first names, in their order.
std::size_t letters_borne(std::string_view letters, std::string_view first_names) {
  std::size_t borne = 0;
  while (!first_names.empty()) {
    const std::string_view word = first_names.substr(0, first_names.find(' '));
    if (!letters.substr(borne).starts_with(word)) break;
    borne += word.size();
    first_names.remove_prefix(std::min(word.size() + 1, first_names.size()));
  }
  return borne;
}

std::string letters_of_local_part(std::string_view email) {
  std::string letters;
  std::ranges::copy_if(email.substr(0, email.find('@')), std::back_inserter(letters),
                       [](char c) { return c >= 'a' && c <= 'z'; });
  return letters;
}

/// An e-mail of `own` that bears its first names, and less of the other's. First names that nobody else
/// begins with are misspelt: an e-mail follows no slip, and what is slipped bears what it should have.
bool names_own_alone(const Records& records, const Levels& seen, RecordId own, RecordId other) {
  const auto misspelt = [&](RecordId record) {
    return share_beginning(records, *seen.first_names, record) < borne_share;
  };
  const Field& names = records.fields[seen.first_names->fields.front()];
  const std::string letters =
      letters_of_local_part(records.text(records.fields[seen.emails->fields.front()], own));
  const std::string_view own_names = records.text(names, own);
  std::size_t of_other = letters_borne(letters, records.text(names, other));
  if (misspelt(own)) return false;
  if (misspelt(other)) {
    if (!same_beginning(records, *seen.first_names, {own, other})) return false;
    of_other = std::max(of_other, letters_borne(letters, own_names.substr(0, own_names.find(' '))));
  }
  return letters_borne(letters, own_names) > of_other;
}

bool email_names_one(const Records& records, const Levels& seen, PairOfRecords pair) {
  return names_own_alone(records, seen, pair.left, pair.right) ||
         names_own_alone(records, seen, pair.right, pair.left);
}

bool both_known(const Records& records, const Comparison& comparison, PairOfRecords pair) {
  const Field& field = records.fields[comparison.fields.front()];
  return field.value[pair.left] != missing_value && field.value[pair.right] != missing_value;
}

/// First names that are alike and not the same: twins named Jean and Jean-Luc, Marine and Marie, Marie Anne
/// and Anne Marie. Nothing but their e-mails tells them from one person written otherwise.
Guard twin_guard(const Records& records, const Levels& seen, PairOfRecords pair) {
  const Level first_name = seen.first_name.value_or(0);
  const bool alike = first_name >= words_level::near && first_name < words_level::exact &&
                     first_name != words_level::initial && first_name != words_level::crossed;
  if (!alike || seen.emails == nullptr || seen.email_agrees || seen.number_agrees) return Guard::none;
  if (email_names_one(records, seen, pair)) return Guard::other_email_name;
  const bool shortened = first_name == words_level::near || first_name == words_level::part;
  const bool usual = shortened && both_known(records, *seen.emails, pair) &&
                     shortened_to_usual(records, *seen.first_names, pair);
  return usual ? Guard::usual_beginning : Guard::none;
}

}  // namespace

Guard guard_of(const Records& records, const std::vector<Comparison>& comparisons, PairOfRecords pair,
               Pattern pattern) {
  if (same_demande(records, pair)) return Guard::same_demande;
  const Levels seen = levels_seen(comparisons, pattern);
  if (seen.nir_differs) return Guard::other_number;
  const Level first_name = seen.first_name.value_or(0);
  const Level date = seen.date.value_or(0);
  const bool in_part = first_name >= words_level::near && first_name <= words_level::part;
  const bool unlike = (first_name > 0 && first_name < words_level::near) ||
                      (in_part && !same_beginning(records, *seen.first_names, pair));
  const bool apart = (date > 0 && date < date_level::same_year) ||
                     (date == date_level::same_year && !same_year(records, *seen.dates, pair));
  if (unlike && (!seen.number_agrees || date < date_level::edit)) return Guard::other_first_name;
  if (apart && (!seen.dated_number_agrees || first_name < words_level::near)) return Guard::other_date;
  if (const Guard twin = twin_guard(records, seen, pair); twin != Guard::none) return twin;
  const bool unknown = (seen.first_name || seen.date) && first_name == 0 && date == 0;
  return unknown ? Guard::too_little : Guard::none;
}

}  // namespace passerelle::linking
