// The door of the SNE services: who a certificate makes known posts there what they would send to the SNE.
#pragma once

#include "adapters/sne/desk.hpp"
#include "gateway/server/doors/deposit_settler.hpp"
#include "gateway/server/http/routes.hpp"
#include "gateway/server/registry_session.hpp"

namespace passerelle::server {

/// Adds the address of the services to the routes: POST for requests, GET with `?wsdl` for their description,
/// which is the text `wsdl`. All but that text outlives the routes. A certificate of no account is answered
/// by a fault, whatever it sends, and nothing of it is read.
void add_sne_door(http::Routes& routes, const RegistrySession& session, const sne::Desk& desk,
                  DepositSettler& settler, const std::string& wsdl);

}  // namespace passerelle::server
