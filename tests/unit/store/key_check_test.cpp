#include "gateway/store/key_check.hpp"

#include <filesystem>
#include <gmock/gmock.h>

#include "tests/unit/store/registry_test.hpp"

namespace passerelle::store {
namespace {

namespace fs = std::filesystem;

using testing::HasSubstr;
using testing::ThrowsMessage;

class KeyCheckTest : public RegistryTest {
 protected:
  ~KeyCheckTest() override { fs::remove(m_path); }

  static fs::path fresh_path() {
    const fs::path path = fs::path(testing::TempDir()) / "passerelle-test-key-check";
    fs::remove(path);
    return path;
  }
  void check(const KeyFile& keys) {
    in_063([&](Transaction& transaction) {
      check_keys(transaction, keys, test_time);
      return true;
    });
  }

  fs::path m_path = fresh_path();
  KeyFile m_keys = KeyFile::create(m_path);
};

TEST_F(KeyCheckTest, takes_the_file_that_wrote_and_what_it_adds) {
  check(m_keys);
  EXPECT_NO_THROW(check(m_keys));
  m_keys.rotate(KeyUse::nir);
  EXPECT_NO_THROW(check(m_keys));
}

TEST_F(KeyCheckTest, refuses_the_file_of_another_database) {
  check(m_keys);
  fs::remove(m_path);
  const KeyFile other = KeyFile::create(m_path);
  EXPECT_THAT([&] { check(other); }, ThrowsMessage<KeyFileError>(HasSubstr("n'est pas celui de cette base")));
}

TEST_F(KeyCheckTest, refuses_a_file_that_lost_a_generation_unless_it_was_forgotten) {
  m_keys.rotate(KeyUse::demande);
  check(m_keys);
  m_keys.forget(KeyUse::demande, 1);
  EXPECT_THAT([&] { check(m_keys); },
              ThrowsMessage<KeyFileError>(HasSubstr("la génération 1 de la clé « demande »")));
  in_063([](Transaction& transaction) {
    note_forgotten(transaction, KeyUse::demande, 1, test_time);
    return true;
  });
  EXPECT_NO_THROW(check(m_keys));
}

}  // namespace
}  // namespace passerelle::store
