#include "gateway/linking/frozen/frequencies.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "gateway/linking/hash.hpp"

namespace passerelle::linking {
namespace {

/// A beginning that is not listed is that of one person at least.
constexpr std::uint32_t unlisted_beginning = 1;

std::vector<HashCount> list_values(const Field& field, const Dictionary& dictionary) {
  std::vector<HashCount> listed;
  if (!lists_values(field.kind)) return listed;
  for (ValueId value = 1; value < field.count.size(); ++value) {
    if (field.count[value] >= least_listed)
      listed.push_back({hash_bytes(dictionary.text(value)), field.count[value]});
  }
  std::ranges::sort(listed, {}, &HashCount::hash);
  const auto twice = std::ranges::unique(listed, {}, &HashCount::hash);
  listed.erase(twice.begin(), twice.end());
  return listed;
}

std::vector<HashCount> list_beginnings(const Field& field, const Dictionary& dictionary) {
  std::map<std::uint64_t, std::uint32_t> counts;
  for (ValueId value = 1; value < field.begin_alike.size(); ++value) {
    const std::uint32_t count = field.begin_alike[value];
    if (count >= least_listed && field.count[value] > 0) counts[dictionary.traits(value).first_word] = count;
  }
  std::vector<HashCount> listed;
  listed.reserve(counts.size());
  for (const auto& [hash, count] : counts) listed.push_back({hash, count});
  return listed;
}

/// What most records know of a value that is not listed: the mean by record, not by value.
std::uint32_t usual_count(const Field& field) {
  double records = 0;
  double squares = 0;
  for (const std::uint32_t count : field.count) {
    if (lists_values(field.kind) && count >= least_listed) continue;
    records += count;
    squares += static_cast<double>(count) * count;
  }
  return records > 0 ? static_cast<std::uint32_t>(std::lround(squares / records)) : 1;
}

std::uint32_t count_of(const std::vector<HashCount>& listed, std::uint64_t hash, std::uint32_t otherwise) {
  const auto found = std::ranges::lower_bound(listed, hash, {}, &HashCount::hash);
  return found != listed.end() && found->hash == hash ? found->count : otherwise;
}

void apply(const FieldFrequencies& frequencies, const Dictionary& dictionary, Field& field) {
  field.known = frequencies.known;
  for (ValueId value = 1; value < field.count.size(); ++value) {
    if (field.count[value] == 0) continue;  // of another field of this dictionary: nobody asks
    field.count[value] =
        frequencies.values.empty()
            ? frequencies.unlisted
            : count_of(frequencies.values, hash_bytes(dictionary.text(value)), frequencies.unlisted);
    if (field.begin_alike.empty()) continue;
    field.begin_alike[value] =
        count_of(frequencies.beginnings, dictionary.traits(value).first_word, unlisted_beginning);
  }
}

}  // namespace

std::vector<FieldFrequencies> count_frequencies(const Records& records) {
  std::vector<FieldFrequencies> all;
  for (const Field& field : records.fields) {
    const Dictionary& dictionary = records.dictionary(field);
    all.push_back({field.known, usual_count(field), list_values(field, dictionary),
                   list_beginnings(field, dictionary)});
  }
  return all;
}

void apply_frequencies(const FrozenModel& frozen, Records& records) {
  for (std::size_t i = 0; i < records.fields.size(); ++i)
    apply(frozen.frequencies[i], records.dictionary(records.fields[i]), records.fields[i]);
}

}  // namespace passerelle::linking
