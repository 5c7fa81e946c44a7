// Reads a schema (a documented subset of W3C XML Schema 1.0) into the shape that the codec and the mapping
// use.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/codec/shape.hpp"
#include "gateway/codec/xml/xsd_file.hpp"

namespace passerelle::codec {

/// The shape of the only global element of the schema at `path`; the records are the elements at
/// `record_path`, written from the root (`demande`), which must stand last in its sequence.
///
/// The subset: one target namespace, qualified elements; xs:include of files of the same `schemas` folder;
/// xs:complexType with one xs:sequence of elements and of one level of xs:choice, xs:attribute (use, fixed),
/// simple content by extension (the text is then a leaf named ""), complex content by extension;
/// xs:simpleType by restriction of xs:string, boolean, decimal, date, dateTime, or integer and its
/// unbounded families, with enumeration, pattern (codec::Pattern), length, minLength, maxLength, minInclusive
/// and maxInclusive. Dates must have a pattern: four digits for the year, no hour 24 and,
/// for xs:date, no time zone. All else is refused, every place told at
/// once: a schema that loads means here what it means to a schema processor.
///
/// Types keep their XSD names; one without a name has the path of its element or attribute. What an
/// annotation marks `<xs:appinfo>assumption</xs:appinfo>` is an assumption with all it holds; the first
/// xs:documentation becomes the note.
[[nodiscard]] tl::expected<Shape, std::vector<SchemaFault>> load_xsd(const std::string& path,
                                                                     std::string_view record_path);

}  // namespace passerelle::codec
