#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <simdjson.h>

#include "gateway/mapping/draft_sample.hpp"

namespace passerelle::mapping {
namespace {

namespace dom = simdjson::dom;

using Outcome = tl::expected<Sample, std::string>;

constexpr std::string_view envelope = "entete";

bool is_member_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0 || c == '_' || c == '-';
  });
}

/// Gathers the places of the objects of a sample.
class JsonPlaces {
 public:
  /// The text of the first problem; empty when there is none.
  [[nodiscard]] const std::string& problem() const noexcept { return m_problem; }

  void take_record(dom::object record) {
    const bool first = m_records == 0 && !m_envelope_seen;
    if (first && record.size() == 1 && record.begin().key() == envelope) {
      m_envelope_seen = true;
      take_members(record, "/");
      return;
    }
    ++m_records;
    take_members(record, "");
  }

  Sample sample() && {
    Sample sample{.codec = "json"};
    sample.records = m_records;
    sample.places = std::move(m_places);
    return sample;
  }

 private:
  void take_members(dom::object object, const std::string& prefix) {
    for (const dom::key_value_pair member : object) {
      if (is_member_name(member.key)) {
        take(member.value, prefix + std::string(member.key), prefix);
      } else {
        fail(fmt::format("un nom de membre sous « {} » n'est pas fait de lettres, chiffres, - et _", prefix));
      }
    }
  }

  void take(dom::element value, const std::string& path, const std::string& prefix) {
    switch (value.type()) {
      case dom::element_type::NULL_VALUE: return;
      case dom::element_type::OBJECT:
        if (place(path, SampleKind::group, prefix) != nullptr) take_members(value.get_object(), path + ".");
        return;
      case dom::element_type::ARRAY: return take_items(value.get_array(), path, prefix);
      default: return see(value, place(path, SampleKind::value, prefix));
    }
  }

  void take_items(dom::array items, const std::string& path, const std::string& prefix) {
    for (const dom::element item : items) {
      if (item.is_array()) return fail(fmt::format("« {} » est une liste de listes", path));
      const SampleKind kind = item.is_object() ? SampleKind::list : SampleKind::values;
      SamplePlace* list = place(path + "[]", kind, prefix);
      if (list == nullptr) return;
      if (item.is_object()) {
        take_members(item.get_object(), path + "[].");
      } else {
        see(item, list);
      }
    }
  }

  static void see(dom::element value, SamplePlace* place) {
    if (place == nullptr || value.is_null()) return;
    place->guess.see(value.is_string() ? std::string(value.get_string().value())
                                       : simdjson::to_string(value));
  }

  /// The place, made after those of its group when it is new; nothing when it was of another kind before.
  SamplePlace* place(const std::string& path, SampleKind kind, const std::string& prefix) {
    const auto found = std::ranges::find(m_places, path, &SamplePlace::path);
    if (found != m_places.end()) {
      if (found->kind == kind) return &*found;
      fail(fmt::format("« {} » n'est pas partout de la même nature (valeur, groupe ou liste)", path));
      return nullptr;
    }
    const auto inside = [&](const SamplePlace& other) {
      return other.path.starts_with(prefix) || other.path + "." == prefix;
    };
    const auto last = std::ranges::find_if(m_places.rbegin(), m_places.rend(), inside).base();
    return &*m_places.insert(last, SamplePlace{.path = path, .kind = kind, .guess = {}});
  }

  void fail(std::string problem) {
    if (m_problem.empty()) m_problem = std::move(problem);
  }

  std::vector<SamplePlace> m_places;
  std::size_t m_records = 0;
  bool m_envelope_seen = false;
  std::string m_problem;
};

std::string not_json(std::size_t record) {
  return fmt::format("l'objet {} n'est pas du JSON bien formé", record);
}

void take_element(simdjson::simdjson_result<dom::element> element, std::size_t record, std::string& problem,
                  JsonPlaces& places) {
  dom::object object;
  if (element.error() != simdjson::SUCCESS) {
    problem = not_json(record);
  } else if (element.get_object().get(object) != simdjson::SUCCESS) {
    problem = fmt::format("l'élément {} n'est pas un objet", record);
  } else {
    places.take_record(object);
  }
}

}  // namespace

Outcome read_json_sample(std::string_view bytes) {
  const simdjson::padded_string text(bytes);
  dom::parser parser;
  JsonPlaces places;
  std::string problem;
  std::size_t record = 0;
  const std::size_t begin = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (begin == std::string_view::npos) return tl::unexpected<std::string>("l'échantillon est vide");
  if (bytes[begin] == '[') {
    dom::array items;
    if (parser.parse(text).get_array().get(items) != simdjson::SUCCESS) return tl::unexpected(not_json(1));
    for (const simdjson::simdjson_result<dom::element> item : items)
      take_element(item, ++record, problem, places);
  } else {
    dom::document_stream objects;
    if (parser.parse_many(text, std::max(text.size(), dom::DEFAULT_BATCH_SIZE)).get(objects) !=
        simdjson::SUCCESS)
      return tl::unexpected(not_json(1));
    for (const auto object : objects) take_element(object, ++record, problem, places);
    if (problem.empty() && objects.truncated_bytes() > 0) problem = not_json(record + 1);
  }
  if (problem.empty()) problem = places.problem();
  if (!problem.empty()) return tl::unexpected(problem);
  return std::move(places).sample();
}

}  // namespace passerelle::mapping
