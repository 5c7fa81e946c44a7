#include "gateway/linking/generate/generate.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "gateway/linking/generate/spoil.hpp"

namespace passerelle::linking {
namespace {

class Generator {
 public:
  Generator(std::uint64_t seed, const ErrorRates& rates, const NameLists& names)
      : m_seed(seed), m_random(seed), m_rates(rates), m_population(m_random, rates, names) {}

  void add_household() {
    for (const Population::Member& member : m_population.next()) {
      add(member, member.person, fmt::format("D{:07}", member.demande));
      double chance = m_rates.repeated;
      while (m_random.chance(chance)) {
        chance = m_rates.repeated_again;
        add(member, spoil(member.person, m_rates, m_random, m_population),
            fmt::format("R{:07}", ++m_repeats));
      }
      ++m_person;
    }
  }
  [[nodiscard]] std::size_t size() const { return m_records.size(); }
  std::vector<GeneratedRecord> finish();

 private:
  void add_numbers();
  void add(const Population::Member& member, const Person& shown, std::string demande) {
    m_records.push_back({{}, m_person, member.family, member.relation, std::move(demande), shown});
  }

  std::uint64_t m_seed;
  Random m_random;
  const ErrorRates& m_rates;
  Population m_population;
  std::vector<GeneratedRecord> m_records;
  std::size_t m_person = 0;
  std::size_t m_repeats = 0;
};

/// Numbers and second phones, drawn apart: one seed gives the same names as before there were any.
class Numbers {
 public:
  Numbers(std::uint64_t seed, const ErrorRates& rates) : m_seed(mix(seed ^ numbers_apart)), m_rates(rates) {}

  void add(const GeneratedRecord& of, std::size_t first_of_family, std::size_t line, Person& shown) const {
    Random own(m_seed ^ mix(2 * of.person));
    Random drawn(m_seed ^ mix(2 * line + 1));
    if (own.chance(m_rates.second_phone))
      shown.second_phone = fmt::format("0{}{:08}", 1 + own.below(5), own.below(100'000'000));
    if (drawn.chance(m_rates.missing_second_phone)) shown.second_phone.clear();
    // Of kin is the first of the family, whose own parent is in no file.
    const bool of_kin = drawn.chance(m_rates.nir_of_kin);
    const std::size_t bearer = of.person == first_of_family ? ~of.person : first_of_family;
    shown.nir = fmt::format("{:016x}", mix(m_seed ^ mix(of_kin ? bearer : of.person)));
    if (drawn.chance(m_rates.missing_nir)) shown.nir.clear();
  }

 private:
  static constexpr std::uint64_t numbers_apart = 0x4E4952;
  std::uint64_t m_seed;
  const ErrorRates& m_rates;
};

/// Lines stand family by family here.
void Generator::add_numbers() {
  const Numbers numbers(m_seed, m_rates);
  std::size_t first_of_family = 0;
  for (std::size_t i = 0; i < m_records.size(); ++i) {
    GeneratedRecord& record = m_records[i];
    if (i == 0 || m_records[i - 1].family != record.family) first_of_family = record.person;
    numbers.add(record, first_of_family, i, record.shown);
  }
}

std::vector<GeneratedRecord> Generator::finish() {
  add_numbers();
  for (std::size_t i = m_records.size(); i > 1; --i)
    std::swap(m_records[i - 1], m_records[m_random.below(i)]);
  for (std::size_t i = 0; i < m_records.size(); ++i) m_records[i].id = fmt::format("P{:07}", i + 1);
  return std::move(m_records);
}

}  // namespace

std::vector<GeneratedRecord> generate_people(std::size_t count, std::uint64_t seed, const ErrorRates& rates,
                                             const NameLists& names) {
  Generator generator(seed, rates, names);
  while (generator.size() < count) generator.add_household();
  return generator.finish();
}

std::string write_people(const std::vector<GeneratedRecord>& records) {
  std::string text =
      "id,nom_naissance,nom_usage,prenoms,date_naissance,lieu_naissance,sexe,adresse,code_postal,ville,"
      "telephone,courriel,demande,telephone_2,nir\n";
  for (const GeneratedRecord& record : records) {
    const Person& shown = record.shown;
    text += fmt::format("{},{},{},{},{:02}/{:02}/{:04},{},{},{},{},{},{},{},{},{},{}\n", record.id,
                        shown.last_name, shown.usage_name, shown.first_names, shown.birth.day,
                        shown.birth.month, shown.birth.year, shown.birth_place, shown.sex, shown.address.line,
                        shown.address.postcode, shown.address.town, shown.phone, shown.email, record.demande,
                        shown.second_phone, shown.nir);
  }
  return text;
}

std::string write_truth(const std::vector<GeneratedRecord>& records) {
  std::string text = "id,cluster,family\n";
  for (const GeneratedRecord& record : records) {
    text += fmt::format("{},{},{}\n", record.id, record.person, record.family);
  }
  return text;
}

}  // namespace passerelle::linking
