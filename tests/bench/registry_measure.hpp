// What the measures on a registry share: a private PostgreSQL in a folder that goes with the program, and how
// work of many threads is timed.
#pragma once

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <memory>
#include <stdlib.h>  // mkdtemp
#include <thread>
#include <vector>

#include "gateway/store/cluster.hpp"
#include "gateway/store/migrator.hpp"
#include "gateway/store/pool.hpp"

namespace passerelle::bench {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

inline constexpr const char* database = "bench";
inline constexpr const char* reference = R"(SET search_path = passerelle;
  INSERT INTO territory VALUES ('063', 'x', 'Europe/Paris', 'assumption');
  INSERT INTO territory_departement VALUES ('063', '63', '[2010-01-01,)', 'x');
  INSERT INTO allocator VALUES ('063', 'passerelle', '[2010-01-01,)', 'x');
  INSERT INTO guichet VALUES ('063', 'G6301', 'bench', 'x', '[2010-01-01,)', 'x');
  INSERT INTO subscription VALUES ('063', 'sne', '[2010-01-01,)', 'x'))";

/// A migrated database on a running server, with the rows of a script for the administrator. Run from the
/// folder of the project.
inline void make_database(const store::Cluster& cluster, const std::string& rows = reference) {
  store::Connection administrator(cluster.target(store::Cluster::administrator, "postgres"), "bench");
  store::prepare_database(administrator, "schemas/sql", database);
  store::Connection owner(cluster.target("passerelle_owner", database), "bench");
  store::migrate(owner, store::read_migrations("schemas/sql"), model::SystemClock().now());
  store::Connection(cluster.target(store::Cluster::administrator, database), "bench")
      .run_script(rows, "rows");
}

/// A folder that goes with the program, and the server in it.
class Server {
 public:
  /// `rows` is a script for the administrator. Run from the folder of the project.
  explicit Server(const std::string& rows = reference)
      : m_cluster(std::make_unique<store::Cluster>(store::ClusterSettings{.folder = m_folder})) {
    make_database(*m_cluster, rows);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() {
    m_cluster.reset();
    fs::remove_all(m_folder);
  }
  [[nodiscard]] store::Connection connect(const std::string& role) const {
    return {m_cluster->target(role, database), "bench"};
  }
  [[nodiscard]] store::PoolSettings pool(std::size_t size) const {
    return {.target = m_cluster->target("passerelle_application", database), .size = size};
  }
  [[nodiscard]] fs::path folder() const { return m_folder; }

 private:
  static fs::path make_folder() {
    std::string name = (fs::temp_directory_path() / "passerelle-bench-XXXXXX").string();
    return ::mkdtemp(name.data());
  }

  fs::path m_folder = make_folder();
  std::unique_ptr<store::Cluster> m_cluster;
};

using Work = std::function<void(int number)>;

struct Figures {
  double a_second;
  double half_ms;  ///< half of them took less
  double late_ms;  ///< one in a hundred took longer
};

/// Each worker takes every `workers`-th number.
inline Figures measure(int first, int count, int workers, const Work& work) {
  std::vector<double> took(static_cast<std::size_t>(count));
  const auto began = Clock::now();
  std::vector<std::thread> threads;
  for (int worker = 0; worker < workers; ++worker)
    threads.emplace_back([&, worker] {
      for (int i = worker; i < count; i += workers) {
        const auto start = Clock::now();
        work(first + i);
        took[static_cast<std::size_t>(i)] =
            std::chrono::duration<double, std::milli>(Clock::now() - start).count();
      }
    });
  for (std::thread& thread : threads) thread.join();
  const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
  std::ranges::sort(took);
  return {count / seconds, took[took.size() / 2], took[took.size() * 99 / 100]};
}

inline void print(std::string_view what, const Figures& figures) {
  fmt::print("{:<14} {:>6.0f}/s   p50 {:>6.1f} ms   p99 {:>6.1f} ms\n", what, figures.a_second,
             figures.half_ms, figures.late_ms);
}

}  // namespace passerelle::bench
