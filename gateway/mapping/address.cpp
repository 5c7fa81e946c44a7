#include "gateway/mapping/address.hpp"

#include <cassert>
#include <fmt/format.h>

namespace passerelle::mapping {
namespace {

using codec::Frame;
using codec::List;
using codec::NodeId;
using codec::Record;

/// The frames from the record's root (excluded) down to `frame`, outermost first.
struct Chain {
  std::array<const Frame*, max_levels> frames{};
  std::size_t size = 0;

  explicit Chain(const Frame& frame) {
    for (const Frame* at = &frame; at->parent != nullptr; at = at->parent) ++size;
    assert(size <= max_levels);
    std::size_t depth = size;
    for (const Frame* at = &frame; at->parent != nullptr; at = at->parent) frames[--depth] = at;
  }
};

bool selected(const Level& level, const Frame& frame, const Record& record) {
  const auto& value = record.value(frame, level.selector_leaf);
  return value.state() == codec::ValueState::text && value.reveal() == level.selector_value;
}

Frame* find_selected(const Level& level, const Frame& parent, const Record& record) {
  const List& list = record.list(parent, level.repeated);
  for (std::uint16_t i = 0; i < list.count; ++i) {
    if (selected(level, *list.items[i], record)) return list.items[i];
  }
  return nullptr;
}

std::uint16_t rank_of(const Level& level, const Ranks& ranks) {
  return level.kind == RankKind::variable ? ranks[level.variable] : level.index;
}

}  // namespace

bool matches(const Address& address, const Frame& frame, const Record& record, Ranks& ranks) {
  const Chain chain(frame);
  if (chain.size < address.levels.size()) return false;
  for (std::size_t i = 0; i < address.levels.size(); ++i) {
    const Level& level = address.levels[i];
    const Frame& at = *chain.frames[i];
    if (level.kind == RankKind::constant && at.index != level.index) return false;
    // A selector means one item: a second one of the same value has no counterpart, or it would overwrite the
    // first.
    if (level.kind == RankKind::selector && find_selected(level, *at.parent, record) != &at) return false;
    if (level.kind == RankKind::variable) ranks[level.variable] = at.index;
  }
  return true;
}

Frame& locate(const Address& address, Record& record, const Ranks& ranks) {
  Frame* at = &record.root();
  for (const Level& level : address.levels) {
    if (level.kind != RankKind::selector) {
      at = &record.at(*at, level.repeated, rank_of(level, ranks));
      continue;
    }
    Frame* item = find_selected(level, *at, record);
    if (item == nullptr) {
      item = &record.append(*at, level.repeated);
      record.set(*item, level.selector_leaf, codec::Value(level.selector_value));
    }
    at = item;
  }
  return *at;
}

Frame* look_for(const Address& address, const Record& record, const Ranks& ranks) {
  Frame* at = &record.root();
  for (const Level& level : address.levels) {
    if (level.kind == RankKind::selector) {
      at = find_selected(level, *at, record);
      if (at == nullptr) return nullptr;
      continue;
    }
    const List& list = record.list(*at, level.repeated);
    const std::uint16_t rank = rank_of(level, ranks);
    if (rank >= list.count) return nullptr;
    at = list.items[rank];
  }
  return at;
}

Frame& locate_same(const Address& address, Record& record, const Frame& frame) {
  if (address.levels.empty()) return record.root();
  const Chain chain(frame);
  Frame* at = &record.root();
  for (std::size_t i = 0; i < address.levels.size(); ++i) {
    at = &record.at(*at, address.levels[i].repeated, chain.frames[i]->index);
  }
  return *at;
}

std::string ranked_path(const Record& record, const Frame& frame, NodeId node) {
  const codec::Shape& shape = record.shape();
  const bool xml = shape.style() == codec::PathStyle::xml;
  std::string written;
  const Frame* at_frame = &frame;
  for (NodeId at = node; at != record.root_node() && at != codec::Shape::root(); at = shape.node(at).parent) {
    const codec::Node& step = shape.node(at);
    if (xml && step.name.empty()) continue;  // text beside attributes goes by the name of its element
    std::string part = step.name;
    if (at == at_frame->type->node) {
      part += fmt::format("[{}]", at_frame->index + 1);
      at_frame = at_frame->parent;
    }
    if (!written.empty() && written.front() != '[' && written.front() != '@') part += xml ? "/" : ".";
    if (step.kind == codec::NodeKind::attribute) part.insert(0, "@");
    written.insert(0, part);
  }
  return written;
}

}  // namespace passerelle::mapping
