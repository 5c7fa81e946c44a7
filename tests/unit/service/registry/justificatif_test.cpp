#include "gateway/service/registry/justificatif.hpp"

#include <gmock/gmock.h>

#include "gateway/codec/limits.hpp"
#include "gateway/service/registry/alias.hpp"
#include "gateway/service/registry/erase.hpp"
#include "tests/unit/service/access/people.hpp"

namespace passerelle::service {
namespace {

using model::NumeroUnique;
using policy::Action;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr const char* pdf = "%PDF-1.7\nINVENTE";
constexpr const char* png = "\x89PNG\r\n\x1a\nINVENTE";

class JustificatifTest : public AmongPeople {
 protected:
  static FiledCopy copy(const std::string& kind, const std::string& octets = pdf,
                        std::optional<std::string> type = {}) {
    return {.kind = kind, .media_type = std::move(type), .octets = model::Personal(octets)};
  }
  static Agent at_portal(const std::string& account) {
    return {account, "demandeur", "", policy::Purpose::enregistrement, policy::Channel::portail};
  }
  template <typename Answer>
  static std::string code_of(const Answer& answer) {
    return answer ? "" : std::string(model::catalogue_entry(answer.error().at(0).code).code);
  }
  policy::Decision allowed(const Agent& agent, Action action, const NumeroUnique& numero) const {
    const auto decision = ask(agent, action, numero, "motif inventé");
    if (!decision) throw std::runtime_error(decision.error().rule());
    return *decision;
  }
  tl::expected<FiledJustificatif, model::Faults> file(const Agent& agent, const FiledCopy& filed) {
    return file_justificatif(m_people, allowed(agent, Action::file_document, m_numero), m_numero, filed);
  }
  std::vector<std::string> kinds(const Agent& agent, const NumeroUnique& numero) const {
    const auto all = list_justificatifs(m_people, allowed(agent, Action::show_document, numero), numero);
    std::vector<std::string> listed;
    for (const auto& shown : *all) listed.push_back(shown.kind);
    return listed;
  }
  tl::expected<model::Personal<std::string>, model::Faults> read(const Agent& agent,
                                                                 const JustificatifId& id) const {
    return read_justificatif(m_people, allowed(agent, Action::show_document, m_numero), m_numero, id);
  }
  policy::Decision of_the_manager(Action action) const {
    return *authorize_on(m_people, local_administrator("afpbsa", "martin"), action, m_numero);
  }

