#include "gateway/service/generate.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <memory>

#include "gateway/codec/codec_choice.hpp"
#include "gateway/codec/json/json_writer.hpp"
#include "gateway/codec/printable.hpp"
#include "gateway/codec/validate.hpp"
#include "gateway/generation/demande_generator.hpp"
#include "gateway/generation/shape_generator.hpp"
#include "gateway/mapping/exporter.hpp"
#include "gateway/service/message_choice.hpp"

namespace passerelle::service {
namespace {

using codec::Record;
using codec::Shape;
using generation::DemandeGenerator;
using mapping::Formats;

constexpr std::string_view kind_list = "natureMessage";
constexpr std::string_view kind_path = "entete.natureMessage";

/// Thrown when no demande that is drawn can be carried by the message; caught by `generate`.
struct Unsuitable {};

/// Whether a message can carry a demande: a bailleur's file takes no legal person, a control of employment
/// nobody without an employer.
class Suitability {
 public:
  explicit Suitability(const mapping::Format& format)
      : m_plan(*format.plan),
        m_external(*format.shape, format.shape->record()),
        m_tally(format.plan->lines.size()) {}

  /// Values that do not fit may be left out, mandatory places may not.
  [[nodiscard]] bool takes(const Record& demande) {
    model::Faults faults;
    m_external.clear();
    m_tally.clear();
    export_record(m_plan, demande, m_external, m_tally, faults);
    validate_structure(m_external, faults);
    return std::ranges::all_of(
        faults, [](const model::Fault& fault) { return fault.code == model::FaultCode::mapping_overflow; });
  }

 private:
  const mapping::Plan& m_plan;
  Record m_external;
  mapping::Tally m_tally;
};

/// The bytes of a file of the pivot that is drawn while it is read.
class DrawnFile final : public codec::ByteSource {
 public:
  /// `suitability` may be null: every demande is written.
  DrawnFile(const Shape& pivot, const DemandeGenerator& generator, std::uint64_t count,
            Suitability* suitability)
      : m_writer(pivot, m_drawn),
        m_generator(&generator),
        m_suitability(suitability),
        m_demande(pivot, pivot.record()),
        m_left(count) {
    Record envelope(pivot, Shape::root());
    generator.fill_envelope(envelope);
    m_writer.envelope(envelope);
  }

  std::size_t read(char* into, std::size_t size) override {
    while (m_given == m_drawn.bytes().size()) {
      if (m_left == 0) return 0;
      draw_next();
    }
    const std::size_t taken = m_drawn.bytes().copy(into, size, m_given);
    m_given += taken;
    return taken;
  }

 private:
  void draw_next() {
    m_drawn.clear();
    m_given = 0;
    constexpr std::uint64_t tries = 10'000;
    for (std::uint64_t n = 0; n < tries; ++n) {
      m_generator->fill_demande(m_demande, m_rank++);
      if (m_suitability != nullptr && !m_suitability->takes(m_demande)) continue;
      m_demande.ordinal = ++m_written;
      m_writer.record(m_demande);
      --m_left;
      return;
    }
    throw Unsuitable{};
  }

