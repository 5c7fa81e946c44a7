#include "gateway/linking/records/read_records.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

#include "gateway/codec/limits.hpp"
#include "gateway/linking/records/cell_table.hpp"
#include "gateway/linking/records/check_nir.hpp"
#include "gateway/linking/records/field_builder.hpp"
#include "gateway/linking/records/shared_contact.hpp"

namespace passerelle::linking {
namespace {

constexpr std::size_t records_at_once = 4096;
constexpr std::size_t few_rows = 256;  // among which hardly a value is there twice

std::vector<std::string> names_of(const LinkingSpec& spec, bool second_file) {
  std::vector<std::string> names;
  for (const Column& column : spec.columns) names.push_back(second_file ? column.other : column.name);
  return names;
}

std::size_t rank_of(const LinkingSpec& spec, Kind kind) {
  const Column* column = spec.column(kind);
  return column == nullptr ? spec.columns.size() : static_cast<std::size_t>(column - spec.columns.data());
}

/// The ids of a table: its id column, or ranks written in `kept`, padded so that bytes sort as numbers.
std::vector<std::string_view> ids_of(const CellTable& table, std::size_t id_column,
                                     std::deque<std::string>& kept) {
  if (id_column < table.columns.size()) return table.columns[id_column];
  std::vector<std::string_view> ids;
  for (std::size_t row = 0; row < table.rows; ++row)
    ids.push_back(kept.emplace_back(fmt::format("{}", row + 1)));
  return ids;
}

/// Rows in the order of the bytes of their ids; rows of one id in the order of the file.
std::vector<std::uint32_t> canonical_order(const std::vector<std::string_view>& ids) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keys;
  std::size_t common = ids.empty() ? 0 : ids.front().size();
  for (const std::string_view id : ids) {
    const auto differ = std::ranges::mismatch(id, ids.front());
    common = std::min(common, static_cast<std::size_t>(differ.in1 - id.begin()));
  }
  for (std::uint32_t row = 0; row < ids.size(); ++row) {
    std::uint64_t head = 0;
    for (std::size_t i = common; i < common + 8; ++i) {
      head = (head << 8U) | (i < ids[row].size() ? static_cast<unsigned char>(ids[row][i]) : 0U);
    }
    keys.emplace_back(head, row);
  }
  std::ranges::sort(keys, [&](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    const int order = ids[a.second].compare(ids[b.second]);
    return order != 0 ? order < 0 : a.second < b.second;
  });
  std::vector<std::uint32_t> order;
  for (const auto& key : keys) order.push_back(key.second);
  return order;
}

void check_ids(const std::vector<std::string_view>& ids, const std::vector<std::uint32_t>& order,
               const CellTable& table, model::Faults& faults) {
  for (std::size_t i = 0; i < order.size() && faults.size() < codec::limits::faults; ++i) {
    const model::Position at{table.lines[order[i]], 0};
    if (ids[order[i]].empty()) {
      faults.push_back(model::make_fault(model::FaultCode::link_id_missing, "id", at));
    } else if (i > 0 && ids[order[i]] == ids[order[i - 1]]) {
      faults.push_back(model::make_fault(model::FaultCode::link_id_repeated, "id", at));
    }
  }
}

/// By value.
std::vector<Sketch> sketches_of(const Dictionary& dictionary, Family family) {
  std::vector<Sketch> sketches(dictionary.size(), 0);
  for (std::size_t id = 1; id < sketches.size(); ++id)
    sketches[id] = sketch_of(dictionary.traits(static_cast<ValueId>(id)), family);
  return sketches;
}

/// Pairs are compared record by record: the values of one stand together.
void lay_rows(Records& records, const Executor& run) {
  const std::size_t width = records.fields.size();
  records.rows.resize(records.size() * width);
  records.sketches.resize(records.size() * width);
  std::vector<std::vector<Sketch>> sketches(width);
  run(width, [&](std::size_t i) {
    const Field& field = records.fields[i];
    sketches[i] = sketches_of(records.dictionary(field), kind_entry(field.kind).family);
  });
  for_each_range(run, records.size(), records_at_once, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = 0; i < width; ++i) {
      const std::vector<ValueId>& values = records.fields[i].value;
      for (std::size_t record = begin; record < end; ++record) {
        records.rows[record * width + i] = values[record];
        records.sketches[record * width + i] = sketches[i][values[record]];
      }
    }
  });
}

