#include "gateway/service/registry/registry.hpp"

#include "tests/unit/service/registry/registering.hpp"

namespace passerelle::service {
namespace {

class RegistryTraceTest : public Registering {
 protected:
  static policy::Denial denial(std::vector<std::string> territories) {
    return policy::LocalPolicy::decide({{"bailleur", "martin", false},
                                        policy::Action::show_demande,
                                        "curiosité",
                                        std::move(territories)})
        .error();
  }
};

TEST_F(RegistryTraceTest, of_a_denial_names_who_asked_for_what_and_the_rule) {
  note_refusal(m_registry, denial({"063", "111"}));
  EXPECT_EQ(count("audit_leaf"), 2) << "one for each territory";
  EXPECT_EQ(
      count("audit_leaf WHERE territory = '063' AND body_id = 'bailleur' AND agent = 'martin' AND action = "
            "'show' AND purpose = 'curiosité' AND rule = 'refus-par-defaut' AND NOT allowed AND subject IS "
            "NULL"),
      1);
}

TEST_F(RegistryTraceTest, of_a_denial_without_territory_stands_under_none) {
  note_refusal(m_registry, denial({}));
  note_refusal(m_registry, denial({"63; --"}));
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
