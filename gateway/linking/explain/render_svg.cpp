#include <algorithm>
#include <fmt/format.h>

#include "gateway/linking/explain/render.hpp"

namespace passerelle::linking {
namespace {

constexpr double row_height = 26;
constexpr double label_width = 430;
constexpr double chart_width = 520;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

/// One bar of the waterfall: from a running total to the next.
struct Bar {
  std::string label;
  double from = 0;
  double to = 0;
};

std::vector<Bar> bars_of(const Explanation& told) {
  std::vector<Bar> bars{{"au départ", 0, told.prior}};
  double total = told.prior;
  for (const Contribution& one : told.contributions) {
    bars.push_back({one.label + " : " + one.sentence, total, total + one.bits});
    total += one.bits;
  }
  bars.push_back({"parents possibles", total, told.log_odds});
  bars.push_back({fmt::format("total : probabilité {:.4f}", told.probability), 0, told.log_odds});
  return bars;
}

/// Places bits on the chart.
class Scale {
 public:
  explicit Scale(const std::vector<Bar>& bars) {
    for (const Bar& bar : bars) {
      m_least = std::min({m_least, bar.from, bar.to});
      m_most = std::max({m_most, bar.from, bar.to});
    }
  }
  [[nodiscard]] double x(double bits) const {
    return label_width + (bits - m_least) / std::max(1e-9, m_most - m_least) * chart_width;
  }

 private:
  double m_least = -1;
  double m_most = 1;
};

std::string bar_svg(const Bar& bar, std::size_t row, const Scale& scale) {
  const double top = 12 + static_cast<double>(row) * row_height;
  const double left = std::min(scale.x(bar.from), scale.x(bar.to));
  const double width = std::max(1.0, std::max(scale.x(bar.from), scale.x(bar.to)) - left);
  const bool up = bar.to >= bar.from;
  std::string svg = fmt::format(R"(<text x="4" y="{:.1f}">{}</text>)", top + 15, escaped(bar.label));
  svg += fmt::format(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="18" fill="{}"/>)", left, top,
                     width, up ? "#18753c" : "#ce0500");
  return svg + fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{:+.1f}</text>\n", left + width + 4, top + 15,
                           bar.to - bar.from);
}

}  // namespace

std::string render_svg(const Explanation& told) {
  const std::vector<Bar> bars = bars_of(told);
  const Scale scale(bars);
  const double height = static_cast<double>(bars.size()) * row_height + 24;
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} "
      "{1:.0f}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n",
      label_width + chart_width + 70, height);
  svg += "<title>Explication d'un rapprochement</title>\n";
  svg += fmt::format("<desc>De {:.1f} bits au départ à {:.1f} bits au total, décision : {}.</desc>\n",
                     told.prior, told.log_odds, decision_word(told.decision));
  svg += fmt::format("<line x1=\"{0:.1f}\" y1=\"4\" x2=\"{0:.1f}\" y2=\"{1:.1f}\" stroke=\"#3a3a3a\"/>\n",
                     scale.x(0), height - 8);
  for (std::size_t row = 0; row < bars.size(); ++row) svg += bar_svg(bars[row], row, scale);
  return svg + "</svg>\n";
}

}  // namespace passerelle::linking
