// Files that outlive a crash: one replaced as a whole, one that lines are added to, one moved to its place.
#pragma once

#include <filesystem>
#include <string_view>
#include <sys/types.h>

namespace passerelle::store {

/// Writes a new file beside the old one, syncs it, renames it over, syncs the folder. Throws
/// std::system_error naming the file.
void write_durably(const std::filesystem::path& path, std::string_view text, mode_t mode);

/// Adds lines to the end of a file and syncs it; `lines` ends with a line feed. A file that is not there, or
/// empty, is begun with `heading`. An end without line feed, left by a crash, is cut off first. Any number of
/// processes may: one at a time. Throws std::system_error naming the file, which then may hold an unfinished
/// line.
void append_durably(const std::filesystem::path& path, std::string_view lines, std::string_view heading,
                    mode_t mode);

/// Moves a file, whose contents are on disk, to a name that nothing has yet, and syncs the folder. Throws
/// std::system_error naming the file.
void move_durably(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace passerelle::store