  codec::MemorySink m_drawn;
  codec::JsonWriter m_writer;
  const DemandeGenerator* m_generator;
  Suitability* m_suitability;
  Record m_demande;
  std::uint64_t m_left;
  std::uint64_t m_written = 0;
  std::uint64_t m_rank = 0;
  std::size_t m_given = 0;
};

/// Whether an envelope of that kind makes the peer write that very message.
bool makes(Formats& formats, const mapping::FormatName& to, std::string_view kind) {
  const Shape& pivot = formats.pivot().shape();
  Record envelope(pivot, Shape::root());
  if (!kind.empty()) envelope.set(envelope.root(), *formats.pivot().node(kind_path), codec::Value(kind));
  mapping::TableFaults faults;
  const auto chosen = choose_output(formats, {.peer = to.peer, .version = to.version}, envelope, faults);
  return chosen && (*chosen)->message == to.message;
}

/// The kind of message that a format is made for; nothing asked and nothing found: a demande of the stock.
tl::expected<std::string, std::string> kind_of(Formats& formats, const GenerateRequest& request) {
  const mapping::CodeList& list = *formats.pivot().list(*formats.pivot().node(kind_path));
  if (!request.kind.empty()) {
    if (list.find(request.kind) != nullptr) return request.kind;
    return tl::unexpected(fmt::format("{} inconnu : {}", kind_list, request.kind));
  }
  if (request.to.is_pivot() || request.to.message.empty() || makes(formats, request.to, {})) return {};
  for (const mapping::Code& entry : list.codes) {
    if (makes(formats, request.to, entry.code)) return entry.code;
  }
  return {};
}

ConvertSummary copy(codec::ByteSource& from, codec::ByteSink& to, std::uint64_t count) {
  constexpr std::size_t block_bytes = 256 * 1024;
  std::string block(block_bytes, '\0');
  while (const std::size_t size = from.read(block.data(), block.size())) to.write({block.data(), size});
  return {.demandes = count};
}

tl::unexpected<std::string> problem(std::string_view text) {
  return tl::unexpected(codec::printable(text));
}

/// The message that the peer writes for that envelope.
tl::expected<const mapping::Format*, std::string> message_of(Formats& formats, const mapping::FormatName& to,
                                                             const DemandeGenerator& generator) {
  Record envelope(formats.pivot().shape(), Shape::root());
  generator.fill_envelope(envelope);
  mapping::TableFaults faults;
  const auto chosen = choose_output(formats, to, envelope, faults);
  const mapping::Format* format = chosen ? formats.get(**chosen, faults) : nullptr;
  if (format != nullptr) return format;
  return problem(faults.empty() && !chosen ? chosen.error().problem : faults.front().text);
}

ConvertSummary export_file(Formats& formats, const GenerateRequest& request,
                           const DemandeGenerator& generator, const mapping::Format& message) {
  Suitability suitability(message);
  DrawnFile file(formats.pivot().shape(), generator, request.count, &suitability);
  ConvertRequest conversion{.from = {.peer = std::string(mapping::pivot_format)},
                            .to = request.to,
                            .in = &file,
                            .out = request.out,
                            .receipt = request.receipt};
  conversion.geography = request.geography;
  conversion.on_fault = request.on_fault;
  conversion.on_progress = request.on_progress;
  return *convert(formats, conversion);
}

}  // namespace

tl::expected<ConvertSummary, std::string> generate(Formats& formats, const GenerateRequest& request) {
  const auto territory = generation::Territory::find(*request.geography, request.territory);
  if (!territory) return problem(fmt::format("territoire inconnu : {}", request.territory));
  if (!request.to.is_pivot() && formats.candidates(request.to).empty())
    return problem(fmt::format("format inconnu : {}", request.to.peer));
  const auto kind = kind_of(formats, request);
  if (!kind) return problem(kind.error());
  const auto country = generation::Territory::whole(*request.geography);
  const DemandeGenerator generator(
      *request.words, *territory, country,
      {.seed = request.seed, .count = request.count, .kind = *kind, .today = request.today});
  if (request.to.is_pivot()) {
    DrawnFile file(formats.pivot().shape(), generator, request.count, nullptr);
    return copy(file, *request.out, request.count);
  }
  const auto message = message_of(formats, request.to, generator);
  if (!message) return problem(message.error());
  try {
    return export_file(formats, request, generator, **message);
  } catch (const Unsuitable&) {
    return problem("aucune demande inventée ne convient à ce message");
  }
}

tl::expected<ConvertSummary, std::string> generate_from_schema(Formats& formats,
                                                               const GenerateRequest& request) {
  const Shape* shape = &formats.pivot().shape();
  if (!request.to.is_pivot()) {
    const auto candidates = formats.candidates(request.to);
    if (candidates.size() != 1) return problem("le schéma est celui d'un message : peer@version:message");
    mapping::TableFaults faults;
    const mapping::Format* format = formats.get(*candidates.front(), faults);
    if (format == nullptr) return problem(faults.front().text);
    shape = format->shape.get();
  }
  const std::unique_ptr<codec::Writer> writer = codec::make_writer(*shape, *request.out);
  const generation::ShapeGenerator generator(*shape);
  Record envelope(*shape, Shape::root());
  Record record(*shape, shape->record());
  generator.fill(envelope, request.seed);
  writer->envelope(envelope);
  for (std::uint64_t rank = 0; rank < request.count; ++rank) {
    generator.fill(record, generation::Dice(request.seed).next() + rank);
    record.ordinal = rank + 1;
    writer->record(record);
    if (request.on_progress) request.on_progress(rank + 1);
  }
  writer->finish();
  return ConvertSummary{.demandes = request.count};
}

}  // namespace passerelle::service
