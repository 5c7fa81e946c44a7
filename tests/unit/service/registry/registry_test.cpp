#include "gateway/service/registry/registry.hpp"

#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {
namespace {

class RegistryTraceTest : public Registering {
 protected:
  void ask_without_access(const std::vector<std::string>& territories) const {
    const Requester stranger{.actor = {"bailleur", "martin", "martin", "bailleur"},
                             .purpose = policy::Purpose::instruction,
                             .channel = policy::Channel::agent,
                             .reason = {}};
    EXPECT_FALSE(authorize(m_registry, stranger, policy::Action::find_person, territories));
  }
};

TEST_F(RegistryTraceTest, of_a_denial_names_who_asked_for_what_and_the_rule) {
  ask_without_access({"063", "111"});
  EXPECT_EQ(count("audit_leaf"), 2) << "one for each territory";
  EXPECT_EQ(
      count("audit_leaf WHERE territory = '063' AND body_id = 'bailleur' AND agent = 'martin' AND action = "
            "'find' AND purpose = 'instruction' AND rule = 'refus-territoire' AND NOT allowed AND subject IS "
            "NULL"),
      1);
}

TEST_F(RegistryTraceTest, of_a_denial_without_territory_stands_under_none) {
  ask_without_access({});
  ask_without_access({"63; --"});
  EXPECT_EQ(count("audit_leaf WHERE territory = '000'"), 2);
}

TEST_F(RegistryTraceTest, of_a_refusal_holds_each_code_once_and_no_path) {
  using model::FaultCode;
  note_refusal(m_registry, decision(),
               {model::make_fault(FaultCode::registry_territory, "a"),
                model::make_fault(FaultCode::registry_guichet, "b"),
                model::make_fault(FaultCode::registry_territory, "c")});
  EXPECT_EQ(count("audit_leaf WHERE rule = 'PAS-REG-001 PAS-REG-002' AND NOT allowed"), 1);
}

}  // namespace
}  // namespace passerelle::service
