#include "gateway/service/access/pivot_text.hpp"

#include <stdexcept>

namespace passerelle::service {

PivotText::PivotText(const codec::Shape& pivot)
    : m_parser(pivot), m_record(pivot, pivot.record()), m_writer(pivot, m_sink) {}

codec::Record& PivotText::read(std::string_view pivot) {
  model::Faults faults;
  codec::Record& record = read(pivot, faults);
  if (model::has_blocking(faults)) throw std::logic_error("a stored demande cannot be read");
  return record;
}

codec::Record& PivotText::read(std::string_view pivot, model::Faults& faults) {
  m_text.assign(pivot.substr(0, pivot.find_last_of('}') + 1));
  const std::size_t size = m_text.size();
  m_text.append(codec::JsonSplitter::padding, '\0');
  const codec::JsonSlice slice{.text = std::string_view(m_text).substr(0, size),
                               .at = {},
                               .has_escape = m_text.find('\\') != std::string::npos,
                               .fault = {}};
  m_record.clear();
  if (size > 0)
    m_parser.parse(slice, m_record, faults);
  else
    faults.push_back(model::make_fault(model::FaultCode::document_malformed, ""));
  return m_record;
}

std::string PivotText::write() {
  m_sink.clear();
  m_writer.record(m_record);
  std::string_view text = m_sink.bytes();
  // A demande of which nothing is left follows an empty envelope, when it is the first.
  if (const std::size_t end = text.find('\n'); end + 1 < text.size()) text.remove_prefix(end + 1);
  return std::string(text);
}

std::string place_of(const codec::Record& demande, const codec::Leaf& leaf) {
  const std::string path = demande.path(*leaf.frame, leaf.node);
  return path.substr(path.find('.') + 1);  // behind which demande of a file it is
}

}  // namespace passerelle::service
