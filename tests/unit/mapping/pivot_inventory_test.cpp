// The inventory rule: each row of the sources that the pivot is made of has its field, and its code.
#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/mapping/pivot_catalogue.hpp"

namespace passerelle::mapping {
namespace {

constexpr std::string_view inventory_file = PASSERELLE_TEST_DATA "/pivot_inventory.csv";

codec::CsvTable read_inventory() {
  return codec::CsvTable(codec::read_file(std::string(inventory_file)));
}

/// The keys of the inventory, `source row`.
class Inventory {
 public:
  Inventory() {
    const codec::CsvTable table = read_inventory();
    for (std::size_t row = 0; row < table.size(); ++row)
      m_keys.insert(std::string(table.cell(row, "source")) + " " + std::string(table.cell(row, "row")));
  }

  void expect(const std::string& source, const std::string& row) {
    ++m_asked;
    EXPECT_TRUE(m_keys.contains(source + " " + row)) << source << " " << row << " is not in the inventory";
  }
  [[nodiscard]] int asked() const noexcept { return m_asked; }

 private:
  std::set<std::string> m_keys;
  int m_asked = 0;
};

using Cells = std::vector<std::string>;

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(trimmed(part));
  return parts;
}

/// The rows of the Markdown tables between a line that begins with `from` and one that begins with `to`.
std::vector<Cells> table_rows(const std::string& text, const std::string& from, const std::string& to) {
  std::vector<Cells> rows;
  bool inside = from.empty();
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    if (inside && !to.empty() && line.starts_with(to)) break;
    if (!from.empty() && line.starts_with(from)) inside = true;
    if (!inside || !line.starts_with('|') || line.starts_with("|---")) continue;
    rows.push_back(split(line.substr(1), '|'));
  }
  return rows;
}

/// A label as a key: small ASCII letters and digits, accents dropped, everything else a hyphen.
std::string slug(std::string label) {
  constexpr std::pair<std::string_view, std::string_view> letters[] = {
      {"à", "a"}, {"â", "a"}, {"ç", "c"}, {"é", "e"}, {"è", "e"}, {"ê", "e"},
      {"É", "e"}, {"î", "i"}, {"ô", "o"}, {"û", "u"}, {"œ", "oe"}};
  for (const auto& [accented, plain] : letters) {
    for (std::size_t at = label.find(accented); at != std::string::npos; at = label.find(accented))
      label.replace(at, accented.size(), plain);
  }
  std::string made;
  for (const char c : label) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      made += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (!made.empty() && made.back() != '-') {
      made += '-';
    }
  }
  if (made.ends_with('-')) made.pop_back();
  return made;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int take_number(std::string_view text, std::size_t& at) {
  int number = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) number = number * 10 + (text[at] - '0');
  return number;
}

/// `D2-D11 (applicant), D17-D26`, `D14-15 / D29-30`, `F48-F49`: every box named.
std::vector<std::string> boxes(std::string_view cell) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at + 1 < cell.size(); ++at) {
    const char letter = cell[at];
    if (letter < 'A' || letter > 'H' || !is_digit(cell[at + 1])) continue;
    const int first = take_number(cell, ++at);
    int last = first;
    if (at < cell.size() && cell[at] == '-') {
      at += at + 1 < cell.size() && is_digit(cell[at + 1]) ? 1U : 2U;
      last = take_number(cell, at);
    }
    for (int number = first; number <= last; ++number) found.push_back(letter + std::to_string(number));
  }
  return found;
}

/// The label without stars and without remarks in brackets.
std::string without_remarks(const std::string& label) {
  std::string kept;
  bool remark = false;
  for (const char c : label) {
    if (c == '(') remark = true;
    if (!remark && c != '*') kept += c;
    if (c == ')') remark = false;
  }
  return trimmed(kept);
}

std::string leading_name(const std::string& text) {
  const auto end = std::ranges::find_if_not(text, [](unsigned char c) { return std::isalnum(c) != 0; });
  return {text.begin(), end};
}

