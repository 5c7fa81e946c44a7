#include "gateway/server/http/refusal.hpp"

#include <array>
#include <cstddef>

namespace passerelle::server::http {
namespace {

/// In the order of the enumeration.
constexpr auto entries = std::to_array<RefusalEntry>({
    {Refusal::head_syntax, 400, "head_syntax", "en-tête mal écrit"},
    {Refusal::head_size, 431, "head_size", "en-tête trop long"},
    {Refusal::target_size, 414, "target_size", "adresse trop longue"},
    {Refusal::version, 505, "version", "version de HTTP inconnue"},
    {Refusal::host, 400, "host", "un champ Host, et un seul, est nécessaire"},
    {Refusal::framing, 400, "framing", "longueur du corps absente, double ou mal écrite"},
    {Refusal::transfer_coding, 501, "transfer_coding", "codage de transfert inconnu"},
    {Refusal::expectation, 417, "expectation", "attente inconnue"},
    {Refusal::route, 404, "route", "rien à cette adresse"},
    {Refusal::method, 405, "method", "méthode refusée à cette adresse"},
    {Refusal::body_size, 413, "body_size", "corps trop long"},
    {Refusal::chunk, 400, "chunk", "morceau de corps mal écrit"},
    {Refusal::storage, 503, "storage", "le corps ne peut pas être gardé"},
    {Refusal::queue_full, 503, "queue_full", "trop de requêtes attendent"},
    {Refusal::partner_share, 429, "partner_share", "trop de requêtes de ce partenaire attendent"},
    {Refusal::waited, 503, "waited", "la requête a attendu trop longtemps"},
    {Refusal::handler, 500, "handler", "erreur interne"},
    {Refusal::head_time, 408, "head_time", "en-tête trop lent"},
    {Refusal::body_time, 408, "body_time", "corps trop lent"},
    {Refusal::answer_time, 0, "answer_time", ""},
    {Refusal::handshake_time, 0, "handshake_time", ""},
    {Refusal::cut, 0, "cut", ""},
    {Refusal::connections, 0, "connections", ""},
    {Refusal::tls, 0, "tls", ""},
    {Refusal::tls_version, 0, "tls_version", ""},
    {Refusal::not_tls, 0, "not_tls", ""},
    {Refusal::certificate_missing, 0, "certificate_missing", ""},
    {Refusal::certificate_expired, 0, "certificate_expired", ""},
    {Refusal::certificate_revoked, 0, "certificate_revoked", ""},
    {Refusal::certificate_unknown, 0, "certificate_unknown", ""},
    {Refusal::certificate_other, 0, "certificate_other", ""},
    {Refusal::revocations, 0, "revocations", ""},
});

constexpr bool are_in_order() {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (static_cast<std::size_t>(entries[i].refusal) != i) return false;
  }
  return entries.size() == static_cast<std::size_t>(Refusal::revocations) + 1;
}
static_assert(are_in_order());

}  // namespace

const RefusalEntry& entry_of(Refusal refusal) noexcept {
  return entries[static_cast<std::size_t>(refusal)];
}

}  // namespace passerelle::server::http
