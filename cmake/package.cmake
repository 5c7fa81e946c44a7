# The Debian package: `cpack -G DEB` in a Release build, or `./dev package`. What it puts where: docs/operations.md,
# "Install". Destinations are of the root, so that /etc goes into the package like the rest.
set(package_doc usr/share/doc/passerelle)
set(package_home usr/share/passerelle)
install(TARGETS passerelle RUNTIME DESTINATION usr/bin)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/mappings ${PROJECT_SOURCE_DIR}/schemas DESTINATION ${package_home})
install(DIRECTORY ${PASSERELLE_GEOGRAPHY_FOLDER} DESTINATION ${package_home})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs/ DESTINATION ${package_doc})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/deploy/examples DESTINATION ${package_doc})
install(FILES ${PROJECT_SOURCE_DIR}/CHANGELOG.md ${PROJECT_SOURCE_DIR}/deploy/debian/copyright DESTINATION ${package_doc})
install(FILES ${PROJECT_SOURCE_DIR}/deploy/examples/serve.conf DESTINATION etc/passerelle PERMISSIONS OWNER_READ OWNER_WRITE
                                                                                                    GROUP_READ WORLD_READ)
install(FILES ${PROJECT_SOURCE_DIR}/deploy/systemd/passerelle.service DESTINATION usr/lib/systemd/system)
install(FILES ${PROJECT_SOURCE_DIR}/deploy/systemd/passerelle.sysusers DESTINATION usr/lib/sysusers.d
        RENAME passerelle.conf)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME passerelle)
set(CPACK_PACKAGE_CONTACT "Passerelle <passerelle@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "gateway for the exchange of French social-housing demands")
set(CPACK_PACKAGING_INSTALL_PREFIX /)
set(CPACK_STRIP_FILES ON)
# A folder that the umask of whoever builds would close stays open.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
                                                WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "postgresql-15, systemd | adduser")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${PROJECT_SOURCE_DIR}/deploy/debian/conffiles ${PROJECT_SOURCE_DIR}/deploy/debian/postinst
    ${PROJECT_SOURCE_DIR}/deploy/debian/prerm ${PROJECT_SOURCE_DIR}/deploy/debian/postrm)
include(CPack)
