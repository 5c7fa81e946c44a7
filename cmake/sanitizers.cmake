# One sanitizer build runs every test (docs/decisions.md): address and undefined behaviour together.
option(PASSERELLE_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
if(PASSERELLE_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  # The library's own checks: an empty optional read, an index out of a vector.
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()
