#include "gateway/store/relation_table.hpp"

namespace passerelle::store {
namespace {

constexpr Statement keyed_demande = {"find_keyed_demande",
                                     "SELECT n.demande_id, k.generation, k.wrapped FROM numero n JOIN "
                                     "demande_key k USING (territory, demande_id) "
                                     "WHERE n.territory = $1 AND n.numero = $2"};
constexpr Statement correct_person = {
    "correct_household_person",
    "DELETE FROM household_person WHERE territory = $1 AND demande_id = $2 AND account_id = $3 "
    "AND lower(validity) >= $4::date"};
constexpr Statement end_person = {
    "end_household_person",
    "UPDATE household_person SET validity = daterange(lower(validity), $4::date) WHERE territory = $1 "
    "AND demande_id = $2 AND account_id = $3 AND validity @> $4::date"};
constexpr Statement insert_person = {
    "add_household_person",
    "INSERT INTO household_person VALUES ($1, $2, $3, $4, $5, daterange($6, $7), $8)"};
constexpr Statement insert_tie = {
    "add_demande_tie", "INSERT INTO demande_tie VALUES ($1, $2, $3, $4, $5, daterange($6, $7), $8)"};

}  // namespace

std::optional<KeyedDemande> find_keyed_demande(Transaction& transaction, const std::string& territory,
                                               const std::string& numero) {
  const Result found = transaction.execute(keyed_demande, Parameters(territory, numero));
  if (found.empty()) return std::nullopt;
  return KeyedDemande{{territory, found.uuid(0, 0)}, sealed_in(found, 0, 1)};
}

void queue_stated_person(Transaction& transaction, const StatedPerson& person) {
  const DemandeId& demande = person.demande;
  for (const Statement* statement : {&correct_person, &end_person})
    transaction.queue(*statement,
                      Parameters(demande.territory, demande.id, person.account, person.span.since));
  transaction.queue(insert_person,
                    Parameters(demande.territory, demande.id, person.account, person.relation, person.holder,
                               person.span.since, person.span.until, person.span.act));
}

void queue_demande_tie(Transaction& transaction, const DemandeTie& tie) {
  transaction.queue(insert_tie, Parameters(tie.demande.territory, tie.demande.id, tie.tie, tie.body,
                                           tie.account, tie.span.since, tie.span.until, tie.span.act));
}

}  // namespace passerelle::store
