#include "gateway/linking/records/field_builder.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <unordered_map>

namespace passerelle::linking {
namespace {

/// Kinds whose values may stand in one another's column share a dictionary: equality is then one comparison.
Kind domain_of(Kind kind) {
  switch (kind) {
    case Kind::middle_name:
    case Kind::last_name:
    case Kind::usage_name:
    case Kind::full_name: return Kind::first_name;
    default: return kind;
  }
}

bool is_date_part(Kind kind) {
  return kind == Kind::year || kind == Kind::month || kind == Kind::day;
}

std::optional<FieldSource> date_in_parts(const LinkingSpec& spec) {
  FieldSource source{Kind::date, Part::whole, {}};
  for (const Kind part : {Kind::year, Kind::month, Kind::day}) {
    const Column* column = spec.column(part);
    source.columns.push_back(column == nullptr ? spec.columns.size()
                                               : static_cast<std::size_t>(column - spec.columns.data()));
  }
  if (spec.column(Kind::year) == nullptr) return std::nullopt;
  return source;
}

/// year-month-day, with 0 for a part that is not there.
std::string join_date(const FieldSource& source, const CellTable& table, std::size_t row) {
  std::string text;
  for (const std::size_t column : source.columns) {
    const std::string_view cell = column < table.columns.size() ? table.columns[column][row] : "";
    if (!text.empty()) text.push_back('-');
    text.append(cell.empty() ? std::string_view("0") : cell);
  }
  return text;
}

std::size_t dictionary_of(Kind kind, Records& records, std::vector<Kind>& domains) {
  const Kind domain = domain_of(kind);
  const auto found = std::ranges::find(domains, domain);
  if (found != domains.end()) return static_cast<std::size_t>(found - domains.begin());
  domains.push_back(domain);
  records.dictionaries.emplace_back();
  return domains.size() - 1;
}

void count_values(Field& field, std::size_t values) {
  field.count.assign(values, 0);
  for (const ValueId value : field.value) ++field.count[value];
  field.known = static_cast<std::uint32_t>(field.value.size()) - field.count[missing_value];
  field.count[missing_value] = 0;
}

void count_beginnings(Field& field, const Dictionary& dictionary) {
  std::unordered_map<std::uint32_t, std::uint32_t> count;  // by first word
  const auto word = [&](std::size_t value) {
    return dictionary.traits(static_cast<ValueId>(value)).first_word;
  };
  for (std::size_t value = 1; value < field.count.size(); ++value) count[word(value)] += field.count[value];
  field.begin_alike.assign(field.count.size(), 0);
  for (std::size_t value = 1; value < field.count.size(); ++value)
    field.begin_alike[value] = count[word(value)];
}

}  // namespace

std::vector<FieldSource> field_sources(const LinkingSpec& spec) {
  std::vector<FieldSource> sources;
  for (std::size_t i = 0; i < spec.columns.size(); ++i) {
    const Kind kind = spec.columns[i].kind;
    if (kind_entry(kind).family == Family::none || is_date_part(kind)) continue;
    if (kind != Kind::full_name) {
      sources.push_back({kind, Part::whole, {i}});
      continue;
    }
    if (spec.column(Kind::first_name) == nullptr)
      sources.push_back({Kind::first_name, Part::first_of_name, {i}});
    if (spec.column(Kind::last_name) == nullptr)
      sources.push_back({Kind::last_name, Part::last_of_name, {i}});
  }
  if (auto date = date_in_parts(spec)) sources.push_back(std::move(*date));
  return sources;
}

FieldBuilder::FieldBuilder(const LinkingSpec& spec, const Executor& run, const model::Geography* geography)
    : m_spec(spec),
      m_run(run),
      m_geography(geography),
      m_sources(field_sources(spec)),
      m_raw(m_sources.size()) {}

void FieldBuilder::add_rows(const CellTable& table, const std::vector<std::uint32_t>& order) {
  m_run(m_sources.size(), [&](std::size_t source) { intern(source, table, order); });
  add_demandes(table, order);
}

void FieldBuilder::add_few_rows(const CellTable& table) {
  for (std::size_t i = 0; i < m_sources.size(); ++i) {
    const FieldSource& from = m_sources[i];
    RawField& raw = m_raw[i];
    for (ValueId row = 0; row < table.rows; ++row) {
      const std::string joined = from.columns.size() == 1 ? std::string() : join_date(from, table, row);
      const std::string_view cell =
          from.columns.size() == 1 ? table.columns[from.columns.front()][row] : joined;
      raw.normalised.push_back(normalise_cell(cell, from.kind, from.part, m_geography));
      raw.value.push_back(row);
    }
  }
  std::vector<std::uint32_t> order(table.rows);
  std::iota(order.begin(), order.end(), 0U);
  add_demandes(table, order);
}

void FieldBuilder::add_demandes(const CellTable& table, const std::vector<std::uint32_t>& order) {
  if (const Column* column = m_spec.column(Kind::demande)) {
    const auto rank = static_cast<std::size_t>(column - m_spec.columns.data());
    for (const std::uint32_t row : order)
      m_demande.value.push_back(m_demande.raw.add(table.columns[rank][row]));
  }
}

void FieldBuilder::intern(std::size_t source, const CellTable& table,
                          const std::vector<std::uint32_t>& order) {
  const FieldSource& from = m_sources[source];
  RawField& raw = m_raw[source];
  std::vector<std::string> joined;  // dates in parts
  std::vector<std::string_view> texts;
  const bool whole = from.columns.size() == 1;
  joined.reserve(whole ? 0 : order.size());
  texts.reserve(order.size());
  for (const std::uint32_t row : order) {
    texts.push_back(whole ? table.columns[from.columns.front()][row]
                          : std::string_view(joined.emplace_back(join_date(from, table, row))));
  }
  raw.value.reserve(raw.value.size() + texts.size());
  raw.raw.add_all(texts, raw.value);
}

void FieldBuilder::normalise() {
  for (std::size_t i = 0; i < m_sources.size(); ++i) {
    RawField& raw = m_raw[i];
    if (!raw.normalised.empty()) continue;  // a few rows
    raw.normalised.resize(raw.raw.size());
    for_each_range(m_run, raw.raw.size(), 4096, [&](std::size_t begin, std::size_t end) {
      for (std::size_t id = begin; id < end; ++id) {
        raw.normalised[id] = normalise_cell(raw.raw.text(static_cast<ValueId>(id)), m_sources[i].kind,
                                            m_sources[i].part, m_geography);
      }
    });
  }
}

void FieldBuilder::collect(std::size_t source, Records& records) {
  Field& field = records.fields[source];
  RawField& raw = m_raw[source];
  const std::vector<std::string_view> texts(raw.normalised.begin(), raw.normalised.end());
  std::vector<ValueId> renumbered;
  renumbered.reserve(texts.size());
  records.dictionaries[field.dictionary].add_all(texts, renumbered);
  field.value.reserve(raw.value.size());
  for (const ValueId value : raw.value) field.value.push_back(renumbered[value]);
  raw = {};
}

void FieldBuilder::build(Records& records) {
  normalise();
  std::vector<Kind> domains;
  for (const FieldSource& source : m_sources) {
    const std::size_t column = std::min(source.columns.front(), m_spec.columns.size() - 1);
    records.fields.push_back({source.kind,
                              m_spec.columns[column].name,
                              dictionary_of(source.kind, records, domains),
                              {},
                              {},
                              0,
                              {},
                              {}});
  }
  m_run(domains.size(), [&](std::size_t domain) {
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
      if (records.fields[i].dictionary == domain) collect(i, records);
    }
  });
  for (std::size_t domain = 0; domain < domains.size(); ++domain) {
    records.dictionaries[domain].describe(kind_entry(domains[domain]).family, m_run);
  }
  m_run(records.fields.size(), [&](std::size_t i) {
    count_values(records.fields[i], records.dictionary(records.fields[i]).size());
    if (records.fields[i].kind == Kind::first_name)
      count_beginnings(records.fields[i], records.dictionary(records.fields[i]));
  });
  records.demande = std::move(m_demande.value);
}

}  // namespace passerelle::linking
