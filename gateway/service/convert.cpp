#include "gateway/service/convert.hpp"

#include <fmt/format.h>

#include "gateway/codec/codec_choice.hpp"
#include "gateway/codec/printable.hpp"
#include "gateway/codec/validate.hpp"
#include "gateway/mapping/exporter.hpp"
#include "gateway/mapping/importer.hpp"
#include "gateway/service/complement_file.hpp"
#include "gateway/service/message_choice.hpp"
#include "gateway/service/reference_check.hpp"

namespace passerelle::service {
namespace {

using codec::Record;
using codec::Shape;
using mapping::Format;
using mapping::Formats;
using mapping::Plan;
using mapping::Tally;
using model::Fault;
using model::Faults;

/// Thrown inside one conversion when the request cannot go on; caught by `convert`.
struct RequestFault {
  std::string text;
};

std::string in_lines(const mapping::TableFaults& faults) {
  std::string text;
  for (const mapping::TableFault& fault : faults) {
    if (!text.empty()) text += '\n';
    const std::string line = fault.line == 0 ? std::string() : fmt::format(":{}", fault.line);
    text += codec::printable(fmt::format("{}{} : {}", fault.file, line, fault.text));
  }
  return text;
}

std::uint64_t count_leaves(const Record& record) {
  std::uint64_t leaves = record.leaves().size();
  for (const codec::Unplaced& place : record.unplaced()) leaves += place.leaves;
  return leaves;
}

/// The output's side, opened when the envelope is known.
struct Output {
  const Plan* plan = nullptr;  ///< null: the output is the pivot
  std::unique_ptr<codec::Writer> writer;
  std::unique_ptr<Record> envelope;
  std::unique_ptr<Record> record;
  std::unique_ptr<Tally> tally;
};

class Conversion final : public codec::RecordSink {
 public:
  Conversion(Formats& formats, const ConvertRequest& request, const Format* input)
      : m_formats(formats),
        m_request(request),
        m_input(input),
        m_pivot_envelope(formats.pivot().shape(), Shape::root()),
        m_pivot_record(formats.pivot().shape(), formats.pivot().shape().record()),
        m_tally(input == nullptr ? 0 : input->plan->lines.size()),
        m_reference(formats.pivot(), request.geography),
        m_parked(request.parked) {
    if (request.complement != nullptr && input != nullptr) {
      m_complement = std::make_unique<ComplementWriter>(*request.complement);
    }
    if (request.receipt != nullptr) m_receipt = std::make_unique<mapping::ReceiptWriter>(*request.receipt);
  }

  void envelope(Record& record, Faults& faults) override {
    tell_read(record);
    Record& pivot = to_pivot(record, m_pivot_envelope, faults);
    if (m_request.on_envelope) m_request.on_envelope(pivot);
    open_output(pivot);
    if (m_output.writer != nullptr)
      m_output.writer->envelope(from_pivot(pivot, m_output.envelope.get(), faults));
    settle(record, faults, false);
  }

  void record(Record& record, Faults& faults) override {
    ++m_summary.demandes;
    tell_read(record);
    Record& pivot = to_pivot(record, m_pivot_record, faults);
    if (m_request.on_demande && !model::has_blocking(faults)) m_request.on_demande(pivot, faults);
    bool refused = model::has_blocking(faults);
    if (!refused && m_output.writer != nullptr) {
      const Record& written = from_pivot(pivot, m_output.record.get(), faults);
      refused = model::has_blocking(faults);
      if (!refused) m_output.writer->record(written);
    }
    if (refused && m_request.on_refused) m_request.on_refused(pivot, faults);
    settle(record, faults, refused);
    if (m_request.on_progress) m_request.on_progress(m_summary.demandes);
  }

  void stray(std::uint64_t leaves) override { m_stray += leaves; }

  ConvertSummary finish(const Faults& of_the_file) {
    report(of_the_file);
    settle_stray();
    if (m_output.writer != nullptr) m_output.writer->finish();
    return m_summary;
  }

 private:
  void tell_read(const Record& record) const {
    if (m_request.on_read) m_request.on_read(record, m_input == nullptr ? nullptr : m_input->plan.get());
  }

  /// The record as the pivot: itself, or what the plan makes of it.
  Record& to_pivot(Record& record, Record& pivot, Faults& faults) {
    // What could not be read at all has nothing missing.
    const bool unread = record.leaves().empty() && model::has_blocking(faults);
    if (!unread) validate(record, faults);
    if (m_input == nullptr) {
      m_reference.run(record, faults);
      check_profile(record, faults);
      return record;
    }
    pivot.clear();
    pivot.ordinal = record.ordinal;
    m_tally.clear();
    import_record(*m_input->plan, record, pivot, m_tally, faults);
    m_reference.run(pivot, faults);
    if (m_complement != nullptr) m_complement->take_out(*m_input->plan, pivot);
    return pivot;
  }

  /// Profiles say what a whole demande must hold: asked when the pivot is validated, not when messages pass.
  void check_profile(const Record& record, Faults& faults) const {
    const bool demande = record.root_node() != Shape::root();
    if (demande && m_request.to.peer.empty() && m_formats.profiles())
      m_formats.profiles()->check(record, faults);
  }

