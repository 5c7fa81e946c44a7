#include "gateway/linking/write_results.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "gateway/codec/csv/csv_cell.hpp"

namespace passerelle::linking {
namespace {

/// Both files are sorted: one walk tells whether they share an id.
bool files_share_ids(const Records& records) {
  if (!records.two_files) return false;
  const auto middle = records.ids.begin() + static_cast<std::ptrdiff_t>(records.left_size);
  auto left = records.ids.begin();
  for (auto right = middle; left != middle && right != records.ids.end();) {
    if (*left == *right) return true;
    *left < *right ? ++left : ++right;
  }
  return false;
}

}  // namespace

std::string write_pairs(const Records& records, const Linked& linked) {
  std::string text = "left,right,probability,decision\n";
  text.reserve(linked.pairs.size() * 40);
  for (const ScoredPair& pair : linked.pairs) {
    codec::append_csv_cell(text, records.ids[pair.pair.left]);
    text.push_back(',');
    codec::append_csv_cell(text, records.ids[pair.pair.right]);
    text += fmt::format(",{:.6f},{}\n", probability_of(pair.log_odds), decision_word(pair.decision));
  }
  return text;
}

std::string write_clusters(const Records& records, const Linked& linked) {
  const bool prefixed = files_share_ids(records);
  std::string id;
  const auto append_id = [&](std::string& text, RecordId record) {
    const std::string_view file = record < records.left_size ? "1:" : "2:";
    id.assign(prefixed ? file : std::string_view{}).append(records.ids[record]);
    codec::append_csv_cell(text, id);
  };
  std::string text = "id,cluster\n";
  text.reserve(records.size() * 24);
  for (RecordId record = 0; record < records.size(); ++record) {
    append_id(text, record);
    text.push_back(',');
    append_id(text, linked.clusters[record]);
    text.push_back('\n');
  }
  return text;
}

WrittenResults write_results(const Records& records, const Linked& linked, const Executor& run) {
  WrittenResults written;
  run(2, [&](std::size_t i) {
    if (i == 0) {
      written.pairs = write_pairs(records, linked);
    } else {
      written.clusters = write_clusters(records, linked);
    }
  });
  return written;
}

}  // namespace passerelle::linking
