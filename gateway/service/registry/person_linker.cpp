#include "gateway/service/registry/person_linker.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

#include "gateway/linking/frozen/blocking_keys.hpp"

namespace passerelle::service {
namespace {

std::vector<std::size_t> facts_of(const linking::LinkingSpec& spec) {
  std::vector<std::size_t> facts;
  for (const std::string& column : linking::cell_columns(spec)) {
    const auto* const known = std::ranges::find(linking_columns, column);
    if (known == linking_columns.end() && column != PersonLinker::household_column)
      throw std::runtime_error(
          fmt::format("le modèle compare une colonne inconnue du registre : {}", column));
    facts.push_back(static_cast<std::size_t>(known - linking_columns.begin()));
  }
  return facts;
}

std::int64_t hashed(const store::SecretKey& match, std::uint64_t key) {
  const store::Bytes mac = store::keyed_hash(match, "blocking", fmt::format("{:016x}", key));
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < sizeof(bits); ++i) bits = (bits << 8U) | mac[i];
  return static_cast<std::int64_t>(bits);
}

}  // namespace

PersonLinker::PersonLinker(linking::FrozenModel model)
    : m_model(std::make_unique<const linking::FrozenModel>(std::move(model))),
      m_judge(*m_model),
      m_facts(facts_of(m_model->spec)),
      m_rules(static_cast<std::int64_t>(linking::rules_fingerprint(*m_model))) {}

linking::Cells PersonLinker::cells(const LinkingFacts& facts) const {
  linking::Cells cells(m_facts.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (m_facts[i] < linking_columns.size()) cells[i] = facts[static_cast<LinkingFact>(m_facts[i])];
  }
  return cells;
}

std::vector<std::int64_t> PersonLinker::keys(const store::SecretKey& match,
                                             const linking::Cells& cells) const {
  std::vector<std::int64_t> keys;
  for (const std::uint64_t key : linking::blocking_keys(*m_model, cells)) keys.push_back(hashed(match, key));
  std::ranges::sort(keys);
  return keys;
}

bool is_certain(const linking::Judgement& judged) noexcept {
  return judged.decision == linking::Decision::same && judged.confirmed;
}

}  // namespace passerelle::service
