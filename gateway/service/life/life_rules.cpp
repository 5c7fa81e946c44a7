#include "gateway/service/life/life_rules.hpp"

#include <fmt/format.h>

#include "gateway/service/registry/refusal.hpp"

namespace passerelle::service {
namespace {

namespace words = life::words;

template <typename Value, std::size_t size>
std::optional<std::string> word_of(const std::array<words::Word<Value>, size>& all,
                                   const std::optional<Value>& value) {
  if (!value) return std::nullopt;
  return std::string(words::name(all, *value));
}

/// What was decided, over the national values; says what is wrong.
life::Parameters settled(const LifeRules& rules, const std::map<std::string, std::string>& values,
                         std::string& wrong) {
  life::Parameters parameters = rules.catalogue.national();
  for (const auto& [name, value] : values) {
    const auto reading = rules.catalogue.take(name, value);
    if (!reading.parameter) continue;  // of something else
    if (!reading.refusal.empty()) wrong = fmt::format("{} : {}", name, reading.refusal);
    parameters.set(*reading.parameter, reading.value);
  }
  if (wrong.empty()) wrong = life::ParameterCatalogue::contradiction(parameters);
  return parameters;
}

}  // namespace

LifeRules LifeRules::read(const std::filesystem::path& folder, mapping::TableFaults& faults) {
  LifeRules rules{life::LifeTable::read(folder / "vie.csv", faults),
                  life::ParameterCatalogue::read(folder / "parametres-nationaux.csv", faults),
                  life::DetailTable::read(folder / "vie-details.csv", faults)};
  rules.details.check(rules.table, faults);
  return rules;
}

std::string wrong_parameters(const LifeRules& rules, const std::map<std::string, std::string>& values) {
  std::string wrong;
  static_cast<void>(settled(rules, values, wrong));
  return wrong;
}

life::Parameters parameters_on(store::Transaction& transaction, const LifeRules& rules,
                               const std::string& territory, life::Day day) {
  std::string wrong;
  const life::Parameters parameters =
      settled(rules, store::list_parameters(transaction, territory, day), wrong);
  if (!wrong.empty()) refuse(model::FaultCode::life_parameter, "parametres");
  return parameters;
}

std::string parameters_text(const life::Parameters& parameters) {
  std::string text;
  for (std::size_t i = 0; i < life::parameter_count; ++i) {
    const auto parameter = static_cast<life::Parameter>(i);
    text += fmt::format("{}{}={}", i == 0 ? "" : " ", life::parameter_name(parameter), parameters[parameter]);
  }
  return text;
}

life::DemandeLife life_of(const store::LifeRow& row) {
  life::DemandeLife life{.state = words::parse(words::stored_states, row.state).value(),
                         .valid_from = row.valid_from,
                         .preavis_on = row.preavis_on,
                         .notice = {},
                         .inadmissible_on = row.inadmissible_on,
                         .radiated_on = row.radiated_on,
                         .shut = row.shut,
                         .frozen_on = row.frozen_on};
  if (row.notice)
    life.notice =
        life::Notice{words::parse(words::notices, *row.notice).value(), row.notice_on.value(), row.served_on};
  if (row.motive) life.motive = words::parse(words::motives, *row.motive);
  for (const store::OfferRow& offer : row.offers)
    life.offers.push_back({offer.rank, offer.made_on, offer.answer_by});
  return life;
}

store::LifeRow row_of(const life::DemandeLife& life) {
  store::LifeRow row{.state = std::string(words::name(words::stored_states, life.state)),
                     .valid_from = life.valid_from,
                     .preavis_on = life.preavis_on,
                     .inadmissible_on = life.inadmissible_on,
                     .radiated_on = life.radiated_on,
                     .motive = word_of(words::motives, life.motive),
                     .shut = life.shut,
                     .frozen_on = life.frozen_on};
  if (life.notice) {
    row.notice = std::string(words::name(words::notices, life.notice->kind));
    row.notice_on = life.notice->opened_on;
    row.served_on = life.notice->served_on;
  }
  for (const life::Offer& offer : life.offers)
    row.offers.push_back({offer.rank, offer.made_on, offer.answer_by});
  return row;
}

std::optional<life::Day> next_look(const LifeRules& rules, const life::DemandeLife& life,
                                   const life::Parameters& parameters) {
  const auto step = life::next_step(rules.table, life, parameters);
  if (!step) return std::nullopt;
  return step->day;
}

}  // namespace passerelle::service
