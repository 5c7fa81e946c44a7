# Fuzzers are built by clang with libFuzzer; every other build replays their corpus as ordinary tests.
option(PASSERELLE_FUZZ "Build the fuzzers of tests/fuzz (clang only)" OFF)
if(PASSERELLE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
  # g++ is the compiler of the product: a warning that only clang knows is left to clang-tidy.
  target_compile_options(passerelle_warnings INTERFACE -Wno-error)
endif()

# Adds tests/fuzz/<name>_fuzz.cpp: the fuzzer itself, or the replay of tests/fuzz/corpus/<name> as a test.
function(passerelle_fuzzer source)
  get_filename_component(target ${source} NAME_WE)
  string(REGEX REPLACE "_fuzz$" "" name ${target})
  if(PASSERELLE_FUZZ)
    add_executable(${target} ${source})
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    add_dependencies(fuzzers ${target})
  else()
    set(target ${name}_replay)
    add_executable(${target} ${source} fuzz/replay_main.cpp)
    add_test(NAME fuzz.${name}.corpus COMMAND ${target} ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/${name})
    set_tests_properties(fuzz.${name}.corpus PROPERTIES LABELS fuzz)
  endif()
  # No fuzzer needs a use case or the command line, which cost the most to build.
  target_link_libraries(${target} PRIVATE passerelle_mapping passerelle_warnings)
  target_compile_definitions(${target} PRIVATE PASSERELLE_SOURCE="${PROJECT_SOURCE_DIR}")
endfunction()
