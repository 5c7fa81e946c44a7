#include "gateway/store/erasure_journal.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <iterator>
#include <thread>
#include <unistd.h>

#include "gateway/store/cipher.hpp"

namespace passerelle::store {
namespace {

namespace fs = std::filesystem;

using testing::HasSubstr;
using testing::SizeIs;
using testing::ThrowsMessage;

constexpr model::Time noon{std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(12)};

class ErasureJournalTest : public testing::Test {
 protected:
  ErasureJournalTest() { fs::remove(m_journal.path()); }
  ~ErasureJournalTest() override { fs::remove(m_journal.path()); }

  static JournaledErasure erasure(int rank = 2) {
    return {"063", make_uuid(noon), noon, rank, act_digest("décision inventée")};
  }
  void add(const std::string& text) const {
    std::ofstream(m_journal.path(), std::ios::app | std::ios::binary) << text;
  }
  [[nodiscard]] std::string text() const {
    std::ifstream in(m_journal.path());
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void expect_refused(const std::string& line) const {
    EXPECT_THAT([this] { static_cast<void>(m_journal.read()); },
                ThrowsMessage<JournalError>(HasSubstr(line)));
  }

  ErasureJournal m_journal{fs::path(testing::TempDir()) / fmt::format("passerelle-journal-{}", ::getpid())};
};

TEST_F(ErasureJournalTest, gives_back_what_was_added_in_order) {
  const JournaledErasure first = erasure();
  const JournaledErasure second = erasure(0);
  EXPECT_FALSE(m_journal.is_there());
  m_journal.append({first});
  m_journal.append({second});
  const auto read = m_journal.read();
  ASSERT_THAT(read, SizeIs(2));
  EXPECT_EQ(read[0].demande, first.demande);
  EXPECT_EQ(read[0].at, noon);
  EXPECT_EQ(read[0].rank, 2);
  EXPECT_EQ(read[0].act, first.act);
  EXPECT_EQ(read[1].demande, second.demande);
  EXPECT_EQ(read[1].rank, 0);
}

TEST_F(ErasureJournalTest, is_begun_without_an_erasure_and_for_its_owner_alone) {
  m_journal.append({});
  EXPECT_TRUE(m_journal.is_there());
  EXPECT_THAT(m_journal.read(), SizeIs(0));
  EXPECT_EQ(fs::status(m_journal.path()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(ErasureJournalTest, says_neither_words_nor_numbers) {
  m_journal.append({erasure()});
  EXPECT_THAT(text(), testing::Not(HasSubstr("inventée")));
}

TEST_F(ErasureJournalTest, loses_but_the_line_that_a_crash_left_unfinished) {
  m_journal.append({erasure()});
  add("063 0190a");
  EXPECT_THAT(m_journal.read(), SizeIs(1));
  m_journal.append({erasure()});
  EXPECT_THAT(m_journal.read(), SizeIs(2));
  EXPECT_THAT(text(), testing::Not(HasSubstr("063 0190a\n")));
}

TEST_F(ErasureJournalTest, refuses_a_line_of_another_form_by_its_number) {
  m_journal.append({erasure()});
  const std::string good = text();
  const std::string id = make_uuid(noon).text();
  const std::string act = act_digest("x");
  for (const std::string& line : {std::string("063"), fmt::format("63 {} 2026-11-23T12:00:00Z 2 {}", id, act),
                                  fmt::format("063 {} 2026-11-23 2 {}", id, act),
                                  fmt::format("063 {} 2026-11-23T12:00:00Z -2 {}", id, act),
                                  fmt::format("063 {} 2026-11-23T12:00:00Z 2 {}", id, act.substr(1)),
                                  fmt::format("063 {} 2026-11-23T12:00:00Z 2 {} more", id, act),
                                  fmt::format("063  {}", id), std::string()}) {
    std::ofstream(m_journal.path(), std::ios::trunc) << good << line << '\n';
    expect_refused("ligne 4");
  }
}

TEST_F(ErasureJournalTest, refuses_another_file_and_none) {
  expect_refused("absent");
  for (const char* other : {"", "no line", "demande,numero\n1,2\n"}) {
    std::ofstream(m_journal.path(), std::ios::trunc) << other;
    expect_refused(m_journal.path().string());
  }
}

TEST_F(ErasureJournalTest, loses_no_line_of_those_who_write_at_once) {
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([this] {
      for (int line = 0; line < 10; ++line) m_journal.append({erasure()});
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_THAT(m_journal.read(), SizeIs(40));
}

}  // namespace
}  // namespace passerelle::store
