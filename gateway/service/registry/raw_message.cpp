#include "gateway/service/registry/raw_message.hpp"

#include "gateway/codec/codec_choice.hpp"
#include "gateway/codec/limits.hpp"
#include "gateway/mapping/format_name.hpp"

namespace passerelle::service {

std::size_t RememberingSource::read(char* into, std::size_t size) {
  const std::size_t count = m_source->read(into, size);
  if (m_passed && m_passed->size() + count > codec::limits::record_bytes) m_passed.reset();
  if (m_passed) m_passed->append(into, count);
  return count;
}

void RecordCopier::take_envelope(const codec::Record& envelope, const mapping::Plan* plan) {
  m_plan = plan;
  m_format = plan == nullptr ? std::string(mapping::pivot_format) : plan->name();
  // The head is what a document without demande has before its end.
  m_writer = codec::make_writer(envelope.shape(), m_sink);
  m_writer->finish();
  const std::size_t tail = m_sink.bytes().size();
  m_sink.clear();
  m_writer = codec::make_writer(envelope.shape(), m_sink);
  m_writer->envelope(envelope);
  m_writer->finish();
  m_head = m_sink.bytes().substr(0, m_sink.bytes().size() - tail);
}

RawDocument RecordCopier::copy(const codec::Record& record) {
  m_sink.clear();
  m_writer->record(record);
  m_writer->finish();
  return {.format = m_format, .plan = m_plan, .content = model::Personal(m_head + m_sink.bytes())};
}

}  // namespace passerelle::service
