// The rules of access as the database holds them, for its own lock on rows.
#pragma once

#include "gateway/policy/access_tables.hpp"
#include "gateway/store/connection.hpp"

namespace passerelle::service {

/// Puts the rules of the tables into the database unless they are there already; as its owner.
void publish_rules(store::Connection& owner, const policy::AccessTables& tables);

}  // namespace passerelle::service
