#include "gateway/model/fault.hpp"

#include <algorithm>
#include <array>

namespace passerelle::model {
namespace {

constexpr std::array catalogue{
#define FAULT(identifier, code, whose, severity, http, soap, text) \
  FaultEntry{FaultCode::identifier, code, Party::whose, Severity::severity, http, SoapCode::soap, text},
#include "gateway/model/fault_catalogue.def"
#undef FAULT
};

}  // namespace

const FaultEntry& catalogue_entry(FaultCode code) noexcept {
  return catalogue[static_cast<std::size_t>(code)];
}

std::span<const FaultEntry> fault_catalogue() noexcept {
  return catalogue;
}

std::string_view severity_name(Severity severity) noexcept {
  switch (severity) {
    case Severity::anomaly: return "anomalie";
    case Severity::blocking: return "bloquant";
  }
  return "";
}

std::string_view soap_code_name(SoapCode code) noexcept {
  switch (code) {
    case SoapCode::VersionMismatch: return "VersionMismatch";
    case SoapCode::MustUnderstand: return "MustUnderstand";
    case SoapCode::Sender: return "Sender";
    case SoapCode::Receiver: return "Receiver";
  }
  return "";
}

Fault make_fault(FaultCode code, std::string path, Position at) {
  return {code, std::move(path), at, catalogue_entry(code).severity};
}

bool has_blocking(const Faults& faults) noexcept {
  return std::ranges::any_of(faults, [](const Fault& fault) { return fault.severity == Severity::blocking; });
}

}  // namespace passerelle::model
