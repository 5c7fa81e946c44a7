// What the subcommands of `passerelle link` share: their input options, their files, their faults.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "gateway/linking/evaluate/measures.hpp"
#include "gateway/linking/executor.hpp"
#include "gateway/linking/frozen/frozen_model.hpp"
#include "gateway/linking/link.hpp"
#include "gateway/linking/records/read_records.hpp"
#include "gateway/server/commands/command.hpp"

namespace passerelle::server {

struct LinkInput {
  const Settings* settings = nullptr;  ///< set with the options
  std::string spec;
  std::string left;
  std::string right;
  std::size_t threads = 0;
};

/// Ends a command early, its faults told already.
struct Stopped {
  ExitStatus status;
};

/// The action of a command that says nothing when it ends well and may throw Stopped.
[[nodiscard]] Action stoppable(std::function<void()> run);

/// --spec, --in, --with, --threads; the first two required when asked.
void add_input_options(CLI::App& command, const Settings& settings, LinkInput& input, bool required);

[[nodiscard]] linking::Executor executor_of(const LinkInput& input);

/// The spec of a file. Its faults go to standard error; then Stopped, usage.
[[nodiscard]] linking::LinkingSpec read_spec(const std::string& path);

/// The records of the input files. Faults go to standard error as `code,severity,path,line,column`, then
/// Stopped: anomalies, or usage for a column that is not there. Codes of communes go through the history that
/// the geography of the home tells. Contacts of too many people are taken for missing, unless told otherwise.
[[nodiscard]] linking::Records read_people(const linking::LinkingSpec& spec, const LinkInput& input,
                                           const linking::Executor& run, bool disarms = true);

/// The model of a file. Its faults go to standard error; then Stopped, usage.
[[nodiscard]] linking::FrozenModel read_model(const std::string& path);

/// A file linked with the weights of a model.
struct FrozenRun {
  linking::Records records;
  linking::Prepared prepared;
  linking::Linked linked;
};

/// Reads the input files by the spec of the model, and links them with its weights. Faults as of
/// `read_people`.
[[nodiscard]] FrozenRun link_frozen(const linking::FrozenModel& frozen, const LinkInput& input,
                                    const linking::Executor& run);

/// --in, which is required, and --threads.
void add_people_options(CLI::App& command, const Settings& settings, LinkInput& input);

/// A whole file; std::system_error when it cannot be read. `-` is standard input.
[[nodiscard]] std::string read_input(const std::string& path);

/// Writes a whole file; std::system_error when it cannot. `-` is standard output.
void write_output(const std::string& path, std::string_view content);

/// The cluster of each id of a CSV file: columns `id` and `cluster`, or the first two. Stopped, anomalies,
/// when it has fewer columns.
[[nodiscard]] linking::ClusterOf read_clusters(const std::string& path);

/// Tells on standard error, when it is a terminal or PASSERELLE_PROGRESS is set, what was done and in how
/// long.
class Progress {
 public:
  Progress();
  void step(std::string_view name, std::string_view result);

 private:
  bool m_shown;
  std::chrono::steady_clock::time_point m_since;
};

void add_link_evaluate(CLI::App& link, Action& action);
void add_link_explain(CLI::App& link, const Settings& settings, Action& action);
void add_link_advise(CLI::App& link, const Settings& settings, Action& action);
void add_link_territory(CLI::App& link, const Settings& settings, Action& action);
void add_link_generate(CLI::App& link, Action& action);
void add_link_train(CLI::App& link, const Settings& settings, Action& action);
void add_link_compare(CLI::App& link, const Settings& settings, Action& action);
void add_link_drift(CLI::App& link, const Settings& settings, Action& action);

}  // namespace passerelle::server
