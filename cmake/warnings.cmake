# Every target of ours is built with these; a warning is an error.
add_library(passerelle_warnings INTERFACE)
target_compile_options(passerelle_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wno-missing-field-initializers  # designated initialisers leave the rest to its default
  -Wnon-virtual-dtor -Woverloaded-virtual -Wnull-dereference -Wformat=2 -Werror)
# At -O3, g++ 12 sees ghosts inside its own std::string and streams (GCC PR 105329); the sanitizer build keeps
# these warnings.
target_compile_options(passerelle_warnings INTERFACE
  $<$<CONFIG:Release>:-Wno-stringop-overflow -Wno-array-bounds -Wno-restrict -Wno-null-dereference>)
