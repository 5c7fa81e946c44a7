// What was wrong with an input: a value, never an exception, and never the personal value itself.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/position.hpp"

namespace passerelle::model {

enum class FaultCode : std::uint16_t {
#define FAULT(identifier, code, whose, severity, http, soap, text) identifier,
#include "gateway/model/fault_catalogue.def"
#undef FAULT
};

/// Whose fault it is decides the exit status and who is told.
enum class Party : std::uint8_t { sender };

/// A blocking fault stops the record; an anomaly is listed and the record goes on (the law forbids blocking a
/// demande beyond form and identity: CCH R441-2-3).
enum class Severity : std::uint8_t { anomaly, blocking };

/// SOAP 1.2 part 1, table 4; DataEncodingUnknown apart, which nothing here has a use for.
enum class SoapCode : std::uint8_t { VersionMismatch, MustUnderstand, Sender, Receiver };

/// One row of the catalogue.
struct FaultEntry {
  FaultCode fault;
  std::string_view code;  ///< stable machine code, own prefix `PAS-`
  Party whose;
  Severity severity;  ///< default; a profile may change it
  std::uint16_t http;
  SoapCode soap;
  std::string_view text;  ///< French, without final stop
};

[[nodiscard]] const FaultEntry& catalogue_entry(FaultCode code) noexcept;
[[nodiscard]] std::span<const FaultEntry> fault_catalogue() noexcept;
[[nodiscard]] std::string_view severity_name(Severity severity) noexcept;
[[nodiscard]] std::string_view soap_code_name(SoapCode code) noexcept;

/// One fault of one record. `path` names places only (elements, fields, ranks from 1), never a value nor an
/// unknown name chosen by the sender.
struct Fault {
  FaultCode code;
  std::string path;
  Position at;
  Severity severity;
};

/// All faults of a record, together.
using Faults = std::vector<Fault>;

/// A fault with the default severity of its code.
[[nodiscard]] Fault make_fault(FaultCode code, std::string path, Position at = {});

[[nodiscard]] bool has_blocking(const Faults& faults) noexcept;

}  // namespace passerelle::model
