#include "gateway/service/registry/feed_partner.hpp"

#include <gmock/gmock.h>

#include "gateway/service/registry/alias.hpp"
#include "gateway/service/registry/pull_partner.hpp"
#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {
namespace {

using Outcome = FeedAnswer::Outcome;
using policy::Action;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::SizeIs;

mapping::Formats& formats() {
  static mapping::TableFaults faults;
  static mapping::Formats shipped(PASSERELLE_SOURCE, "2026-01-01", faults);
  return shipped;
}

/// A partner that answers as it is told, and keeps the files that it was given.
class FeedPartnerTest : public Registering {
 protected:
  FeedPartnerTest() { m_registry.pivot = &formats().pivot().shape(); }

  FeedReport feed() {
    FeedOrder order{.recipient = "sne", .peer = "sne", .version = "02.01"};
    order.send = [this](const FeedFile& file) {
      m_files.push_back(file);
      return m_answer;
    };
    return feed_partner(m_registry, decision(Action::tell_partner), life_rules(), formats(), order);
  }
  std::vector<store::FeedReceipt> receipts() {
    return list_receipts(m_registry, decision(Action::tell_partner), "sne", 10);
  }
  model::NumeroUnique registered(char who, int nir) {
    return *send(filing({person(who, nir)}), std::string("key-") + who)->numero;
  }

