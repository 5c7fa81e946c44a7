# The tests of the house itself, and those that stand outside tests/unit: laws, fuzzers, measures, documents.
find_program(PASSERELLE_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)

# The targets that `./dev` asks for by name, whatever the preset.
foreach(group IN ITEMS product laws benches fuzzers)
  add_custom_target(${group})
endforeach()
if(TARGET passerelle)
  add_dependencies(product passerelle)
endif()

# passerelle_use_every_layer(TARGET [BUT LAYER...])
function(passerelle_use_every_layer target)
  cmake_parse_arguments(PARSE_ARGV 1 every "" "" "BUT")
  get_property(layers GLOBAL PROPERTY passerelle_layers)
  if(every_BUT)
    list(REMOVE_ITEM layers ${every_BUT})
  endif()
  list(TRANSFORM layers PREPEND passerelle_)
  target_link_libraries(${target} PRIVATE ${layers} passerelle_warnings)
endfunction()

# Laws: tests/laws/<name>_laws.cpp, each a program; the other files there are what they share, also open to
# unit tests. A law reads how many documents it tries from PASSERELLE_LAWS_COUNT (2 000 without it).
file(GLOB laws CONFIGURE_DEPENDS laws/*_laws.cpp)
file(GLOB laws_material CONFIGURE_DEPENDS laws/*.cpp)
list(REMOVE_ITEM laws_material ${laws})
list(FILTER laws_material EXCLUDE REGEX "/(access_[a-z_]+|drawn_demande|laws_count)\\.cpp$")
add_library(laws_count STATIC EXCLUDE_FROM_ALL laws/laws_count.cpp)
target_include_directories(laws_count PUBLIC ${PROJECT_SOURCE_DIR})
target_link_libraries(laws_count PRIVATE passerelle_warnings)
# The naive reading of the tables of access never sees the engine that it judges.
add_library(access_model STATIC EXCLUDE_FROM_ALL laws/access_model.cpp laws/access_requests.cpp)
target_link_libraries(access_model PUBLIC passerelle_codec laws_count PRIVATE passerelle_warnings)
add_library(access_world STATIC EXCLUDE_FROM_ALL laws/access_world.cpp laws/access_world_making.cpp
            laws/access_world_sql.cpp)
target_link_libraries(access_world PUBLIC access_model PRIVATE passerelle_warnings)
if(laws_material)
  add_library(laws_material STATIC EXCLUDE_FROM_ALL ${laws_material})
  target_link_libraries(laws_material PUBLIC laws_count)
  # No law needs the command line, which costs the most to build.
  passerelle_use_every_layer(laws_material BUT server)
  target_compile_definitions(laws_material PRIVATE PASSERELLE_SOURCE="${PROJECT_SOURCE_DIR}")
endif()
set(laws_together linking_laws)  # they look at one population, linked once: one test for all
foreach(source IN LISTS laws)
  get_filename_component(target ${source} NAME_WE)
  add_executable(${target} ${source})
  if(target MATCHES "^access_")  # they look at no document, and build few layers
    target_link_libraries(${target} PRIVATE access_model passerelle_policy passerelle_warnings)
  elseif(target STREQUAL "mask_laws")  # demandes, and the tables that mask them
    target_sources(${target} PRIVATE laws/drawn_demande.cpp)
    target_link_libraries(${target} PRIVATE access_model passerelle_policy passerelle_mapping passerelle_generation
                                            passerelle_warnings)
  else()
    passerelle_use_every_layer(${target} BUT server)
    target_link_libraries(${target} PRIVATE $<TARGET_NAME_IF_EXISTS:laws_material>)
  endif()
  if(target STREQUAL "access_rows_laws")  # on a database
    target_link_libraries(${target} PRIVATE access_world passerelle_service)
    target_sources(${target} PRIVATE unit/store/database_test.cpp)
  endif()
  target_link_libraries(${target} PRIVATE GTest::gmock_main)
  target_compile_definitions(${target} PRIVATE PASSERELLE_SOURCE="${PROJECT_SOURCE_DIR}")
  if(target IN_LIST laws_together)
    add_test(NAME laws.${target}.together COMMAND ${target})
    set_tests_properties(laws.${target}.together PROPERTIES LABELS laws)
  else()
    gtest_discover_tests(${target} TEST_PREFIX "laws." PROPERTIES LABELS laws DISCOVERY_TIMEOUT 60)
  endif()
  add_dependencies(laws ${target})
endforeach()

if(PASSERELLE_SANITIZE)
  file(GLOB fuzzer_sources CONFIGURE_DEPENDS fuzz/*_fuzz.cpp)
  foreach(source IN LISTS fuzzer_sources)
    passerelle_fuzzer(${source})
  endforeach()
endif()

# Measures mean something in Release only, and so do the commands that README.md and docs/ show.
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  file(GLOB bench_sources CONFIGURE_DEPENDS bench/*_bench.cpp)
  foreach(source IN LISTS bench_sources)
    get_filename_component(target ${source} NAME_WE)
    add_executable(${target} EXCLUDE_FROM_ALL ${source})
    if(target MATCHES "^(access|registry)_")  # they look at no document, and build few layers
      target_link_libraries(${target} PRIVATE passerelle_service passerelle_warnings)
    elseif(target STREQUAL "http_bench")  # sockets only
      target_sources(${target} PRIVATE unit/server/http/test_authority.cpp unit/server/http/test_client.cpp)
      target_link_libraries(${target} PRIVATE passerelle_http passerelle_warnings)
    elseif(target STREQUAL "sne_door_bench")  # the program stands on the other side
      target_sources(${target} PRIVATE bench/load.cpp)
      target_link_libraries(${target} PRIVATE passerelle_adapters passerelle_http passerelle_service passerelle_warnings)
    else()
      passerelle_use_every_layer(${target})
      target_link_libraries(${target} PRIVATE $<TARGET_NAME_IF_EXISTS:laws_material>)
    endif()
    target_compile_definitions(${target} PRIVATE PASSERELLE_SOURCE="${PROJECT_SOURCE_DIR}")
    add_dependencies(benches ${target})
  endforeach()
  add_test(NAME docs.commands_print_what_is_shown
           COMMAND ${PASSERELLE_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/readme_commands.py --bin ${PROJECT_BINARY_DIR})
  set_tests_properties(docs.commands_print_what_is_shown PROPERTIES LABELS docs)
  # Marked people through every command, then the marks sought where they may not be; the attacks by their names: hundreds
  # of commands, ten times slower under sanitizers.
  foreach(test IN ITEMS canary attacks)
    add_test(NAME security.${test} COMMAND ${PASSERELLE_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/${test}.py
                                           $<TARGET_FILE:passerelle> ${PROJECT_SOURCE_DIR})
    set_tests_properties(security.${test} PROPERTIES LABELS security COST 930)
  endforeach()
  # The door of the SNE services with partners that dawdle, break, storm, and an SNE and a gateway that die.
  add_test(NAME security.sne_door_faults COMMAND ${PASSERELLE_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/sne_door_faults.py
                                                 $<TARGET_FILE:passerelle> ${PROJECT_SOURCE_DIR})
  set_tests_properties(security.sne_door_faults PROPERTIES LABELS security COST 935)
endif()

# Each header compiles alone. One with a source of its own does there, where it comes first (tests/layers.py); of each
# other, twice in one file, an object is built when the test runs.
file(GLOB_RECURSE headers RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS
     ${PROJECT_SOURCE_DIR}/gateway/*.hpp ${PROJECT_SOURCE_DIR}/adapters/*.hpp)
set(header_sources)
foreach(header IN LISTS headers)
  string(REGEX REPLACE "hpp$" "cpp" own_source ${header})
  if(EXISTS ${PROJECT_SOURCE_DIR}/${own_source})
    continue()
  endif()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/headers/${header}.cpp)
  file(CONFIGURE OUTPUT ${source} CONTENT "#include \"${header}\"\n#include \"${header}\"\n")
  list(APPEND header_sources ${source})
endforeach()
add_library(headers_alone OBJECT EXCLUDE_FROM_ALL ${header_sources})
target_compile_options(headers_alone PRIVATE -O0 -g0)
passerelle_use_every_layer(headers_alone)
add_test(NAME house.each_header_compiles_alone
         COMMAND ${CMAKE_COMMAND} --build ${PROJECT_BINARY_DIR} --target headers_alone)

foreach(check IN ITEMS layers sizes readme_commands)
  add_test(NAME house.${check}_checker COMMAND ${PASSERELLE_PYTHON} -B ${check}_test.py
           WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  list(APPEND house_tests house.${check}_checker)
endforeach()
foreach(check IN ITEMS layers sizes)
  add_test(NAME house.${check} COMMAND ${PASSERELLE_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/${check}.py)
  list(APPEND house_tests house.${check})
endforeach()
set_tests_properties(house.each_header_compiles_alone ${house_tests} PROPERTIES LABELS house)
