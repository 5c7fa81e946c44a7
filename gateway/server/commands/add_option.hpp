// Options of commands. CLI11 makes each of them from templates that cost a compiler seconds: they are made
// once, in one file, for the values that options take.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace passerelle::server {

/// Adds an option, which is the application's, that writes what was given into a value, which outlives the
/// parsing: a text, a path, a number, several texts, or one that may not be there (the list is in the
/// source).
template <class Value>
CLI::Option* add_option(CLI::App& app, const std::string& name, Value& value, const std::string& text);

/// Adds an option that takes no value: true when it is given.
CLI::Option* add_flag(CLI::App& app, const std::string& name, bool& value, const std::string& text);

}  // namespace passerelle::server
