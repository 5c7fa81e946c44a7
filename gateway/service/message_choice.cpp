#include "gateway/service/message_choice.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "gateway/codec/csv/csv_reader.hpp"
#include "gateway/codec/fixed/fixed_reader.hpp"
#include "gateway/codec/json/json_sniff.hpp"
#include "gateway/codec/xml/xml_sniff.hpp"

namespace passerelle::service {
namespace {

using codec::Record;
using codec::WireKind;
using mapping::Discriminator;
using mapping::FormatName;
using mapping::Formats;
using mapping::MappingSource;
using Candidates = std::vector<const MappingSource*>;

constexpr std::size_t head_bytes = 64 * 1024;

tl::unexpected<NoMessage> problem(std::string text) {
  return tl::unexpected(NoMessage{std::nullopt, std::move(text)});
}

std::string shown(const FormatName& name) {
  std::string text = name.peer;
  if (!name.version.empty()) text += "@" + name.version;
  if (!name.message.empty()) text += ":" + name.message;
  return text;
}

/// Narrows the candidates to what the document or the envelope says; an empty word leaves them as they are.
void narrow(std::vector<const MappingSource*>& candidates, const std::string& word,
            std::string MappingSource::*part) {
  if (!word.empty())
    std::erase_if(candidates, [&](const MappingSource* source) { return source->*part != word; });
}

/// What the envelope says at a discriminator, in the peer's words, by the first of the candidates whose table
/// has a line for it; empty when the envelope says nothing.
std::string said_by(Formats& formats, const std::vector<const MappingSource*>& candidates,
                    const std::string& path, const Record& envelope, mapping::TableFaults& faults) {
  for (const MappingSource* source : candidates) {
    const mapping::Format* format = formats.get(*source, faults);
    if (format == nullptr) return {};
    const auto carries = [&](const mapping::PlanLine& line) {
      return line.path == path && !line.pivot.empty();
    };
    const auto line = std::ranges::find_if(format->plan->lines, carries);
    if (line == format->plan->lines.end()) continue;
    const codec::Value value = envelope.value(envelope.root(), line->pivot.front().node);
    if (value.state() != codec::ValueState::text) return {};
    std::string scratch;
    const auto translation = mapping::to_external(line->codec, value.reveal(), scratch);
    return translation ? std::string(translation->value) : std::string();
  }
  return {};
}

using Candidates = std::vector<const MappingSource*>;

MessageChoice only_one(const Candidates& candidates) {
  if (candidates.size() == 1) return candidates.front();
  return tl::unexpected(NoMessage{model::FaultCode::document_message, {}});
}

/// By what the document says at the discriminators, as a sniffer of its codec finds it.
template <typename Sniff>
MessageChoice by_words(Candidates candidates, const Discriminator& discriminator, Sniff sniff,
                       std::string_view head) {
  const std::array paths{discriminator.version_at, discriminator.message_at};
  const auto found = sniff(head, paths);
  if (!found) return tl::unexpected(NoMessage{found.error(), {}});
  narrow(candidates, (*found)[0].value_or(""), &MappingSource::version);
  narrow(candidates, (*found)[1].value_or(discriminator.no_message), &MappingSource::message);
  return only_one(candidates);
}

/// How many columns a header lacks or has in excess; nothing when it has none of the format's.
std::optional<std::size_t> distance(const std::vector<std::string>& header, const codec::Shape& shape) {
  const auto known = static_cast<std::size_t>(std::ranges::count_if(
      header, [&](const std::string& name) { return shape.child(shape.record(), name) != codec::no_node; }));
  if (known == 0) return std::nullopt;
  return header.size() + shape.node(shape.record()).children.size() - 2 * known;
}

/// By the columns: the message that fits the header best, when it alone does.
MessageChoice by_header(Formats& formats, const Candidates& candidates, std::string_view head,
                        mapping::TableFaults& faults) {
  Candidates nearest;
  std::optional<std::size_t> least;
  for (const MappingSource* source : candidates) {
    const mapping::Format* format = formats.get(*source, faults);
    if (format == nullptr) return problem({});
    const auto far = distance(codec::sniff_csv_header(head, format->shape->wire), *format->shape);
    if (!far || (least && *far > *least)) continue;
    if (!least || *far < *least) nearest.clear();
    least = far;
    nearest.push_back(source);
  }
  return only_one(nearest);
}

/// By what the first line says where each message has its discriminators.
MessageChoice by_first_line(Formats& formats, const Candidates& candidates,
                            const Discriminator& discriminator, std::string_view head,
                            mapping::TableFaults& faults) {
  Candidates meant;
  for (const MappingSource* source : candidates) {
    const mapping::Format* format = formats.get(*source, faults);
    if (format == nullptr) return problem({});
    const auto says = [&](const std::string& path, const std::string& word, const std::string& otherwise) {
      const auto said = codec::sniff_fixed(head, *format->shape, path);
      return path.empty() || !said || (said->empty() ? otherwise : *said) == word;
    };
    if (says(discriminator.version_at, source->version, source->version) &&
        says(discriminator.message_at, source->message, discriminator.no_message))
      meant.push_back(source);
  }
  return only_one(meant);
}

}  // namespace

MessageChoice recognise(Formats& formats, const FormatName& name, codec::PeekableSource& source,
                        mapping::TableFaults& faults) {
  const mapping::Peer* peer = formats.find_peer(name.peer);
  auto candidates = formats.candidates(name);
  if (peer == nullptr || candidates.empty()) return problem(fmt::format("format inconnu : {}", shown(name)));
  if (candidates.size() == 1) return candidates.front();
  const std::string_view head = source.peek(head_bytes);
  switch (peer->wire.kind) {
    case WireKind::xml: return by_words(std::move(candidates), peer->discriminator, codec::sniff_xml, head);
    case WireKind::json: return by_words(std::move(candidates), peer->discriminator, codec::sniff_json, head);
    case WireKind::csv: return by_header(formats, candidates, head, faults);
    case WireKind::fixed: return by_first_line(formats, candidates, peer->discriminator, head, faults);
  }
  return tl::unexpected(NoMessage{model::FaultCode::document_message, {}});
}

MessageChoice choose_output(Formats& formats, const FormatName& name, const Record& envelope,
                            mapping::TableFaults& faults) {
  const mapping::Peer* peer = formats.find_peer(name.peer);
  auto candidates = formats.candidates(name);
  if (peer == nullptr || candidates.empty()) return problem(fmt::format("format inconnu : {}", shown(name)));
  const Discriminator& discriminator = peer->discriminator;
  const std::string version = said_by(formats, candidates, discriminator.version_at, envelope, faults);
  if (name.message.empty()) {
    auto message = said_by(formats, candidates, discriminator.message_at, envelope, faults);
    if (message.empty()) message = discriminator.no_message;
    narrow(candidates, message, &MappingSource::message);
    if (candidates.empty()) return problem(fmt::format("{} n'a pas de message {}", shown(name), message));
    const std::string& last = candidates.back()->message;
    const auto other = [&](const MappingSource* source) { return source->message != last; };
    if (std::ranges::any_of(candidates, other))
      return problem(
          fmt::format("{0} a plusieurs messages : en nommer un, par exemple {0}:{1}", shown(name), last));
  }
  auto narrowed = candidates;
  if (name.version.empty()) narrow(narrowed, version, &MappingSource::version);
  // Candidates stand in the order of versions: the last one is the newest.
  return narrowed.empty() ? candidates.back() : narrowed.back();
}

}  // namespace passerelle::service
