#include "gateway/model/fault.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <set>

namespace passerelle::model {
namespace {

TEST(FaultCatalogue, has_each_code_once_with_our_prefix) {
  std::set<std::string_view> codes;
  for (const FaultEntry& entry : fault_catalogue()) {
    EXPECT_TRUE(entry.code.starts_with("PAS-")) << entry.code;
    EXPECT_TRUE(codes.insert(entry.code).second) << entry.code;
    EXPECT_FALSE(entry.text.ends_with('.')) << entry.text;
    EXPECT_EQ(&catalogue_entry(entry.fault), &entry);
  }
}

TEST(FaultCatalogue, is_the_page_of_the_documentation) {
  std::ifstream file(PASSERELLE_SOURCE "/docs/faults.md");
  const std::string page(std::istreambuf_iterator<char>(file), {});
  for (const FaultEntry& entry : fault_catalogue()) {
    EXPECT_THAT(page, testing::HasSubstr(fmt::format("| `{}` | {} | {} | {} | {} |\n", entry.code,
                                                     severity_name(entry.severity), entry.http,
                                                     soap_code_name(entry.soap), entry.text)));
  }
}

}  // namespace
}  // namespace passerelle::model
