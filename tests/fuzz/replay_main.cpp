// Feeds every file of the folders named on the command line to the fuzz target, as ordinary tests do.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void replay(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  std::printf("%s\n", path.filename().c_str());
  // A finding ends the program: its name must be out before.
  std::fflush(stdout);
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int count, char** arguments) {
  int replayed = 0;
  for (int rank = 1; rank < count; ++rank) {
    for (const auto& entry : std::filesystem::directory_iterator(arguments[rank])) {
      replay(entry.path());
      ++replayed;
    }
  }
  // An empty corpus is a mistake of ours, not a success.
  return replayed > 0 ? 0 : 1;
}
