#include "adapters/sne/operation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::sne {
namespace {

TEST(Operation, is_found_by_its_request_element) {
  for (const OperationEntry& entry : operations()) {
    ASSERT_NE(operation_of_element(entry.element), nullptr);
    EXPECT_EQ(operation_of_element(entry.element)->operation, entry.operation);
    EXPECT_TRUE(entry.service.starts_with("get") || entry.operation == Operation::declaration_nouveau_dalo);
  }
  EXPECT_EQ(operations().size(), 6U);
  EXPECT_EQ(operation_of_element("getNumUnique"), nullptr);
  EXPECT_EQ(operation_of_element(""), nullptr);
}

TEST(Operation, carries_a_certificate_unless_it_looks_for_doublons) {
  for (const OperationEntry& entry : operations()) {
    const bool carries = std::ranges::count(entry.fields, "certificat") == 1;
    EXPECT_EQ(carries, entry.operation != Operation::doublons) << entry.service;
  }
}

}  // namespace
}  // namespace passerelle::sne
