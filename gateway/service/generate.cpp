#include "gateway/service/generate.hpp"

#include <fmt/format.h>
#include <memory>

#include "gateway/codec/codec_choice.hpp"
#include "gateway/codec/json/json_writer.hpp"
#include "gateway/generation/demande_generator.hpp"
#include "gateway/generation/shape_generator.hpp"
#include "gateway/service/message_choice.hpp"

namespace passerelle::service {
namespace {

using codec::Record;
using codec::Shape;
using generation::DemandeGenerator;
using mapping::Formats;

constexpr std::string_view kind_list = "natureMessage";
constexpr std::string_view kind_path = "entete.natureMessage";

/// The bytes of a file of the pivot that is drawn while it is read.
class DrawnFile final : public codec::ByteSource {
 public:
  DrawnFile(const Shape& pivot, const DemandeGenerator& generator, std::uint64_t count)
      : m_writer(pivot, m_drawn), m_generator(&generator), m_demande(pivot, pivot.record()), m_count(count) {
    Record envelope(pivot, Shape::root());
    generator.fill_envelope(envelope);
    m_writer.envelope(envelope);
  }

  std::size_t read(char* into, std::size_t size) override {
    while (m_given == m_drawn.bytes().size()) {
      if (m_rank == m_count) return 0;
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
    m_generator->fill_demande(m_demande, m_rank++);
    m_writer.record(m_demande);
  }

  codec::MemorySink m_drawn;
  codec::JsonWriter m_writer;
  const DemandeGenerator* m_generator;
  Record m_demande;
  std::uint64_t m_count;
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

tl::unexpected<std::string> problem(std::string text) {
  return tl::unexpected(std::move(text));
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
  DrawnFile file(formats.pivot().shape(), generator, request.count);
  if (request.to.is_pivot()) return copy(file, *request.out, request.count);
  ConvertRequest conversion{.from = {.peer = std::string(mapping::pivot_format)},
                            .to = request.to,
                            .in = &file,
                            .out = request.out,
                            .receipt = request.receipt};
  conversion.geography = request.geography;
  conversion.on_fault = request.on_fault;
  conversion.on_progress = request.on_progress;
  return convert(formats, conversion);
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
