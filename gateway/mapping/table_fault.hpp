// What is wrong with a table of a mapping is told as for every other table of the project.
#pragma once

#include "gateway/codec/csv/table_fault.hpp"

namespace passerelle::mapping {

using codec::TableFault;
using codec::TableFaults;
using codec::TableWork;

}  // namespace passerelle::mapping
