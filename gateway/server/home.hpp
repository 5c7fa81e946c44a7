// Where the tables and schemas lie for this run.
#pragma once

#include <filesystem>
#include <optional>

#include "gateway/mapping/formats.hpp"
#include "gateway/model/geography.hpp"

namespace passerelle::server {

/// The folder asked for; else that of PASSERELLE_HOME; else the nearest folder above the program that holds
/// `mappings/pivot`, or `share/passerelle` in it. Throws std::system_error when there is none.
[[nodiscard]] std::filesystem::path find_home(const std::filesystem::path& asked);

/// The formats of the home, and of the peers of the folder `more_peers` when it is named, with code tables in
/// force today. What is wrong with tables is appended.
[[nodiscard]] mapping::Formats open_formats(const std::filesystem::path& home, mapping::TableFaults& faults,
                                            const std::filesystem::path& more_peers = {});
/// The same, told on standard error.
[[nodiscard]] mapping::Formats open_formats(const std::filesystem::path& home,
                                            const std::filesystem::path& more_peers = {});

/// Where the reference geography lies: in the home when it holds one, else beside the program, where it was
/// built; nothing when there is none.
[[nodiscard]] std::optional<std::filesystem::path> find_geography(const std::filesystem::path& home);

/// That geography; nothing when there is none (commune codes are then checked by form alone).
[[nodiscard]] std::optional<model::Geography> load_geography(const std::filesystem::path& home);

/// Tells what is wrong with tables on standard error: one fault a line, and its way out on the next when one
/// is known.
void tell(const mapping::TableFaults& faults);

}  // namespace passerelle::server
