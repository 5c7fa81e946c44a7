#include "gateway/linking/records/check_nir.hpp"

#include "gateway/linking/normalise/nir_check.hpp"

namespace passerelle::linking {
namespace {

std::string_view text_of(const Records& records, const Field* field, RecordId record) {
  return field == nullptr ? std::string_view{} : records.text(*field, record);
}

std::uint32_t date_of(const Records& records, const Field* field, RecordId record) {
  return field == nullptr ? 0 : records.dictionary(*field).traits(field->value[record]).date;
}

}  // namespace

void check_nir(Records& records) {
  const Field* nir = records.field(Kind::nir);
  if (nir == nullptr) return;
  const Field* sex = records.field(Kind::sex);
  const Field* birth = records.field(Kind::date);
  const Field* commune = records.field(Kind::birth_commune);
  records.nir_contradictions.reserve(records.size());
  for (RecordId record = 0; record < records.size(); ++record) {
    const NirWitness witness{text_of(records, sex, record), date_of(records, birth, record),
                             text_of(records, commune, record)};
    const unsigned found = nir_contradictions(records.text(*nir, record), witness);
    records.nir_contradictions.push_back(static_cast<std::uint8_t>(found));
  }
}

}  // namespace passerelle::linking
