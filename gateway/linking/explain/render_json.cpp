#include <fmt/format.h>

#include "gateway/linking/explain/render.hpp"

namespace passerelle::linking {
namespace {

/// A JSON string (RFC 8259, 7).
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string contribution_json(const Contribution& one) {
  std::string json = fmt::format(R"({{"comparaison":{},"constat":{},"bits":{:.3f})", quoted(one.label),
                                 quoted(one.sentence), one.bits);
  if (!one.left.empty()) json += fmt::format(R"(,"gauche":{})", quoted(one.left));
  if (!one.right.empty()) json += fmt::format(R"(,"droite":{})", quoted(one.right));
  return json + "}";
}

}  // namespace

std::string render_json(const Explanation& told) {
  std::string json = fmt::format(R"({{"depart":{:.3f},"contributions":[)", told.prior);
  for (std::size_t i = 0; i < told.contributions.size(); ++i) {
    json += (i == 0 ? "" : ",") + contribution_json(told.contributions[i]);
  }
  json += fmt::format(R"(],"parents":{:.3f},"total":{:.3f},"probabilite":{:.6f},"decision":{})",
                      told.relatives, told.log_odds, told.probability, quoted(decision_word(told.decision)));
  if (told.guard != Guard::none) json += fmt::format(R"(,"garde":{})", quoted(guard_sentence(told.guard)));
  return json + "}\n";
}

}  // namespace passerelle::linking
