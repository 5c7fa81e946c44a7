#include "adapters/sne/duplicate_list.hpp"

#include <fmt/format.h>

namespace passerelle::sne {

void write_duplicates(codec::ByteSink& sink, const std::vector<service::FoundHousehold>& found) {
  std::string out = R"(<ns1:listeDoublons xmlns:ns1="http://nuu.application.i2/">)";
  for (const service::FoundHousehold& one : found)
    out += fmt::format(
        "<ns1:doublon><ns1:numUnique>{}</ns1:numUnique><ns1:memeMenage>{}</ns1:memeMenage></ns1:doublon>",
        one.numero.text().reveal(), one.relation == service::Household::same);
  sink.write(out + "</ns1:listeDoublons>");
}

}  // namespace passerelle::sne
