# One sanitizer build runs every test (docs/decisions.md): address and undefined behaviour together, and counted for
# libFuzzer, so that the fuzzers of tests/fuzz need no build of their own. clang only.
option(PASSERELLE_SANITIZE "Build with AddressSanitizer, UndefinedBehaviorSanitizer and the fuzzers" OFF)
if(PASSERELLE_SANITIZE)
  add_compile_options(-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined -fuse-ld=lld)
  # The library's own checks: an empty optional read, an index out of a vector.
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()

# What is neither counted in time nor fuzzed is not worth optimising: it takes the compiler longer than the tests.
function(passerelle_do_not_optimise target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Debug>:-O0>)
endfunction()

# passerelle_fuzzer(SOURCE): tests/fuzz/<name>_fuzz.cpp as a fuzzer, and the replay of tests/fuzz/corpus/<name> by it as
# a test.
function(passerelle_fuzzer source)
  get_filename_component(target ${source} NAME_WE)
  string(REGEX REPLACE "_fuzz$" "" name ${target})
  add_executable(${target} ${source})
  # No fuzzer needs a use case or the command line, which cost the most to build.
  target_link_libraries(${target} PRIVATE passerelle_mapping passerelle_linking passerelle_adapters passerelle_http
                                          passerelle_warnings)
  target_link_options(${target} PRIVATE -fsanitize=fuzzer)
  target_compile_definitions(${target} PRIVATE PASSERELLE_SOURCE="${PROJECT_SOURCE_DIR}")
  add_dependencies(fuzzers ${target})
  add_test(NAME fuzz.${name}.corpus COMMAND ${target} -runs=0 ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/${name})
  # An empty corpus is a mistake of ours, not a success.
  set_tests_properties(fuzz.${name}.corpus PROPERTIES LABELS fuzz FAIL_REGULAR_EXPRESSION "corpus is empty")
endfunction()
