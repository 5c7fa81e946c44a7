#include "gateway/store/key_file.hpp"

#include <fstream>
#include <gmock/gmock.h>

namespace passerelle::store {
namespace {

namespace fs = std::filesystem;

using testing::HasSubstr;
using testing::ThrowsMessage;

class KeyFileTest : public testing::Test {
 protected:
  KeyFileTest() { fs::remove(m_path); }
  ~KeyFileTest() override { fs::remove(m_path); }

  void write(const std::string& text) const {
    std::ofstream(m_path) << text;
    fs::permissions(m_path, fs::perms::owner_read | fs::perms::owner_write);
  }
  auto loading() const {
    return [this] { static_cast<void>(KeyFile::load(m_path)); };
  }

  fs::path m_path = fs::path(testing::TempDir()) / "passerelle-test-keys";
};

TEST_F(KeyFileTest, is_read_as_it_was_made) {
  const KeyFile made = KeyFile::create(m_path);
  const KeyFile loaded = KeyFile::load(m_path);
  EXPECT_EQ(loaded.all(), made.all());
  const Bytes sealed = seal(made.current_key(KeyUse::nir), octets_of("x"), "");
  EXPECT_TRUE(unseal(loaded.current_key(KeyUse::nir), sealed, ""));
  EXPECT_FALSE(unseal(loaded.current_key(KeyUse::demande), sealed, "")) << "each use has its own";
}

TEST_F(KeyFileTest, belongs_to_the_gateway_alone) {
  const KeyFile made = KeyFile::create(m_path);
  EXPECT_EQ(fs::status(m_path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  fs::permissions(m_path, fs::perms::group_read, fs::perm_options::add);
  EXPECT_THAT(loading(), ThrowsMessage<KeyFileError>(HasSubstr("chmod 600")));
}

TEST_F(KeyFileTest, is_never_made_over_another) {
  const KeyFile made = KeyFile::create(m_path);
  EXPECT_THROW(KeyFile::create(m_path), KeyFileError);
}

TEST_F(KeyFileTest, turns_its_keys_and_still_reads_with_the_old_one) {
  KeyFile file = KeyFile::create(m_path);
  const Bytes sealed = seal(file.current_key(KeyUse::nir), octets_of("x"), "");
  EXPECT_EQ(file.rotate(KeyUse::nir), 2);
  const KeyFile loaded = KeyFile::load(m_path);
  EXPECT_EQ(loaded.current(KeyUse::nir), 2);
  EXPECT_EQ(loaded.current(KeyUse::demande), 1);
  EXPECT_TRUE(unseal(loaded.key(KeyUse::nir, 1), sealed, ""));
}

TEST_F(KeyFileTest, forgets_a_generation_for_ever) {
  KeyFile file = KeyFile::create(m_path);
  file.rotate(KeyUse::demande);
  file.forget(KeyUse::demande, 1);
  const KeyFile loaded = KeyFile::load(m_path);
  EXPECT_THAT([&] { static_cast<void>(loaded.key(KeyUse::demande, 1)); },
              ThrowsMessage<KeyFileError>(HasSubstr("la génération 1 de la clé « demande » manque")));
}

TEST_F(KeyFileTest, is_refused_with_its_line_when_damaged) {
  EXPECT_THAT(loading(), ThrowsMessage<KeyFileError>(HasSubstr("absent")));
  write("");
  EXPECT_THAT(loading(), ThrowsMessage<KeyFileError>(HasSubstr(":1 : ce n'est pas un fichier de clés")));
  write("passerelle-keys 1\n");
  EXPECT_THAT(loading(), ThrowsMessage<KeyFileError>(HasSubstr("aucune clé « demande »")));
  const std::string key(64, 'a');
  for (const std::string& line :
       {"demande 1 " + key + "a", "demande 0 " + key, "autre 1 " + key, "demande 1 " + std::string(64, 'g'),
        std::string("demande 1"), "demande 1 " + key + "\ndemande 1 " + key}) {
    write("passerelle-keys 1\n# note\n" + line + "\n");
    EXPECT_THAT(loading(), ThrowsMessage<KeyFileError>(HasSubstr(" : clé illisible"))) << line;
  }
}

}  // namespace
}  // namespace passerelle::store
