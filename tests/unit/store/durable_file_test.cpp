#include "gateway/store/durable_file.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <system_error>

namespace passerelle::store {
namespace {

namespace fs = std::filesystem;

TEST(DurableFile, replaces_the_whole_file_and_its_mode) {
  const fs::path path = fs::path(testing::TempDir()) / "passerelle-durable";
  std::ofstream(path.string() + ".new") << "left by a crash";
  write_durably(path, "one", 0600);
  write_durably(path, "two", 0600);
  std::ifstream in(path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), "two");
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_FALSE(fs::exists(path.string() + ".new"));
  fs::remove(path);
}

TEST(DurableFile, names_the_file_that_it_cannot_write) {
  EXPECT_THROW(write_durably("/nonexistent/file", "x", 0600), std::system_error);
}

}  // namespace
}  // namespace passerelle::store
