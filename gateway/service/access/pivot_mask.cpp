#include "gateway/service/access/pivot_mask.hpp"

#include <stdexcept>
#include <string_view>

#include "gateway/codec/json/json_record_parser.hpp"
#include "gateway/codec/json/json_writer.hpp"

namespace passerelle::service {

class PivotMask::Workspace {
 public:
  explicit Workspace(const codec::Shape& pivot)
      : m_parser(pivot), m_record(pivot, pivot.record()), m_writer(pivot, m_sink) {}

  /// Valid until the next call.
  codec::Record& read(std::string_view pivot) {
    m_text.assign(pivot.substr(0, pivot.find_last_of('}') + 1));
    const std::size_t size = m_text.size();
    m_text.append(codec::JsonSplitter::padding, '\0');
    const codec::JsonSlice slice{.text = std::string_view(m_text).substr(0, size),
                                 .at = {},
                                 .has_escape = m_text.find('\\') != std::string::npos,
                                 .fault = {}};
    m_record.clear();
    model::Faults faults;
    if (size > 0) m_parser.parse(slice, m_record, faults);
    if (size == 0 || model::has_blocking(faults)) throw std::logic_error("a stored demande cannot be read");
    return m_record;
  }

  std::string write() {
    m_sink.clear();
    m_writer.record(m_record);
    std::string_view text = m_sink.bytes();
    // A demande of which nothing is left follows an empty envelope, when it is the first.
    if (const std::size_t end = text.find('\n'); end + 1 < text.size()) text.remove_prefix(end + 1);
    return std::string(text);
  }

 private:
  codec::JsonRecordParser m_parser;
  codec::Record m_record;
  codec::MemorySink m_sink;
  codec::JsonWriter m_writer;
  std::string m_text;
};

PivotMask::PivotMask(const codec::Shape& pivot) : m_pivot(&pivot) {}
PivotMask::~PivotMask() = default;

PivotMask::Workspace& PivotMask::workspace() {
  if (!m_workspace) m_workspace = std::make_unique<Workspace>(*m_pivot);
  return *m_workspace;
}

model::Personal<std::string> PivotMask::apply(model::Personal<std::string> pivot,
                                              const policy::Decision& decision,
                                              const policy::Viewing& viewing) {
  if (decision.shows_everything()) return pivot;
  decision.mask(workspace().read(pivot.reveal()), viewing);
  return model::Personal(workspace().write());
}

const codec::Record& PivotMask::read(const model::Personal<std::string>& pivot,
                                     const policy::Decision& decision, const policy::Viewing& viewing) {
  codec::Record& record = workspace().read(pivot.reveal());
  decision.mask(record, viewing);
  return record;
}

bool PivotMask::holds(const model::Personal<std::string>& pivot, const policy::Decision& decision,
                      policy::FieldClasses classes) {
  return decision.takes_out(workspace().read(pivot.reveal()), classes);
}

}  // namespace passerelle::service
