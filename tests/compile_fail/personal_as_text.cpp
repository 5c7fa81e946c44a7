// A personal value handed over where plain text is expected.
#include <string>
#include <string_view>

#include "gateway/model/personal.hpp"

std::size_t length(std::string_view text);

std::size_t length_of(const passerelle::model::Personal<std::string>& name) {
#ifdef FORBIDDEN
  return length(name);
#else
  return length(name.reveal());
#endif
}
