#include "gateway/service/registry/quarantine.hpp"

#include <gmock/gmock.h>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/service/registry/deposit_demande.hpp"
#include "gateway/service/registry/erase.hpp"
#include "gateway/service/registry/read_filings.hpp"
#include "gateway/service/registry/replay_quarantined.hpp"
#include "gateway/service/registry/show_quarantined.hpp"
#include "gateway/service/registry/take_message.hpp"
#include "gateway/store/rotation_table.hpp"
#include "tests/unit/service/registry/linked.hpp"

namespace passerelle::service {
namespace {

using policy::Action;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class Quarantine : public Linked {
 protected:
  static std::string example() {
    return codec::read_file(PASSERELLE_SOURCE "/mappings/peer/sne/examples/02.00-CRE-famille.xml");
  }
  /// The example at another guichet, which this territory has not.
  static std::string at_an_unknown_guichet() {
    std::string text = example();
    for (std::size_t at = text.find("G6301"); at != std::string::npos; at = text.find("G6301"))
      text.replace(at, 5, "G6391");
    return text;
  }
  /// As `import` takes a file: what is stopped or refused is kept.
  std::vector<std::string> import(const std::string& text, const std::string& format = "sne") {
    std::vector<std::string> outcomes;
    const auto importing = decision(Action::import_file);
    codec::MemorySource source(text);
    FilingFile file{.format = *mapping::parse_format_name(format), .in = &source};
    file.by_kind = true;
    file.on_fault = [](const model::Fault&) {};
    file.on_demande = [&](FiledDemande filed) {
      const Message message{content_key(m_linked, filed.content, filed.occasion), format, filed.content};
      const auto answer = take_message(m_linked, importing, life_rules(), {filed.filing, message});
      outcomes.emplace_back(answer ? answer->numero->text().reveal() : "refused");
      if (answer) return;
      m_kept = quarantine_message(
          m_linked, importing,
          {.key = {}, .raw = *filed.raw, .rank = filed.rank, .numero = filed.filing.numero}, answer.error());
    };
    file.on_stopped = [&](StoppedDemande stopped) {
      outcomes.emplace_back("stopped");
      m_kept = quarantine_message(
          m_linked, importing,
          {.key = {}, .raw = stopped.raw, .rank = stopped.rank, .numero = stopped.numero}, stopped.faults);
    };
    EXPECT_TRUE(read_filings(m_formats, file));
    return outcomes;
  }
  [[nodiscard]] std::vector<store::QuarantineLine> lines() const {
    return list_quarantined(m_linked, decision(Action::administer));
  }
  [[nodiscard]] Replay replay(bool for_real, const std::string& format = "sne") {
    const auto done =
        replay_quarantined(m_linked, decision(Action::administer), {m_formats, nullptr, life_rules()},
                           lines().at(0).id, {*mapping::parse_format_name(format), for_real});
    EXPECT_TRUE(done) << done.error();
    return done.value().value();
  }
  void open_guichet() {
    run_as_administrator(
        "INSERT INTO passerelle.guichet VALUES ('063', 'G6391', 'afpbsa', 'x', '[2010-01-01,)', 'x')");
  }

  mapping::TableFaults m_table_faults;
  mapping::Formats m_formats{PASSERELLE_SOURCE, "2026-01-01", m_table_faults};
  bool m_kept = false;
};

TEST_F(Quarantine, keeps_the_document_as_it_came_with_codes_places_and_lines_of_the_mapping) {
  EXPECT_THAT(import(at_an_unknown_guichet()), ElementsAre("refused"));
  EXPECT_TRUE(m_kept);
  const auto kept = lines();
  ASSERT_THAT(kept, SizeIs(1));
  EXPECT_EQ(kept[0].format, "sne@02.00:CRE");
  EXPECT_TRUE(kept[0].whole);
  EXPECT_THAT(kept[0].faults, ElementsAre(HasSubstr("PAS-REG-001|guichet.guichet|0|0|sne/")));
  EXPECT_EQ(kept[0].by.action, "import");
  const auto opened = open_quarantined(m_linked, decision(Action::administer), kept[0].id);
  EXPECT_EQ(opened->content.reveal(), at_an_unknown_guichet());
  EXPECT_EQ(count("quarantine WHERE position('numGuichet'::bytea IN sealed) > 0"), 0);
  EXPECT_EQ(count("demande"), 0);
}

TEST_F(Quarantine, keeps_a_message_once_however_often_it_comes) {
  static_cast<void>(import(at_an_unknown_guichet()));
  static_cast<void>(import(at_an_unknown_guichet()));
  EXPECT_FALSE(m_kept);
  EXPECT_THAT(lines(), SizeIs(1));
}

TEST_F(Quarantine, keeps_each_demande_of_a_longer_file_as_a_document_of_its_own) {
  std::string two = example();
  const std::string end = "</ns1:demande>";
  const std::size_t begin = two.find("<ns1:demande>");
  ASSERT_NE(begin, std::string::npos);
  std::string second = two.substr(begin, two.find(end) + end.size() - begin);
  const std::size_t guichet = second.find("G6301");
  second.replace(guichet, 5, "G6391");
  two.insert(two.find(end) + end.size(), second);
  EXPECT_THAT(import(two), SizeIs(2));
  const auto kept = lines();
  ASSERT_THAT(kept, SizeIs(1));
  EXPECT_FALSE(kept[0].whole);
  EXPECT_EQ(kept[0].rank, 2);
  open_guichet();
  EXPECT_THAT(replay(false).demandes, SizeIs(1)) << "and nothing of the first";
}

TEST_F(Quarantine, keeps_a_document_of_which_nothing_can_be_read) {
  EXPECT_THAT(import(example().substr(0, 900)), ElementsAre("stopped"));
  ASSERT_THAT(lines(), SizeIs(1));
  EXPECT_TRUE(lines()[0].whole);
  EXPECT_THAT(import("<autre/>"), ElementsAre("stopped"));
  EXPECT_THAT(lines(), SizeIs(2));
}

TEST_F(Quarantine, says_what_would_happen_and_does_nothing) {
  static_cast<void>(import(at_an_unknown_guichet()));
  const Replay before = replay(false);
  EXPECT_THAT(before.demandes, IsEmpty());
  EXPECT_THAT(before.faults, Contains(Field(&model::Fault::code, model::FaultCode::registry_guichet)));
  open_guichet();
  const Replay after = replay(false);
  EXPECT_THAT(after.demandes, SizeIs(1));
  EXPECT_FALSE(after.closed);
  EXPECT_EQ(count("demande"), 0);
  EXPECT_THAT(lines(), SizeIs(1));
}

TEST_F(Quarantine, treats_a_mended_message_once_and_under_the_key_that_its_sender_would_use) {
  static_cast<void>(import(at_an_unknown_guichet()));
  EXPECT_FALSE(replay(true).closed) << "nothing was mended";
  open_guichet();
  const Replay done = replay(true);
  EXPECT_TRUE(done.closed);
  ASSERT_THAT(done.demandes, SizeIs(1));
  EXPECT_THAT(lines(), IsEmpty());
  EXPECT_EQ(count("quarantine WHERE outcome = 'registered' AND sealed IS NULL"), 1);
  EXPECT_THAT(import(at_an_unknown_guichet()),
              ElementsAre(std::string(done.demandes[0].done->numero->text().reveal())));
  EXPECT_EQ(count("event"), 1) << "the same message gets its answer";
  EXPECT_EQ(count("idempotency WHERE body_id = 'afpbsa'"), 1);
}

TEST_F(Quarantine, treats_by_another_version_of_the_mapping) {
  static_cast<void>(import(at_an_unknown_guichet()));
  open_guichet();
  EXPECT_THAT(replay(false, "sne@02.00:CRE").demandes, SizeIs(1));
  EXPECT_THAT(replay(false, "alin").demandes, IsEmpty()) << "of another peer it is not";
  EXPECT_FALSE(replay_quarantined(m_linked, decision(Action::administer), {m_formats, nullptr, life_rules()},
                                  lines()[0].id, {*mapping::parse_format_name("inconnu"), true}));
}

TEST_F(Quarantine, drops_a_line_with_its_content) {
  static_cast<void>(import(at_an_unknown_guichet()));
  const model::Uuid id = lines().at(0).id;
  EXPECT_TRUE(drop_quarantined(m_linked, decision(Action::administer), id, "DOUBLON"));
  EXPECT_FALSE(drop_quarantined(m_linked, decision(Action::administer), id, "DOUBLON")) << "once";
  EXPECT_EQ(count("quarantine WHERE outcome = 'dropped' AND reason = 'DOUBLON' AND sealed IS NULL"), 1);
  EXPECT_FALSE(open_quarantined(m_linked, decision(Action::administer), id));
}

TEST_F(Quarantine, shows_places_and_lengths_and_no_value) {
  static_cast<void>(import(at_an_unknown_guichet()));
  const auto opened = open_quarantined(m_linked, decision(Action::administer), lines().at(0).id);
  const auto values = mask_quarantined(m_formats, *mapping::parse_format_name("sne"), *opened);
  ASSERT_TRUE(values);
  EXPECT_THAT(*values, Contains(Field(&MaskedValue::path, HasSubstr("numGuichet"))));
  EXPECT_THAT(*values, Contains(Field(&MaskedValue::characters, 5U)));
  EXPECT_THAT(*values, Each(Field(&MaskedValue::path, Not(HasSubstr("G6391")))));
}

TEST_F(Quarantine, leaves_traces_of_keeping_listing_opening_and_dropping) {
  static_cast<void>(import(at_an_unknown_guichet()));
  EXPECT_EQ(count("audit_leaf WHERE action = 'import' AND allowed"), 1);
  const model::Uuid id = lines().at(0).id;
  static_cast<void>(open_quarantined(m_linked, decision(Action::administer), id));
  drop_quarantined(m_linked, decision(Action::administer), id, "DOUBLON");
  EXPECT_EQ(count("audit_leaf WHERE action = 'administer' AND allowed"), 3);
}

TEST_F(Quarantine, forgets_with_a_demande_what_names_its_number_and_keeps_nothing_of_it_again) {
  const auto numero = file({holder({})}, "k")->numero;
  const StoppedMessage naming{
      .key = "s",
      .raw = {.format = "sne@02.00:MOD", .content = model::Personal(std::string("x"))},
      .numero = numero};
  const model::Faults faults = {model::make_fault(model::FaultCode::registry_territory, "numeroUnique")};
  ASSERT_TRUE(quarantine_message(m_linked, decision(), naming, faults));
  ASSERT_TRUE(erase_registered(m_linked, decision(Action::erase_demande), *numero, "x", m_erasures));
  EXPECT_EQ(count("quarantine"), 0);
  EXPECT_FALSE(quarantine_message(m_linked, decision(), naming, faults));
}

TEST_F(Quarantine, holds_back_the_key_that_opens_it) {
  static_cast<void>(import(at_an_unknown_guichet()));
  const auto used = [&] {
    return store::in_transaction(m_pool, scope_of(decision(Action::administer)),
                                 [&](store::Transaction& transaction) {
                                   return store::is_generation_used(transaction, store::KeyUse::message, 1);
                                 });
  };
  EXPECT_TRUE(used());
  drop_quarantined(m_linked, decision(Action::administer), lines().at(0).id, "DOUBLON");
  EXPECT_FALSE(used());
}

TEST_F(Quarantine, holds_the_deposits_that_could_not_be_settled_and_settles_them_again) {
  const model::Personal<std::string> content(std::string(
      R"({"pivot":"1","guichet":{"guichet":"G6301"},"demandeur":{"nom":"VASSEUROT","prenoms":"Iris",)"
      R"("dateNaissance":"1991-12-03"},"logementRecherche":{"localisations":[{"commune":"63113"}]}})"));
  model::Faults faults;
  const Filing filed = read_kept_filing(shipped_pivot(), content, faults);
  const Requester anne = requester(
      {"anne", "demandeur", "personne:anne", policy::Purpose::enregistrement, policy::Channel::portail});
  const auto permitted = authorize_filing(m_linked, anne, "063", filed);
  ASSERT_TRUE(register_demande(m_linked, *permitted, filed, {"d1", "cerfa", content}));
  run_as_administrator("UPDATE passerelle.guichet SET validity = '[2010-01-01,2011-01-01)'");
  EXPECT_EQ(settle_deposits(m_linked, shipped_pivot(), "063").refused, 1);
  ASSERT_THAT(lines(), SizeIs(1));
  EXPECT_THAT(lines()[0].faults, ElementsAre("PAS-REG-001"));
  EXPECT_FALSE(replay(true, "cerfa").closed);
  EXPECT_THAT(lines(), SizeIs(1));
  run_as_administrator("UPDATE passerelle.guichet SET validity = '[2010-01-01,)'");
  run_as_administrator("DELETE FROM passerelle.inbox");  // its retention is shorter
  const Replay done = replay(true, "cerfa");
  for (const model::Fault& fault : done.faults)
    EXPECT_EQ(fault.severity, model::Severity::anomaly)
        << model::catalogue_entry(fault.code).code << fault.path;
  EXPECT_TRUE(done.closed);
  EXPECT_TRUE(settled_numero(m_linked, *permitted, "d1"));
  EXPECT_EQ(count("deposit WHERE refusal IS NULL AND demande_id IS NOT NULL"), 1);
}

}  // namespace
}  // namespace passerelle::service
