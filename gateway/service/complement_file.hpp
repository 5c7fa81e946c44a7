// Complements kept in a file of their own, beside the pivot document: CSV `demand,path,value`.
#pragma once

#include <cstdint>
#include <string>

#include "gateway/codec/byte_stream.hpp"
#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/mapping/complement.hpp"

namespace passerelle::service {

/// Takes the complement of a peer out of pivot records and writes it; demand 0 is the envelope.
class ComplementWriter {
 public:
  explicit ComplementWriter(codec::ByteSink& sink);
  void take_out(const mapping::Plan& plan, codec::Record& pivot);

 private:
  codec::ByteSink* m_sink;
};

/// Puts complements back into pivot records. The file is held whole in memory; rows stand in the order of the
/// demandes, as the writer leaves them. A row of another peer's format is left to `restore_parked` to ignore.
class ComplementReader {
 public:
  explicit ComplementReader(const std::string& text);
  void put_back(const mapping::Plan& plan, codec::Record& pivot);

 private:
  codec::CsvTable m_rows;
  std::size_t m_next = 0;
};

}  // namespace passerelle::service
