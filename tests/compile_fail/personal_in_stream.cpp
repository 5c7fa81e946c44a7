// A personal value written to a stream.
#include <iostream>
#include <string>

#include "gateway/model/personal.hpp"

void line(const passerelle::model::Personal<std::string>& name) {
#ifdef FORBIDDEN
  std::cerr << name;
#else
  std::cerr << name.reveal();
#endif
}