class Reader {
 public:
  Reader(const LinkingSpec& spec, const Executor& run, const Reading& reading)
      : m_spec(spec), m_run(run), m_disarms(reading.disarms), m_builder(spec, run, reading.geography) {
    m_records.storage = std::make_shared<std::deque<std::string>>();
  }
  void read(std::string text, bool second_file);
  tl::expected<Records, ReadFaults> finish();

 private:
  const LinkingSpec& m_spec;
  const Executor& m_run;
  bool m_disarms;
  FieldBuilder m_builder;
  Records m_records;
  ReadFaults m_faults;
};

void Reader::read(std::string text, bool second_file) {
  std::deque<std::string>& kept = *m_records.storage;
  const std::string_view stored = kept.emplace_back(std::move(text));
  CellTable table = read_cells(stored, names_of(m_spec, second_file), m_spec.settings.separator, kept, m_run);
  for (const std::string& name : table.absent) {
    m_faults.spec.push_back(
        {0, fmt::format("colonne « {} » absente du {} fichier", name, second_file ? "second" : "premier")});
  }
  m_faults.input.insert(m_faults.input.end(), table.faults.begin(), table.faults.end());
  const std::vector<std::string_view> ids = ids_of(table, rank_of(m_spec, Kind::id), kept);
  if (!m_faults.spec.empty() || !table.faults.empty()) return;
  const std::vector<std::uint32_t> order = canonical_order(ids);
  check_ids(ids, order, table, m_faults.input);
  for (const std::uint32_t row : order) m_records.ids.push_back(ids[row]);
  m_builder.add_rows(table, order);
  if (!second_file) m_records.left_size = m_records.ids.size();
  m_records.two_files = second_file;
}

tl::expected<Records, ReadFaults> Reader::finish() {
  if (!m_faults.spec.empty() || !m_faults.input.empty()) return tl::unexpected(std::move(m_faults));
  m_builder.build(m_records);
  check_nir(m_records);
  if (m_disarms) disarm_shared_contacts(m_records, m_run);
  lay_rows(m_records, m_run);
  return std::move(m_records);
}

}  // namespace

const Field* Records::field(Kind kind) const noexcept {
  const auto found = std::ranges::find(fields, kind, &Field::kind);
  return found == fields.end() ? nullptr : &*found;
}

double Records::pair_count() const noexcept {
  const auto all = static_cast<double>(size());
  const auto left = static_cast<double>(left_size);
  return two_files ? left * (all - left) : all * (all - 1) / 2;
}

tl::expected<Records, ReadFaults> read_records(const LinkingSpec& spec, std::string left,
                                               std::optional<std::string> right, const Executor& run,
                                               const Reading& reading) {
  Reader reader(spec, run, reading);
  reader.read(std::move(left), false);
  if (right) reader.read(std::move(*right), true);
  return reader.finish();
}

Records make_records(const LinkingSpec& spec, const CellTable& table, const model::Geography* geography) {
  const Executor run = serial_executor();
  Records records;
  records.ids.resize(table.rows);
  records.left_size = table.rows;
  FieldBuilder builder(spec, run, geography);
  if (table.rows <= few_rows) {
    builder.add_few_rows(table);
  } else {
    std::vector<std::uint32_t> order(table.rows);
    std::iota(order.begin(), order.end(), 0U);
    builder.add_rows(table, order);
  }
  builder.build(records);
  check_nir(records);
  lay_rows(records, run);
  return records;
}

}  // namespace passerelle::linking
