// The tables of access in French: one request explained, and the whole as a document.
#pragma once

#include <string>
#include <string_view>

#include "gateway/policy/access_tables.hpp"

namespace passerelle::policy {

/// What the tables (without fault) answer to a request in a role, by which text, what is shown and hidden;
/// when it is denied, what each rule of that role for that action lacks. Lines of French.
[[nodiscard]] std::string explain_request(const AccessTables& tables, std::string_view role,
                                          AccessRequest request);

/// Every actor with its legal basis, every rule with what it asks, shows and owes; Markdown, in French.
[[nodiscard]] std::string document_access(const AccessTables& tables);

}  // namespace passerelle::policy