  const Record& from_pivot(Record& pivot, Record* external, Faults& faults) {
    if (m_output.plan == nullptr) return pivot;
    m_parked.put_back(*m_output.plan, pivot);
    external->clear();
    external->ordinal = pivot.ordinal;
    m_output.tally->clear();
    export_record(*m_output.plan, pivot, *external, *m_output.tally, faults);
    validate_structure(*external, faults);
    return *external;
  }

  void open_output(const Record& envelope) {
    if (m_request.to.peer.empty() || m_output.writer != nullptr) return;
    if (m_request.to.is_pivot()) {
      m_output.writer = codec::make_writer(m_formats.pivot().shape(), *m_request.out);
      return;
    }
    mapping::TableFaults faults;
    const auto choice = choose_output(m_formats, m_request.to, envelope, faults);
    const Format* format = choice ? m_formats.get(**choice, faults) : nullptr;
    if (format == nullptr)
      throw RequestFault{faults.empty() && !choice ? codec::printable(choice.error().problem)
                                                   : in_lines(faults)};
    m_output.plan = format->plan.get();
    m_output.writer = codec::make_writer(*format->shape, *m_request.out);
    m_output.envelope = std::make_unique<Record>(*format->shape, Shape::root());
    m_output.record = std::make_unique<Record>(*format->shape, format->shape->record());
    m_output.tally = std::make_unique<Tally>(format->plan->lines.size());
  }

  /// Writes the receipt and the faults of one record.
  void settle(const Record& record, const Faults& faults, bool refused) {
    if (refused) {
      ++m_summary.refused;
      for (Tally* tally : {&m_tally, m_output.tally.get()}) {
        if (tally != nullptr) tally->clear();
      }
      Tally& first = m_input != nullptr || m_output.tally == nullptr ? m_tally : *m_output.tally;
      first.count_elsewhere(record.shape().path(record.root_node()), mapping::Outcome::refused,
                            count_leaves(record));
    }
    if (m_input != nullptr) write_receipt(record.ordinal, *m_input->plan, m_tally);
    if (m_output.plan != nullptr) write_receipt(record.ordinal, *m_output.plan, *m_output.tally);
    report(faults);
  }

  void write_receipt(std::uint64_t demande, const Plan& plan, const Tally& tally) {
    const auto totals = tally.totals();
    for (std::size_t i = 0; i < totals.size(); ++i) m_summary.outcomes[i] += totals[i];
    if (m_receipt != nullptr) m_receipt->write(demande, plan, tally);
  }

  /// Leaves that stand outside every record once the envelope is settled.
  void settle_stray() {
    if (m_stray == 0 || m_input == nullptr) return;
    m_tally.clear();
    m_tally.count_elsewhere({}, mapping::Outcome::reported, m_stray);
    write_receipt(0, *m_input->plan, m_tally);
  }

  void report(const Faults& faults) {
    m_summary.faults += faults.size();
    for (const Fault& fault : faults) m_request.on_fault(fault);
  }

  Formats& m_formats;
  const ConvertRequest& m_request;
  const Format* m_input;
  Record m_pivot_envelope;
  Record m_pivot_record;
  Tally m_tally;
  Output m_output;
  std::unique_ptr<mapping::ReceiptWriter> m_receipt;
  ReferenceCheck m_reference;
  std::unique_ptr<ComplementWriter> m_complement;
  ComplementReader m_parked;
  std::uint64_t m_stray = 0;
  ConvertSummary m_summary;
};

/// The compiled format of the input, null for the pivot; or a fault of the document itself.
tl::expected<const Format*, Fault> open_input(Formats& formats, const mapping::FormatName& from,
                                              codec::PeekableSource& source) {
  if (from.is_pivot()) return nullptr;
  mapping::TableFaults faults;
  const auto choice = recognise(formats, from, source, faults);
  if (!choice) {
    if (!choice.error().fault)
      throw RequestFault{faults.empty() ? codec::printable(choice.error().problem) : in_lines(faults)};
    return tl::unexpected(model::make_fault(*choice.error().fault, from.peer, {1, 1}));
  }
  const Format* format = formats.get(**choice, faults);
  if (format == nullptr) throw RequestFault{in_lines(faults)};
  return format;
}

ConvertSummary run(Formats& formats, const ConvertRequest& request) {
  codec::PeekableSource source(*request.in);
  const auto input = open_input(formats, request.from, source);
  if (!input) {
    request.on_fault(input.error());
    return {.faults = 1};
  }
  Conversion conversion(formats, request, *input);
  const Shape& shape = *input == nullptr ? formats.pivot().shape() : *(*input)->shape;
  return conversion.finish(codec::make_reader(shape)->read(source, conversion));
}

}  // namespace

tl::expected<ConvertSummary, std::string> convert(Formats& formats, const ConvertRequest& request) {
  try {
    return run(formats, request);
  } catch (const RequestFault& fault) {
    return tl::unexpected(fault.text);
  }
}

}  // namespace passerelle::service
