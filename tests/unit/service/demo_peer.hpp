// Documents of the peer `demo` of tests/data/home, there and back.
#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/conversion.hpp"

namespace passerelle::service {

class DemoPeer : public testing::Test {
 protected:
  static std::string document(std::string_view inside) {
    return fmt::format(
        R"(<?xml version="1.0" encoding="UTF-8"?>)"
        "\n"
        R"(<ns1:demandes xmlns:ns1="urn:passerelle:demo"><ns1:demande version="1"><ns1:nom>Roux</ns1:nom>{}</ns1:demande>)"
        "\n</ns1:demandes>\n",
        inside);
  }

  Converted import(std::string_view inside) { return m_converter.run("demo", "cerfa", document(inside)); }
  Converted export_pivot(std::string_view members) {
    return m_converter.run("cerfa", "demo", fmt::format(R"({{"pivot":"1","nom":"Roux"{}}})", members));
  }

  /// There and back: the pivot text must hold `pivot`, and the document must be the same.
  Converted expect_round_trip(std::string_view inside, const std::string& pivot) {
    const Converted there = import(inside);
    EXPECT_THAT(there.out, testing::HasSubstr(pivot));
    EXPECT_EQ(there.losses(), 0U) << there.receipt;
    const Converted back = m_converter.run("cerfa", "demo", there.out);
    EXPECT_EQ(back.losses(), 0U) << back.receipt;
    EXPECT_THAT(back.out, testing::HasSubstr(fmt::format("<ns1:nom>Roux</ns1:nom>{}</ns1:demande>", inside)));
    return there;
  }

  Converter m_converter{test_home()};
};

}  // namespace passerelle::service