TEST(PivotInventory, each_row_has_its_field_and_its_code) {
  const auto pivot = load_pivot(PASSERELLE_MAPPINGS "/pivot", {});
  ASSERT_TRUE(pivot);
  const codec::CsvTable table = read_inventory();
  for (std::size_t row = 0; row < table.size(); ++row) {
    const std::string where = "row " + std::to_string(table.line(row));
    const auto node = pivot->node(table.cell(row, "path"));
    EXPECT_TRUE(node) << where << ": no field " << table.cell(row, "path");
    const std::string_view code = table.cell(row, "code");
    if (!node || code.empty()) continue;
    const CodeList* list = pivot->list(*node);
    ASSERT_NE(list, nullptr) << where;
    EXPECT_NE(list->find(code), nullptr) << where << ": no code " << code << " in " << list->name;
  }
}

TEST(PivotInventory, each_code_of_the_interface_has_a_code_of_its_own) {
  const codec::CsvTable table = read_inventory();
  std::set<std::string> seen;
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (table.cell(row, "source") != "codes-v2") continue;
    const std::string name =
        std::string(table.cell(row, "path")) + " " + std::string(table.cell(row, "code"));
    EXPECT_TRUE(seen.insert(name).second) << name;
  }
}

/// Reads the sources themselves, where they lie; the project holds no copy of them.
class ReferenceInventory : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("PASSERELLE_REFERENCE_DATA");
    if (folder == nullptr) GTEST_SKIP() << "SKIPPED: PASSERELLE_REFERENCE_DATA is not set";
    m_folder = std::string(folder) + "/domain/";
  }
  [[nodiscard]] std::string read(const std::string& name) const { return codec::read_file(m_folder + name); }

  Inventory m_inventory;

 private:
  std::string m_folder;
};

TEST_F(ReferenceInventory, holds_each_code_of_the_national_interface) {
  const codec::CsvTable codes(read("sne-codes-v2.csv"));
  for (std::size_t row = 0; row < codes.size(); ++row)
    m_inventory.expect("codes-v2",
                       std::string(codes.cell(row, "list")) + ":" + std::string(codes.cell(row, "code")));
  EXPECT_GT(m_inventory.asked(), 150);
}

TEST_F(ReferenceInventory, holds_each_element_of_the_public_sample) {
  for (const Cells& cells :
       table_rows(read("sne-cerfa-facts.md"), "| under personnePhysique", "The sample")) {
    if (cells.size() < 2 || cells[0].starts_with("under")) continue;
    const std::string parent = cells[0].substr(cells[0].rfind('/') + 1);
    for (const std::string& child : split(cells[1], ',')) {
      if (!leading_name(child).empty()) m_inventory.expect("xml", parent + "/" + leading_name(child));
    }
  }
  EXPECT_GT(m_inventory.asked(), 50);
}

TEST_F(ReferenceInventory, holds_each_box_of_the_form) {
  for (const Cells& cells : table_rows(read("sne-cerfa-facts.md"), "### 2.2", "### 2.3")) {
    if (cells.size() < 3) continue;
    for (const std::string& box : boxes(cells[1])) m_inventory.expect("notice-05", box);
  }
  EXPECT_GT(m_inventory.asked(), 70);
}

TEST_F(ReferenceInventory, holds_each_label_of_the_published_grid) {
  static const std::set<std::string> titles{"motive", "current housing", "personal situation", ""};
  for (const Cells& cells : table_rows(read("cotation-vichy.md"), "", "Notes")) {
    for (std::size_t column = 0; column < cells.size(); column += 3) {  // one or two of label, points, blank
      const std::string label = without_remarks(cells[column]);
      if (titles.contains(label)) continue;
      for (const std::string& part : split(label, ';')) m_inventory.expect("vichy", slug(part));
    }
  }
  EXPECT_GT(m_inventory.asked(), 50);
}

}  // namespace
}  // namespace passerelle::mapping
