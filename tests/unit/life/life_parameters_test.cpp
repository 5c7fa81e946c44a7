#include "gateway/life/life_parameters.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <unistd.h>

#include "tests/unit/life/shipped_life.hpp"

namespace passerelle::life {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(LifeParameters, have_a_national_value_that_holds) {
  const Parameters& national = shipped_parameters().national();
  EXPECT_EQ(national[Parameter::validity_months], 12);
  EXPECT_EQ(national[Parameter::unrenewed_radiation_months], 13);
  EXPECT_THAT(ParameterCatalogue::contradiction(national), IsEmpty());
}

TEST(LifeParameters, refuse_a_duration_that_is_zero_negative_or_ten_times_too_long) {
  for (std::size_t i = 0; i < parameter_count; ++i) {
    const auto parameter = static_cast<Parameter>(i);
    const auto name = parameter_name(parameter);
    const int national = shipped_parameters().national()[parameter];
    EXPECT_THAT(shipped_parameters().take(name, fmt::format("{}", national)).refusal, IsEmpty()) << name;
    if (!name.ends_with("-mois")) continue;
    for (const int wrong : {0, -national, 10 * national})
      EXPECT_THAT(shipped_parameters().take(name, fmt::format("{}", wrong)).refusal, HasSubstr("attendu"))
          << name << ' ' << wrong;
  }
}

TEST(LifeParameters, refuse_what_is_no_whole_number_or_no_parameter) {
  for (const char* const wrong : {"", "douze", "12.5", "12 mois", "0x0c", "99999999999999999999"})
    EXPECT_THAT(shipped_parameters().take("validite-mois", wrong).refusal, Not(IsEmpty())) << wrong;
  EXPECT_THAT(shipped_parameters().take("validite", "12").refusal, HasSubstr("aucun paramètre"));
}

TEST(LifeParameters, find_values_that_cannot_hold_together) {
  Parameters values = shipped_parameters().national();
  values.set(Parameter::validity_months, 24);
  EXPECT_THAT(ParameterCatalogue::contradiction(values), HasSubstr("avant la fin de sa validité"));
  values = shipped_parameters().national();
  values.set(Parameter::unrenewed_window_months, 13);
  values.set(Parameter::unrenewed_radiation_months, 14);
  EXPECT_THAT(ParameterCatalogue::contradiction(values), HasSubstr("avant la radiation"));
}

TEST(LifeParameters, are_not_read_from_a_table_that_lacks_some) {
  const auto file =
      std::filesystem::path(testing::TempDir()) / fmt::format("passerelle-parametres-{}.csv", ::getpid());
  std::ofstream(file) << "nom,unite,national,au_moins,au_plus,libelle,fondement,certitude\n"
                         "validite-mois,mois,48,6,24,x,x,public\n";
  codec::TableFaults faults;
  static_cast<void>(ParameterCatalogue::read(file, faults));
  EXPECT_THAT(faults, testing::SizeIs(1)) << "out of its own bounds";
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace passerelle::life
