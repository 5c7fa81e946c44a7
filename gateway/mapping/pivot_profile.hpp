// What a demande of a person, or of a legal person, must hold and must not (mappings/pivot/profiles.csv).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/codec/record.hpp"
#include "gateway/mapping/pivot_catalogue.hpp"
#include "gateway/mapping/table_fault.hpp"
#include "gateway/model/fault.hpp"

namespace passerelle::mapping {

enum class Profile : std::uint8_t { personne_physique, personne_morale };

enum class ProfileVerdict : std::uint8_t { required, forbidden };

struct ProfileRule {
  codec::NodeId node = codec::no_node;
  std::vector<codec::NodeId> lists;  ///< the repeated nodes above it, outermost first
  ProfileVerdict verdict = ProfileVerdict::required;
  model::Severity severity = model::Severity::anomaly;
  std::string basis;
};

class PivotProfiles {
 public:
  /// Reads profiles.csv of the folder against the catalogue. Answers every fault of the table at once; one is
  /// a blocking rule that rests on anything but CCH R441-2-3, since nothing else may stop a demande. Throws
  /// std::system_error when the file cannot be read.
  [[nodiscard]] static tl::expected<PivotProfiles, TableFaults> load(const std::string& folder,
                                                                     const PivotCatalogue& catalogue);

  /// Appends a fault for each rule that the demande breaks: a required place that is absent, in each item of
  /// the lists above it, or a forbidden one that is there. A demande with neither demandeur nor legal person
  /// (a radiation, a deletion) has no profile.
  void check(const codec::Record& demande, model::Faults& faults) const;

  [[nodiscard]] const std::vector<ProfileRule>& rules(Profile profile) const noexcept {
    return m_rules[static_cast<std::size_t>(profile)];
  }

 private:
  std::array<std::vector<ProfileRule>, 2> m_rules;
  codec::NodeId m_demandeur = codec::no_node;
  codec::NodeId m_personne_morale = codec::no_node;
};

}  // namespace passerelle::mapping
