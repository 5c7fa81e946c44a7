// Measures what a mask adds to showing one demande, the database left out: opening the sealed text of a
// version alone, then opening and masking it, in turn in one run; `mask_bench [demandes]`, Release only.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <stdexcept>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/generation/vocabulary.hpp"
#include "gateway/policy/engine.hpp"
#include "gateway/service/access/access_places.hpp"
#include "gateway/service/access/pivot_mask.hpp"
#include "gateway/service/generate.hpp"
#include "gateway/store/cipher.hpp"
#include "tests/laws/shipped_formats.hpp"

namespace passerelle {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int rounds = 7;
const std::filesystem::path geography = "build/release/share/passerelle/geography";

/// Demandes as the registry keeps them. Run from the root of the checkout, as every measure.
std::vector<store::Bytes> seal_demandes(mapping::Formats& formats, std::uint64_t count,
                                        const store::SecretKey& key) {
  const generation::Vocabulary words("mappings/generation");
  const model::Geography places = model::Geography::parse(codec::read_file(geography / "communes.csv"),
                                                          codec::read_file(geography / "departements.csv"));
  codec::MemorySink out;
  service::GenerateRequest request{.count = count,
                                   .seed = 1,
                                   .territory = "063",
                                   .to = *mapping::parse_format_name("cerfa"),
                                   .today = *generation::parse_day("2026-01-01"),
                                   .words = &words,
                                   .geography = &places,
                                   .out = &out};
  request.on_fault = [](const model::Fault&) {};
  if (const auto done = service::generate(formats, request); !done) throw std::runtime_error(done.error());
  std::vector<store::Bytes> sealed;
  std::string_view text = out.bytes();
  for (bool envelope = true; !text.empty(); envelope = false) {
    const std::size_t end = text.find('\n') + 1;
    if (!envelope) sealed.push_back(store::seal(key, store::octets_of(text.substr(0, end)), "bench"));
    text.remove_prefix(end);
  }
  return sealed;
}

policy::Decision bailleur_reads(const policy::Engine& engine) {
  policy::AccessRequest request{
      .role = engine.role("bailleur").value(),
      .purpose = policy::Purpose::instruction,
      .action = policy::Action::show_demande,
      .channel = policy::Channel::agent,
      .state = policy::State::active,
      .ties = {policy::Tie::habilitation, policy::Tie::localisation, policy::Tie::parc},
      .date = policy::parse_day("2026-06-01").value()};
  request.asked.insert("063");
  request.granted.insert("063");
  return engine.decide({.actor = {.body = "bench", .agent = "bench"}}, request).value();
}

/// Microseconds for each of the demandes, by the best of some rounds.
template <typename Show>
double best(const std::vector<store::Bytes>& sealed, Show show) {
  double least = 1e9;
  for (int round = 0; round < rounds; ++round) {
    const auto begin = Clock::now();
    for (const store::Bytes& octets : sealed) show(octets);
    const std::chrono::duration<double, std::micro> taken = Clock::now() - begin;
    least = std::min(least, taken.count() / static_cast<double>(sealed.size()));
  }
  return least;
}

void run(std::uint64_t count) {
  laws::ShippedFormats& shipped = laws::ShippedFormats::get();
  const mapping::PivotCatalogue& pivot = shipped.formats().pivot();
  policy::Engine engine(&pivot.shape());
  if (!engine.load("mappings/access", service::access_places(pivot)).empty())
    throw std::runtime_error("mappings/access");
  const store::SecretKey key = store::SecretKey::make();
  const std::vector<store::Bytes> sealed = seal_demandes(shipped.formats(), count, key);
  const policy::Decision decision = bailleur_reads(engine);
  service::PivotMask mask(pivot.shape());
  std::size_t shown = 0;
  std::size_t whole = 0;
  const auto open = [&](const store::Bytes& octets) {
    return model::Personal(std::string(store::text_of(store::unseal(key, octets, "bench").value())));
  };
  const double without = best(sealed, [&](const auto& octets) { whole += open(octets).reveal().size(); });
  const double with = best(
      sealed, [&](const auto& octets) { shown += mask.apply(open(octets), decision, {}).reveal().size(); });
  fmt::print("{} demandes of {} octets, {} of them shown\n", sealed.size(), whole / rounds / sealed.size(),
             shown / rounds / sealed.size());
  fmt::print("opened              {:>7.1f} us\nopened and masked   {:>7.1f} us  ratio {:.1f}\n", without,
             with, with / without);
}

}  // namespace
}  // namespace passerelle

int main(int count, char** arguments) {
  passerelle::run(count > 1 ? std::stoull(arguments[1]) : 1000);
  return 0;
}
