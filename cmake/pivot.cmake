# What is generated from mappings/pivot at build time: field identifiers, JSON Schema, documentation.
set(PASSERELLE_GENERATED ${PROJECT_BINARY_DIR}/generated)

add_executable(pivot_generator mapping/pivot_generator/main.cpp)
target_link_libraries(pivot_generator PRIVATE passerelle_mapping passerelle_warnings)

file(GLOB pivot_tables CONFIGURE_DEPENDS
     ${PROJECT_SOURCE_DIR}/mappings/pivot/*.csv ${PROJECT_SOURCE_DIR}/mappings/pivot/lists/*.csv)
set(pivot_outputs
    ${PASSERELLE_GENERATED}/gateway/mapping/pivot_field.hpp
    ${PASSERELLE_GENERATED}/share/passerelle/pivot.schema.json
    ${PASSERELLE_GENERATED}/share/passerelle/pivot.md)
add_custom_command(
  OUTPUT ${pivot_outputs}
  COMMAND pivot_generator ${PROJECT_SOURCE_DIR}/mappings/pivot ${PASSERELLE_GENERATED}
  DEPENDS pivot_generator ${pivot_tables}
  COMMENT "Generating from the tables of the pivot")
add_custom_target(pivot_documents ALL DEPENDS ${pivot_outputs})

# Layers above mapping that name fields link this.
add_library(passerelle_pivot_field INTERFACE)
target_include_directories(passerelle_pivot_field INTERFACE ${PASSERELLE_GENERATED})
add_dependencies(passerelle_pivot_field pivot_documents)