  FeedAnswer m_answer{Outcome::accepted};
  std::vector<FeedFile> m_files;
};

TEST(RetryDelay, grows_to_an_hour_and_is_never_less_than_half_of_itself) {
  EXPECT_EQ(retry_delay(1, 0), seconds(15));
  EXPECT_EQ(retry_delay(1, 1), seconds(30));
  EXPECT_EQ(retry_delay(2, 0.5), seconds(45));
  EXPECT_EQ(retry_delay(8, 1), minutes(60));
  EXPECT_EQ(retry_delay(1'000'000, 1), minutes(60));
  EXPECT_EQ(retry_delay(0, 2), seconds(30));
  for (int attempts = 1; attempts < 20; ++attempts)
    EXPECT_LE(retry_delay(attempts, 1), retry_delay(attempts + 1, 1));
}

TEST_F(FeedPartnerTest, sends_a_line_once_it_is_accepted) {
  const auto numero = registered('a', 1);
  const FeedReport report = feed();
  EXPECT_EQ(report.accepted, 1);
  ASSERT_THAT(m_files, SizeIs(1));
  EXPECT_EQ(m_files[0].type, "CRE");
  EXPECT_EQ(m_files[0].numero, numero);
  EXPECT_THAT(m_files[0].name, testing::MatchesRegex("DEMG6301-[0-9]+-000001.xml"));
  EXPECT_EQ(feed().accepted, 0);
  ASSERT_THAT(receipts(), SizeIs(1));
  EXPECT_EQ(receipts()[0].outcome, "accepted");
}

TEST_F(FeedPartnerTest, sends_the_same_bytes_under_the_same_name_until_it_is_accepted) {
  registered('a', 1);
  m_answer = {Outcome::passing, "delai", true};
  EXPECT_EQ(feed().passing, 1);
  EXPECT_EQ(feed().passing, 0) << "it waits";
  m_clock.set(m_clock.now() + minutes(1));
  EXPECT_EQ(feed().last_code, "delai");
  m_answer = {Outcome::accepted};
  m_clock.set(m_clock.now() + minutes(2));
  EXPECT_EQ(feed().accepted, 1);
  ASSERT_THAT(m_files, SizeIs(3));
  for (const FeedFile& file : m_files) {
    EXPECT_EQ(file.name, m_files[0].name);
    EXPECT_EQ(file.document.reveal(), m_files[0].document.reveal());
  }
}

TEST_F(FeedPartnerTest, stops_at_once_when_the_partner_is_down_and_soon_when_nothing_is_of_use) {
  for (int rank = 1; rank <= 7; ++rank) registered(static_cast<char>('a' + rank), rank);
  m_answer = {Outcome::passing, "connexion", true};
  EXPECT_EQ(feed().passing, 1);
  m_answer = {Outcome::passing, "illisible", false};
  EXPECT_EQ(feed().passing, 5);
  m_answer = {Outcome::accepted};
  EXPECT_EQ(feed().accepted, 1) << "what was left untouched is due, the others wait";
}

TEST_F(FeedPartnerTest, leaves_what_is_refused_to_a_person_who_lets_it_go_again) {
  registered('a', 1);
  m_answer = {Outcome::refused, "CTRL_DEM_0033"};
  EXPECT_EQ(feed().refused, 1);
  m_answer = {Outcome::accepted};
  m_clock.set(m_clock.now() + std::chrono::hours(24));
  EXPECT_EQ(feed().accepted, 0);
  const auto receipt = receipts().at(0);
  const store::NewsId news{*model::Uuid::parse(receipt.demande), receipt.rank};
  EXPECT_TRUE(requeue_partner_news(m_registry, decision(Action::tell_partner), "sne", news));
  EXPECT_FALSE(requeue_partner_news(m_registry, decision(Action::tell_partner), "sne", news));
  EXPECT_EQ(feed().accepted, 1);
  EXPECT_EQ(m_files.at(1).name, m_files.at(0).name);
}

TEST_F(FeedPartnerTest, leaves_a_receipt_without_answer_when_the_sender_dies) {
  registered('a', 1);
  FeedOrder order{.recipient = "sne", .peer = "sne", .version = "02.01"};
  order.send = [](const FeedFile&) -> FeedAnswer { throw std::runtime_error("killed"); };
  EXPECT_THROW(feed_partner(m_registry, decision(Action::tell_partner), life_rules(), formats(), order),
               std::runtime_error);
  EXPECT_EQ(receipts().at(0).outcome, "sent");
  EXPECT_EQ(feed().accepted, 0) << "its lease runs";
  m_clock.set(m_clock.now() + order.lease);
  EXPECT_EQ(feed().accepted, 1);
  EXPECT_EQ(receipts().at(0).attempt, 2);
}

TEST_F(FeedPartnerTest, does_not_tell_a_demande_that_was_merged_before) {
  const auto kept = registered('a', 1);
  const auto other = registered('b', 2);
  ASSERT_TRUE(merge_demandes(m_registry, decision(Action::merge_demandes), {kept, other, "x"}));
  const FeedReport report = feed();
  EXPECT_EQ(report.refused, 1);
  EXPECT_EQ(report.last_code, "FUSION");
  ASSERT_THAT(m_files, SizeIs(1));
  EXPECT_EQ(m_files[0].numero, kept);
}

TEST_F(FeedPartnerTest, has_a_cursor_that_never_goes_back) {
  const auto importing = decision(Action::import_file);
  const auto pull = [&](model::Time at) {
    const model::Personal<std::string> nothing(
        R"(<ns1:interfaceNuu versionInterface="02.01" xmlns:ns1="http://nuu.application.i2/"><ns1:entete>)"
        R"(<ns1:typeFichier code="RET"/></ns1:entete></ns1:interfaceNuu>)");
    return take_pulled(
        m_registry, importing, life_rules(), formats(),
        {"sne", PulledService::dalo, {"sne", "", ""}, at, &nothing, [](const model::Fault&) {}});
  };
  EXPECT_FALSE(pull_cursor(m_registry, importing, "sne", PulledService::dalo));
  const model::Time now = m_clock.now();
  ASSERT_TRUE(pull(now));
  EXPECT_EQ(pull_cursor(m_registry, importing, "sne", PulledService::dalo), now - std::chrono::hours(1));
  ASSERT_TRUE(pull(now - std::chrono::hours(48)));
  EXPECT_EQ(pull_cursor(m_registry, importing, "sne", PulledService::dalo), now - std::chrono::hours(1));
  EXPECT_FALSE(pull_cursor(m_registry, importing, "sne", PulledService::radiations));
}

}  // namespace
}  // namespace passerelle::service
