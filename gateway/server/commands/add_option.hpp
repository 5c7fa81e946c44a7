// Commands and their options. CLI11 makes them from headers that cost a compiler seconds in each file that
// uses them: they are made once, in one file, options for the values that they take.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

namespace passerelle::server {

/// Adds a command below another, which owns it.
CLI::App* add_command(CLI::App& above, const std::string& name, const std::string& text);
/// What is done once a command line that names it was read.
void on_chosen(CLI::App& command, std::function<void()> done);

/// Adds an option, which is the application's, that writes what was given into a value, which outlives the
/// parsing: a text, a path, a number, several texts, or one that may not be there (the list is in the
/// source).
template <class Value>
CLI::Option* add_option(CLI::App& app, const std::string& name, Value& value, const std::string& text);

/// Adds an option that takes no value: true when it is given.
CLI::Option* add_flag(CLI::App& app, const std::string& name, bool& value, const std::string& text);

}  // namespace passerelle::server
