// A small file replaced as a whole, durably: after a crash it is the old one or the new one.
#pragma once

#include <filesystem>
#include <string_view>
#include <sys/types.h>

namespace passerelle::store {

/// Writes a new file beside the old one, syncs it, renames it over, syncs the folder. Throws
/// std::system_error naming the file.
void write_durably(const std::filesystem::path& path, std::string_view text, mode_t mode);

}  // namespace passerelle::store
