#include "gateway/service/message_choice.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "gateway/codec/xml/xml_sniff.hpp"

namespace passerelle::service {
namespace {

using codec::Record;
using mapping::Discriminator;
using mapping::FormatName;
using mapping::Formats;
using mapping::MappingSource;

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

}  // namespace

MessageChoice recognise(const Formats& formats, const FormatName& name, codec::PeekableSource& source) {
  const mapping::Peer* peer = formats.find_peer(name.peer);
  auto candidates = formats.candidates(name);
  if (peer == nullptr || candidates.empty()) return problem(fmt::format("format inconnu : {}", shown(name)));
  if (candidates.size() == 1) return candidates.front();
  const Discriminator& discriminator = peer->discriminator;
  const std::array paths{discriminator.version_at, discriminator.message_at};
  const auto found = codec::sniff_xml(source.peek(head_bytes), paths);
  if (!found) return tl::unexpected(NoMessage{found.error(), {}});
  narrow(candidates, (*found)[0].value_or(""), &MappingSource::version);
  narrow(candidates, (*found)[1].value_or(discriminator.no_message), &MappingSource::message);
  if (candidates.size() == 1) return candidates.front();
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
  }
  auto narrowed = candidates;
  if (name.version.empty()) narrow(narrowed, version, &MappingSource::version);
  // Candidates stand in the order of versions: the last one is the newest.
  return narrowed.empty() ? candidates.back() : narrowed.back();
}

}  // namespace passerelle::service