  const NumeroUnique m_numero = filed({person('A', 1), person('B', 2)}, "k1");
};

TEST_F(JustificatifTest, gives_back_the_octets_that_were_filed_to_another_desk_too) {
  const auto before = count("audit_leaf");
  const auto filed = file(m_alice, copy("ressources", png, "image/png"));
  ASSERT_TRUE(filed);
  EXPECT_TRUE(filed->is_new);
  const auto listed =
      *list_justificatifs(m_people, allowed(m_alice, Action::show_document, m_numero), m_numero);
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_EQ(listed[0].id, filed->id);
  EXPECT_EQ(listed[0].media_type, "image/png");
  EXPECT_EQ(listed[0].size, std::to_string(std::string_view(png).size()));
  EXPECT_EQ(listed[0].filed_at, store::test_time);
  EXPECT_EQ(listed[0].body, "afpbsa");
  EXPECT_EQ(read(m_delegate, filed->id)->reveal(), png);
  EXPECT_EQ(count("audit_leaf"), before + 3);
  EXPECT_EQ(count("justificatif WHERE position(convert_to('INVENTE', 'UTF8') IN copy) > 0"), 0);
}

TEST_F(JustificatifTest, is_kept_once) {
  const auto first = file(m_alice, copy("ressources"));
  const auto again = file(m_delegate, copy("ressources"));
  EXPECT_EQ(again->id, first->id);
  EXPECT_FALSE(again->is_new);
  EXPECT_TRUE(file(m_alice, copy("identite"))->is_new) << "the same octets prove something else";
}

TEST_F(JustificatifTest, refuses_what_is_of_no_list_or_type_or_is_too_large) {
  EXPECT_EQ(code_of(file(m_alice, copy("bulletinScolaire"))), "PAS-VAL-002");
  EXPECT_EQ(code_of(file(m_alice, copy("x\",\"y"))), "PAS-VAL-002");
  for (const char* octets : {"", "%PDF", "<html>", "PK\x03\x04"})
    EXPECT_EQ(code_of(file(m_alice, copy("identite", octets))), "PAS-JUS-001") << octets;
  EXPECT_EQ(code_of(file(m_alice, copy("identite", pdf, "image/png"))), "PAS-JUS-001")
      << "what the sender says is not so";
  std::string large = pdf;
  large.resize(codec::limits::justificatif_bytes, ' ');
  EXPECT_TRUE(file(m_alice, copy("identite", large)));
  large += ' ';
  EXPECT_EQ(code_of(file(m_alice, copy("identite", large))), "PAS-LIM-012");
  EXPECT_EQ(count("justificatif"), 1);
}

TEST_F(JustificatifTest, takes_no_more_than_a_list_may_hold) {
  for (std::size_t rank = 0; rank < codec::limits::list_items; ++rank)
    ASSERT_TRUE(file(m_alice, copy("identite", pdf + std::to_string(rank))));
  EXPECT_EQ(code_of(file(m_alice, copy("identite"))), "PAS-LIM-005");
  EXPECT_FALSE(file(m_alice, copy("identite", std::string(pdf) + "0"))->is_new) << "what is there stays so";
}

TEST_F(JustificatifTest, is_replaced_and_withdrawn) {
  const auto filed = file(m_alice, copy("identite"));
  const auto decision = allowed(m_alice, Action::file_document, m_numero);
  ASSERT_TRUE(replace_justificatif(m_people, decision, m_numero, filed->id, copy("titreSejour", png)));
  EXPECT_THAT(kinds(m_alice, m_numero), ElementsAre("titreSejour"));
  EXPECT_EQ(read(m_alice, filed->id)->reveal(), png);
  ASSERT_TRUE(withdraw_justificatif(m_people, decision, m_numero, filed->id));
  EXPECT_THAT(kinds(m_alice, m_numero), IsEmpty());
  EXPECT_EQ(count("justificatif"), 0);
  EXPECT_EQ(code_of(read(m_alice, filed->id)), "PAS-JUS-002");
  EXPECT_EQ(code_of(withdraw_justificatif(m_people, decision, m_numero, filed->id)), "PAS-JUS-002");
}

TEST_F(JustificatifTest, each_of_a_household_sees_their_own) {
  put_in_household("anne", m_numero, "demandeur");
  put_in_household("bruno", m_numero, "cotitulaire");
  const auto hers = file(at_portal("anne"), copy("ressources"));
  ASSERT_TRUE(file(at_portal("bruno"), copy("handicap", png)));
  EXPECT_THAT(kinds(portal("anne"), m_numero), ElementsAre("ressources"));
  EXPECT_THAT(kinds(portal("bruno"), m_numero), ElementsAre("handicap"));
  EXPECT_EQ(code_of(read(portal("bruno"), hers->id)), "PAS-JUS-002") << "as one that is not there";
  EXPECT_EQ(code_of(withdraw_justificatif(
                m_people, allowed(at_portal("bruno"), Action::file_document, m_numero), m_numero, hers->id)),
            "PAS-JUS-002");
}

TEST_F(JustificatifTest, hides_what_tells_of_violence_from_a_desk) {
  const auto grave = file(m_alice, copy("motif"));
  ASSERT_TRUE(grave);
  EXPECT_THAT(kinds(m_alice, m_numero), IsEmpty());
  EXPECT_EQ(code_of(read(m_alice, grave->id)), "PAS-JUS-002");
}

TEST_F(JustificatifTest, follows_its_demande_into_a_merge_and_out_of_it) {
  const auto other = filed({person('C', 3)}, "k2");
  ASSERT_TRUE(file(m_alice, copy("identite")));
  ASSERT_TRUE(file_justificatif(m_people, allowed(m_alice, Action::file_document, other), other,
                                copy("ressources", png)));
  const auto manager = decision(Action::merge_demandes);
  ASSERT_TRUE(merge_demandes(m_registry, manager, {m_numero, other, "décision inventée"}));
  EXPECT_THAT(kinds(m_alice, m_numero), UnorderedElementsAre("identite", "ressources"));
  ASSERT_TRUE(split_demande(m_registry, decision(Action::split_demande), other));
  EXPECT_THAT(kinds(m_alice, m_numero), ElementsAre("identite"));
  EXPECT_THAT(kinds(m_alice, other), ElementsAre("ressources"));
}

TEST_F(JustificatifTest, goes_with_its_demande) {
  ASSERT_TRUE(file(m_alice, copy("identite")));
  EXPECT_EQ(count("justificatif"), 1);
  ASSERT_TRUE(
      erase_registered(m_registry, of_the_manager(Action::erase_demande), m_numero, "test", m_erasures));
  EXPECT_EQ(count("justificatif"), 0);
}

TEST_F(JustificatifTest, of_another_demande_is_refused_by_the_decision) {
  const auto other = filed({person('C', 3)}, "k2");
  EXPECT_EQ(code_of(list_justificatifs(m_people, allowed(m_alice, Action::show_document, m_numero), other)),
            "PAS-REG-009");
}

}  // namespace
}  // namespace passerelle::service
