#include "gateway/server/commands/add_option.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

namespace passerelle::server {

CLI::App* add_command(CLI::App& above, const std::string& name, const std::string& text) {
  return above.add_subcommand(name, text);
}

void on_chosen(CLI::App& command, std::function<void()> done) {
  command.callback(std::move(done));
}

template <class Value>
CLI::Option* add_option(CLI::App& app, const std::string& name, Value& value, const std::string& text) {
  return app.add_option(name, value, text);
}

CLI::Option* add_flag(CLI::App& app, const std::string& name, bool& value, const std::string& text) {
  return app.add_flag(name, value, text);
}

template CLI::Option* add_option(CLI::App&, const std::string&, std::string&, const std::string&);
template CLI::Option* add_option(CLI::App&, const std::string&, std::optional<std::string>&,
                                 const std::string&);
template CLI::Option* add_option(CLI::App&, const std::string&, std::vector<std::string>&,
                                 const std::string&);
template CLI::Option* add_option(CLI::App&, const std::string&, std::filesystem::path&, const std::string&);
template CLI::Option* add_option(CLI::App&, const std::string&, std::vector<std::filesystem::path>&,
                                 const std::string&);
template CLI::Option* add_option(CLI::App&, const std::string&, std::int16_t&, const std::string&);
template CLI::Option* add_option(CLI::App&, const std::string&, int&, const std::string&);
template CLI::Option* add_option(CLI::App&, const std::string&, std::uint64_t&, const std::string&);
template CLI::Option* add_option(CLI::App&, const std::string&, double&, const std::string&);
template CLI::Option* add_option(CLI::App&, const std::string&, std::optional<int>&, const std::string&);
template CLI::Option* add_option(CLI::App&, const std::string&, std::optional<std::int64_t>&,
                                 const std::string&);

}  // namespace passerelle::server
