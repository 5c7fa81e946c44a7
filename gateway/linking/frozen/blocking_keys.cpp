#include "gateway/linking/frozen/blocking_keys.hpp"

#include <algorithm>
#include <array>

#include "gateway/linking/frozen/cells.hpp"
#include "gateway/linking/hash.hpp"

namespace passerelle::linking {
namespace {

/// Cells that show how each kind is normalised and hashed, whatever it holds: invented people.
constexpr std::array probes{"Éloïse-Anne de l'Œuvre",
                            "ste Khaled BEN OUALID",
                            "J.-P. d'Hærmaux",
                            "31/12/1987",
                            "1990-02-30",
                            "+33 (0)6 12 98 47 30",
                            "Lea.Martin+x@exemple.fr",
                            "Mme",
                            "12 bis av. du Gal Leclerc",
                            "Saint-Denis cedex",
                            "02A04",
                            "A4f09c",
                            "Щербаков Юрий"};

std::vector<std::uint64_t> keys_of(const FrozenModel& frozen, const Records& records) {
  std::vector<std::uint64_t> keys;
  for (const FrozenRule& rule : frozen.rules) append_keys(rule, records, 0, keys);
  std::ranges::sort(keys);
  keys.erase(std::ranges::unique(keys).begin(), keys.end());
  return keys;
}

}  // namespace

std::vector<std::uint64_t> blocking_keys(const FrozenModel& frozen, const Cells& cells,
                                         const model::Geography* geography) {
  return keys_of(frozen, records_of_cells(frozen.spec, {&cells, 1}, {}, geography));
}

std::uint64_t rules_fingerprint(const FrozenModel& frozen) {
  std::uint64_t fingerprint = 0;
  const auto take = [&](std::uint64_t what) { fingerprint = mix(fingerprint ^ what); };
  for (const FrozenRule& rule : frozen.rules) take(hash_bytes(rule.label));
  for (const Column& column : frozen.spec.columns) {
    if (!holds_cell(column.kind)) continue;
    take(hash_bytes(column.name));
    take(hash_bytes(kind_entry(column.kind).word));
  }
  const std::size_t width = cell_columns(frozen.spec).size();
  for (const char* probe : probes) {
    for (const std::uint64_t key : blocking_keys(frozen, Cells(width, probe))) take(key);
  }
  return fingerprint;
}

}  // namespace passerelle::linking
