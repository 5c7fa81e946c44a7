// What every format offers: a reader of records and a writer of records over a shape.
#pragma once

#include "gateway/codec/byte_stream.hpp"
#include "gateway/codec/record.hpp"
#include "gateway/model/fault.hpp"

namespace passerelle::codec {

/// Receives what a reader finds. Records are only valid during the call. The faults are those of reading that
/// record (structure as it came); validate.hpp adds missing places and wrong values.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  /// What stands outside the records; called once, before the first record, also when there is none.
  virtual void envelope(Record& record, model::Faults& faults) = 0;
  /// One demande, in the order of the file.
  virtual void record(Record& record, model::Faults& faults) = 0;
  /// Leaves found outside the records when the envelope had been given already: nothing holds them. Called at
  /// most once, after the last record; each place is among the faults that `Reader::read` answers.
  virtual void stray(std::uint64_t leaves) { static_cast<void>(leaves); }
};

class Reader {
 public:
  virtual ~Reader() = default;
  /// Reads the whole source. Records complete before a fault of the file have been given to the sink; the
  /// answer holds the faults of the file itself: anomalies outside the records and after the first of them,
  /// then at most one that ended the reading (malformed, truncated, over a limit).
  virtual model::Faults read(ByteSource& source, RecordSink& sink) = 0;
};

/// Writes a file: the envelope once, then records, then the end.
class Writer {
 public:
  virtual ~Writer() = default;
  virtual void envelope(const Record& record) = 0;
  virtual void record(const Record& record) = 0;
  virtual void finish() = 0;
};

}  // namespace passerelle::codec
