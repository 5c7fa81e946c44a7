// The documentation of a peer in French, made from the tables that run.
#pragma once

#include <span>
#include <string>

#include "gateway/mapping/peer.hpp"
#include "gateway/mapping/pivot_catalogue.hpp"
#include "gateway/mapping/plan.hpp"

namespace passerelle::mapping {

/// Markdown: what the peer is, how sure its format is, then each message line by line. What is not public is
/// marked as an assumption (« hypothèse »).
[[nodiscard]] std::string document_peer(const Peer& peer, const PivotCatalogue& catalogue,
                                        std::span<const Plan* const> plans);

}  // namespace passerelle::mapping
