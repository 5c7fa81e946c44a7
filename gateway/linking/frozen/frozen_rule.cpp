#include "gateway/linking/frozen/frozen_rule.hpp"

#include <algorithm>

#include "gateway/linking/hash.hpp"

namespace passerelle::linking {
namespace {

constexpr std::string_view between_atoms = " + ";
constexpr std::string_view before_aspect = " : ";
constexpr std::size_t most_atoms_of_rule = 3;

/// The parts of a text between marks; one at least.
std::vector<std::string_view> cut(std::string_view text, std::string_view mark) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(mark);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + mark.size());
  }
}

/// The fields of the names that may be crossed: the first name, then the last; nothing when one is not there.
std::vector<std::size_t> crossed_fields(const std::vector<Comparison>& comparisons) {
  const auto first = std::ranges::find(comparisons, Kind::first_name, &Comparison::kind);
  const auto last = std::ranges::find(comparisons, Kind::last_name, &Comparison::kind);
  if (first == comparisons.end() || last == comparisons.end()) return {};
  return {first->fields.front(), last->fields.front()};
}

/// Which labels are those of names that may be crossed, and what they look at.
AspectKey crossed_aspect(std::string_view label) {
  const auto* found = std::ranges::find(crossed_labels, label, [](const auto& one) { return one[0]; });
  return found == crossed_labels.end() ? nullptr : find_aspect(Family::words, (*found)[1]);
}

/// The ranks of the fields of columns parted by a bar, all of one family; empty when they are not.
std::vector<std::size_t> fields_of(std::string_view columns, const std::vector<Field>& fields) {
  std::vector<std::size_t> ranks;
  for (const std::string_view column : cut(columns, "|")) {
    const auto found = std::ranges::find(fields, column, &Field::label);
    if (found == fields.end()) return {};
    const bool alike =
        ranks.empty() || kind_entry(found->kind).family == kind_entry(fields[ranks[0]].kind).family;
    const auto rank = static_cast<std::size_t>(found - fields.begin());
    if (!alike || std::ranges::find(ranks, rank) != ranks.end()) return {};
    ranks.push_back(rank);
  }
  return ranks;
}

std::optional<FrozenAtom> make_atom(std::string_view label, const std::vector<Field>& fields,
                                    const std::vector<Comparison>& comparisons) {
  FrozenAtom atom;
  atom.key = crossed_aspect(label);
  atom.crossed = atom.key != nullptr;
  if (atom.crossed) {
    atom.fields = crossed_fields(comparisons);
  } else if (const std::size_t at = label.rfind(before_aspect); at != std::string_view::npos) {
    atom.fields = fields_of(label.substr(0, at), fields);
    if (!atom.fields.empty()) {
      const Family family = kind_entry(fields[atom.fields.front()].kind).family;
      atom.key = find_aspect(family, label.substr(at + before_aspect.size()));
    }
  }
  if (atom.fields.empty() || atom.key == nullptr) return std::nullopt;
  return atom;
}

/// What an atom reads of a record.
class Looked {
 public:
  Looked(const Records& records, RecordId record) : m_records(records), m_record(record) {}

  /// Joins each key of the atom to each of those so far.
  void join(const FrozenAtom& atom, std::vector<std::uint64_t>& so_far) const {
    std::vector<std::uint32_t> keys;
    if (atom.crossed) {
      keys.push_back(crossed_key(key_of(atom, 0), key_of(atom, 1)));
    } else {
      for (std::size_t i = 0; i < atom.fields.size(); ++i) keys.push_back(key_of(atom, i));
    }
    std::vector<std::uint64_t> joined;
    for (const std::uint64_t one : so_far) {
      for (const std::uint32_t key : keys) {
        if (key != 0) joined.push_back(mix(one ^ key));
      }
    }
    so_far = std::move(joined);
  }

 private:
  [[nodiscard]] std::uint32_t key_of(const FrozenAtom& atom, std::size_t i) const {
    const Field& field = m_records.fields[atom.fields[i]];
    const ValueId value = field.value[m_record];
    return value == missing_value ? 0 : atom.key(m_records.dictionary(field).traits(value));
  }

  const Records& m_records;
  RecordId m_record;
};

}  // namespace

std::optional<FrozenRule> make_frozen_rule(std::string_view label, const Records& records,
                                           const std::vector<Comparison>& comparisons) {
  FrozenRule rule{std::string(label), {}};
  for (const std::string_view part : cut(label, between_atoms)) {
    auto atom = make_atom(part, records.fields, comparisons);
    if (!atom || rule.atoms.size() == most_atoms_of_rule) return std::nullopt;
    rule.atoms.push_back(std::move(*atom));
  }
  return rule;
}

void append_keys(const FrozenRule& rule, const Records& records, RecordId record,
                 std::vector<std::uint64_t>& keys) {
  const Looked looked(records, record);
  std::vector<std::uint64_t> so_far{hash_bytes(rule.label)};
  for (const FrozenAtom& atom : rule.atoms) looked.join(atom, so_far);
  std::ranges::sort(so_far);
  so_far.erase(std::ranges::unique(so_far).begin(), so_far.end());
  so_far.resize(std::min(so_far.size(), most_keys_of_rule));
  keys.insert(keys.end(), so_far.begin(), so_far.end());
}

}  // namespace passerelle::linking
