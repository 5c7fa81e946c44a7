#include "gateway/linking/normalise/sound.hpp"

#include <gtest/gtest.h>

namespace passerelle::linking {
namespace {

TEST(Sound, joins_french_spellings) {
  EXPECT_EQ(sound_of("beaulac"), sound_of("baulac"));
  EXPECT_EQ(sound_of("dupont"), sound_of("dupond"));
  EXPECT_EQ(sound_of("henri"), sound_of("henry"));
  EXPECT_EQ(sound_of("philippe"), sound_of("filippe"));
  EXPECT_EQ(sound_of("sceau"), sound_of("seau"));
  EXPECT_NE(sound_of("durand"), sound_of("dubois"));
}

TEST(Skeleton, survives_transliteration) {
  EXPECT_EQ(skeleton_of("oualid"), skeleton_of("walid"));
  EXPECT_EQ(skeleton_of("khaled"), skeleton_of("halid"));
  EXPECT_EQ(skeleton_of("alijew"), skeleton_of("aliyev"));
  EXPECT_EQ(skeleton_of("djamel"), skeleton_of("jamal"));
  EXPECT_NE(skeleton_of("walid"), skeleton_of("khaled"));
}

}  // namespace
}  // namespace passerelle::linking
