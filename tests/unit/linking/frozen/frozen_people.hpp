// A model frozen on generated people, for tests.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/linking/frozen/cells.hpp"
#include "gateway/linking/frozen/freeze.hpp"
#include "gateway/linking/frozen/frozen_link.hpp"
#include "gateway/linking/generate/generate.hpp"
#include "tests/unit/linking/linked_people.hpp"

namespace passerelle::linking {

inline constexpr std::string_view demandeurs_spec =
    "id id\nlast_name nom_naissance\nusage_name nom_usage\nfirst_name prenoms\ndate date_naissance\nsex "
    "sexe\n"
    "phone telephone\nphone telephone_2\nemail courriel\naddress adresse\npostcode code_postal\nplace ville\n"
    "nir_token nir\ndemande demande\nsame 0.999\n";

inline constexpr std::string_view demandeurs_rules =
    "nir : valeur\ntelephone|telephone_2 : code\ncourriel : code\nprenoms : variante + date_naissance : "
    "date\n"
    "nom_naissance|nom_usage : squelette + date_naissance : date\nnoms : squelettes + code_postal : code\n";

/// A model trained on a text of people.
inline FrozenModel freeze_people(std::string people, const Executor& run = serial_executor()) {
  const LinkingSpec spec = parse_spec(demandeurs_spec).value();
  const Records records = read_records(spec, std::move(people), std::nullopt, run).value();
  const Prepared prepared = prepare(records, run);
  FrozenModel frozen =
      freeze(spec, records, train(records, prepared, run), read_rules(demandeurs_rules)).value();
  frozen.version = "essai";
  return frozen;
}

/// One small model for every test.
inline const FrozenModel& small_model() {
  static const FrozenModel only = freeze_people(write_people(generate_people(1500, 3, {})));
  return only;
}

/// The cells of a generated line.
inline Cells cells_of(const GeneratedRecord& record) {
  const Person& shown = record.shown;
  const auto two = [](unsigned number) { return std::to_string(100 + number).substr(1); };
  return {shown.last_name,
          shown.usage_name,
          shown.first_names,
          two(shown.birth.day) + "/" + two(shown.birth.month) + "/" + std::to_string(shown.birth.year),
          std::string(1, shown.sex),
          shown.phone,
          shown.second_phone,
          shown.email,
          shown.address.line,
          shown.address.postcode,
          shown.address.town,
          shown.nir,
          record.demande};
}

/// Somebody invented.
inline Cells somebody() {
  return {"Vauquelin",
          "",
          "Maëlle Rose",
          "17/04/1988",
          "F",
          "0611223345",
          "0140506071",
          "maelle.v@exemple.fr",
          "12 rue des Tanneurs",
          "44000",
          "Nantes",
          "a1b2c3d4e5f60718",
          "D1"};
}

}  // namespace passerelle::linking
