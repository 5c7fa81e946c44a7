// The build tool that writes what is generated from the tables of the pivot.
#include <cerrno>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <string>
#include <system_error>

#include "gateway/mapping/pivot_documentation.hpp"
#include "gateway/mapping/pivot_identifiers.hpp"
#include "gateway/mapping/pivot_schema.hpp"
#include "gateway/mapping/pivot_tables.hpp"

namespace {

using namespace passerelle::mapping;

void write_file(const std::filesystem::path& path, const std::string& content) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  if (!(file << content).flush()) throw std::system_error(errno, std::generic_category(), path.string());
}

int refuse(const TableFaults& faults) {
  for (const TableFault& fault : faults)
    fmt::print(stderr, "{}:{}: {}\n", fault.file, fault.line, fault.text);
  return 1;
}

int generate(const std::string& pivot_folder, const std::filesystem::path& generated) {
  const auto tables = read_pivot_tables(pivot_folder);
  if (!tables) return refuse(tables.error());
  const auto header = pivot_field_header(*tables);
  if (!header) return refuse(header.error());
  write_file(generated / "gateway/mapping/pivot_field.hpp", *header);
  write_file(generated / "share/passerelle/pivot.schema.json", pivot_json_schema(*tables));
  write_file(generated / "share/passerelle/pivot.md", pivot_documentation(*tables));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage : pivot_generator DOSSIER_DU_PIVOT DOSSIER_ENGENDRE\n");
    return 2;
  }
  try {
    return generate(argv[1], argv[2]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "pivot_generator : {}\n", error.what());
    return 3;
  }
}
