// What the database, or the way to it, did wrong: the world's fault, an exception.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace passerelle::store {

/// Says where (a context word and the name of a statement) and what (SQLSTATE, constraint). INVARIANT: never
/// the text of the server, which may quote values.
class DatabaseError : public std::runtime_error {
 public:
  DatabaseError(std::string_view context, std::string_view sqlstate, std::string_view constraint = {});

  /// Five characters (PostgreSQL 15, appendix A); 08006 when the connection itself failed.
  [[nodiscard]] const std::string& sqlstate() const noexcept { return m_sqlstate; }
  /// The constraint that was broken, or nothing.
  [[nodiscard]] const std::string& constraint() const noexcept { return m_constraint; }
  /// Whether the same transaction may succeed at once: a serialization failure or a deadlock.
  [[nodiscard]] bool asks_for_retry() const noexcept;
  /// Whether there was no connection, or a server that stops or starts: it comes back by itself.
  [[nodiscard]] bool is_unreachable() const noexcept;
  /// Whether it may succeed later without anybody changing the message: no connection, a server that stops or
  /// starts, a full disk, no more memory or connections.
  [[nodiscard]] bool is_passing() const noexcept;

 private:
  std::string m_sqlstate;
  std::string m_constraint;
};

/// The state of a connection that cannot be made or has broken.
inline constexpr std::string_view connection_failure = "08006";

}  // namespace passerelle::store
