#include "gateway/codec/json/json_sniff.hpp"

#include <simdjson.h>

#include "gateway/codec/json/json_splitter.hpp"

namespace passerelle::codec {
namespace {

using model::FaultCode;

std::optional<std::string> text_at(const simdjson::dom::element& document, std::string_view path) {
  simdjson::dom::element at = document;
  if (path.starts_with('/')) path.remove_prefix(1);
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('.'), path.size());
    simdjson::dom::element member;
    if (at[path.substr(0, end)].get(member) != simdjson::SUCCESS) return std::nullopt;
    at = member;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  std::string_view text;
  if (at.get(text) != simdjson::SUCCESS) return std::nullopt;
  return std::string(text);
}

}  // namespace

tl::expected<std::vector<std::optional<std::string>>, FaultCode> sniff_json(
    std::string_view head, std::span<const std::string> paths) {
  std::vector<std::optional<std::string>> found(paths.size());
  MemorySource source(head);
  JsonSplitter splitter(source);
  JsonSlice first;
  if (!splitter.next(first)) {
    const bool cut = splitter.fault() && splitter.fault()->code == FaultCode::document_truncated;
    if (cut || !splitter.fault()) return found;
    return tl::unexpected(splitter.fault()->code);
  }
  simdjson::dom::parser parser;
  simdjson::dom::element document;
  if (first.fault) return found;
  if (parser.parse(first.text.data(), first.text.size()).get(document) != simdjson::SUCCESS) return found;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (!paths[i].empty()) found[i] = text_at(document, paths[i]);
  }
  return found;
}

}  // namespace passerelle::codec
