#include "gateway/store/connection.hpp"

#include <array>
#include <fmt/format.h>
#include <optional>

namespace passerelle::store {
namespace {

constexpr int binary_results = 1;

// Sessions of ours never depend on how a server or a role is set up.
constexpr const char* session_options =
    "-c search_path=passerelle,pg_temp -c TimeZone=UTC -c DateStyle=ISO -c client_min_messages=warning "
    "-c standard_conforming_strings=on";

PGconn* connect(const Target& target, const std::string& application) {
  // What comes later wins: the address may not change what we rely on.
  const std::array keywords = {"dbname",
                               "application_name",
                               "client_encoding",
                               "options",
                               "connect_timeout",
                               target.user.empty() ? nullptr : "user",
                               static_cast<const char*>(nullptr)};
  const std::array values = {target.address.c_str(),
                             application.c_str(),
                             "UTF8",
                             session_options,
                             "10",
                             target.user.c_str(),
                             static_cast<const char*>(nullptr)};
  return PQconnectdbParams(keywords.data(), values.data(), 1);
}

std::string_view field(const PGresult* result, int code) {
  const char* text = result == nullptr ? nullptr : PQresultErrorField(result, code);
  return text == nullptr ? std::string_view{} : std::string_view(text);
}

bool succeeded(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_PIPELINE_SYNC;
}

}  // namespace

Connection::Connection(const Target& target, std::string_view context)
    : m_connection(connect(target, fmt::format("passerelle {}", context))), m_context(context) {
  if (!is_open()) throw DatabaseError(fmt::format("{}/connect", context), connection_failure);
  PQsetNoticeProcessor(
      m_connection.get(), [](void*, const char*) {}, nullptr);  // notices may quote values
}

Result Connection::execute(const Statement& statement, const Parameters& parameters) {
  prepare(statement);
  return checked(
      PQexecPrepared(m_connection.get(), statement.name, parameters.size(), parameters.pointers().data(),
                     parameters.lengths().data(), parameters.formats().data(), binary_results),
      statement.name);
}

std::vector<Result> Connection::execute(std::span<const Call> calls) {
  for (const Call& call : calls) prepare(*call.statement);
  if (PQenterPipelineMode(m_connection.get()) != 1) throw failure(nullptr, "pipeline");
  for (const Call& call : calls) send(call);
  if (PQpipelineSync(m_connection.get()) != 1) throw failure(nullptr, "pipeline");
  std::vector<Result> results;
  std::optional<DatabaseError> first;
  for (const Call& call : calls) {
    PGresult* result = PQgetResult(m_connection.get());
    if (!succeeded(result) && !first) first = failure(result, call.statement->name);
    results.emplace_back(result);
    if (result != nullptr) static_cast<void>(PQgetResult(m_connection.get()));  // the end of this call
  }
  PQclear(PQgetResult(m_connection.get()));  // the synchronisation point
  leave_pipeline();
  if (first) throw DatabaseError(*first);
  return results;
}

void Connection::run_script(const std::string& text, std::string_view name) {
  static_cast<void>(checked(PQexec(m_connection.get(), text.c_str()), name));
}

bool Connection::is_idle() const noexcept {
  return is_open() && PQtransactionStatus(m_connection.get()) == PQTRANS_IDLE;
}

void Connection::prepare(const Statement& statement) {
  if (m_prepared.contains(&statement)) return;
  static_cast<void>(
      checked(PQprepare(m_connection.get(), statement.name, statement.text, 0, nullptr), statement.name));
  m_prepared.insert(&statement);
}

void Connection::send(const Call& call) {
  const Parameters& parameters = call.parameters;
  if (PQsendQueryPrepared(m_connection.get(), call.statement->name, parameters.size(),
                          parameters.pointers().data(), parameters.lengths().data(),
                          parameters.formats().data(), binary_results) != 1)
    throw failure(nullptr, call.statement->name);
}

void Connection::leave_pipeline() noexcept {
  if (PQexitPipelineMode(m_connection.get()) != 1) PQfinish(m_connection.release());
}

Result Connection::checked(PGresult* result, std::string_view name) const {
  Result owned(result);
  if (!succeeded(result)) throw failure(result, name);
  return owned;
}

DatabaseError Connection::failure(const PGresult* result, std::string_view name) const {
  std::string_view sqlstate = field(result, PG_DIAG_SQLSTATE);
  if (sqlstate.empty()) sqlstate = connection_failure;
  return {fmt::format("{}/{}", m_context, name), sqlstate, field(result, PG_DIAG_CONSTRAINT_NAME)};
}

}  // namespace passerelle::store
