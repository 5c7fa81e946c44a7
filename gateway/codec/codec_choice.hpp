// One table of the codecs: the reader and the writer of a shape, by how its records stand in a file.
#pragma once

#include <memory>

#include "gateway/codec/codec.hpp"

namespace passerelle::codec {

/// The reader for `shape.wire`; the shape must outlive it.
[[nodiscard]] std::unique_ptr<Reader> make_reader(const Shape& shape);

/// The writer for `shape.wire`; shape and sink must outlive it.
[[nodiscard]] std::unique_ptr<Writer> make_writer(const Shape& shape, ByteSink& sink);

}  // namespace passerelle::codec
