# Reference geography: the npm package pinned in package-lock.json becomes tables of the build folder,
# share/passerelle/geography/{communes,departements}.csv, and in registry/ there, with what mappings/geography knows of
# the years before, the dated tables that the registry loads. Nothing of it is committed.
set(PASSERELLE_GEOGRAPHY_FOLDER ${PROJECT_BINARY_DIR}/share/passerelle/geography)
set(PASSERELLE_DEPARTEMENTS 03 63 CACHE STRING "Départements whose communes and EPCI the registry is given")
set(geography_package ${PROJECT_SOURCE_DIR}/node_modules/@etalab/decoupage-administratif)

find_program(NODE_EXECUTABLE NAMES node nodejs)
find_program(NPM_EXECUTABLE npm)
if(NOT NODE_EXECUTABLE)
  message(FATAL_ERROR "Node.js builds the geography tables: install it (Debian: nodejs), then configure again.")
endif()
# Also when the pin has changed since npm last ran.
if(NOT EXISTS ${geography_package}/package.json
   OR ${PROJECT_SOURCE_DIR}/package-lock.json IS_NEWER_THAN ${PROJECT_SOURCE_DIR}/node_modules/.package-lock.json)
  if(NOT NPM_EXECUTABLE)
    message(FATAL_ERROR "The geography package is missing: run `npm ci --ignore-scripts` in ${PROJECT_SOURCE_DIR}, "
                        "or install npm and configure again.")
  endif()
  message(STATUS "Fetching the geography package pinned in package-lock.json")
  execute_process(COMMAND ${NPM_EXECUTABLE} ci --ignore-scripts --no-audit --no-fund
                  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} RESULT_VARIABLE npm_result OUTPUT_QUIET)
  if(NOT npm_result EQUAL 0)
    message(FATAL_ERROR "`npm ci --ignore-scripts` failed (${npm_result}): the geography package cannot be fetched.")
  endif()
endif()

add_custom_command(
  OUTPUT ${PASSERELLE_GEOGRAPHY_FOLDER}/communes.csv ${PASSERELLE_GEOGRAPHY_FOLDER}/departements.csv
  COMMAND ${NODE_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/geography.mjs ${geography_package}
          ${PASSERELLE_GEOGRAPHY_FOLDER}
  DEPENDS ${CMAKE_CURRENT_LIST_DIR}/geography.mjs ${geography_package}/package.json
  COMMENT "Writing the geography tables" VERBATIM)
set(known_places ${PROJECT_SOURCE_DIR}/mappings/geography)
set(place_folder ${PASSERELLE_GEOGRAPHY_FOLDER}/registry)
set(place_tables ${place_folder}/communes.csv ${place_folder}/epci.csv ${place_folder}/epci-communes.csv)
add_custom_command(
  OUTPUT ${place_tables}
  COMMAND ${NODE_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/places.mjs ${geography_package} ${known_places} ${place_folder}
          ${PASSERELLE_DEPARTEMENTS}
  DEPENDS ${CMAKE_CURRENT_LIST_DIR}/places.mjs ${geography_package}/package.json ${known_places}/fusions.csv
          ${known_places}/appartenances.csv
  COMMENT "Writing the dated tables of communes and EPCI" VERBATIM)
add_custom_target(passerelle_geography ALL DEPENDS ${PASSERELLE_GEOGRAPHY_FOLDER}/communes.csv
                                                   ${PASSERELLE_GEOGRAPHY_FOLDER}/departements.csv ${place_tables})
