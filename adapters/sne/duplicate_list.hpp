// The document that answers getDoublons: `listeDoublons`, whose name alone is public.
#pragma once

#include <vector>

#include "gateway/codec/byte_stream.hpp"
#include "gateway/service/registry/find_household.hpp"

namespace passerelle::sne {

/// Writes the document, without declaration: for each demande its number, and whether it is of the same
/// household. All of it but its root is an assumption (docs/sne-services.md).
void write_duplicates(codec::ByteSink& sink, const std::vector<service::FoundHousehold>& found);

}  // namespace passerelle::sne
