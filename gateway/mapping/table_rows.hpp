// The CSV tables of the mappings are read as every other table of the project.
#pragma once

#include "gateway/codec/csv/table_rows.hpp"
#include "gateway/mapping/table_fault.hpp"

namespace passerelle::mapping {

using codec::TableRows;

}  // namespace passerelle::mapping
