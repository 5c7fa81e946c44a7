// The files that linking writes: pairs and clusters (contract of the command line).
#pragma once

#include <string>

#include "gateway/linking/link.hpp"

namespace passerelle::linking {

/// `left,right,probability,decision`, one line per pair in canonical order.
[[nodiscard]] std::string write_pairs(const Records& records, const Linked& linked);

/// `id,cluster`, one line per record in canonical order; a cluster bears the id of its first record. When two
/// files share an id, ids are written `1:id` and `2:id`.
[[nodiscard]] std::string write_clusters(const Records& records, const Linked& linked);

struct WrittenResults {
  std::string pairs;
  std::string clusters;
};

/// Both at once.
[[nodiscard]] WrittenResults write_results(const Records& records, const Linked& linked, const Executor& run);

}  // namespace passerelle::linking
