// A folder of pivot tables that a test writes, gone when the test ends.
#pragma once

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>

#include "gateway/mapping/pivot_tables.hpp"

namespace passerelle::mapping {

inline constexpr std::string_view field_header =
    "path,type,cardinality,rubric,label,basis,class,since,status,source\n";
inline constexpr std::string_view list_header = "code,label,since,until,status,source\n";
inline constexpr std::string_view profile_header = "profile,path,rule,severity,basis\n";

/// Holds one small right pivot; a test replaces what it wants wrong.
class PivotFolder {
 public:
  PivotFolder() : m_folder(unique_folder()) {
    write_list("sexe", "feminin,Féminin,v2,,public,s\nmasculin,Masculin,v2,,public,s\n");
    write_structures(
        "adresse,group,0..1,A,Adresse,b,contact,v2,public,s\n"
        "adresse.voie,text(20),0..1,A,Voie,b,contact,v2,public,s\n");
    write_fields(
        "entete,group,0..1,-,En-tête,b,technical,v2,public,s\n"
        "entete.dateFichier,dateTime,0..1,-,Date,b,technical,v2,public,s\n"
        "demandeur,group,0..1,A,Demandeur,b,identity,v2,public,s\n"
        "demandeur.nom,text(10),0..1,A,Nom,b,identity,v2,public,s\n"
        "demandeur.adresse,structure(adresse),0..1,A,Adresse,b,contact,v2,public,s\n"
        "demandeur.adresse.etage,\"integer(0,99)\",0..1,A,Étage,b,contact,05,assumption,s\n"
        "personneMorale,group,0..1,-,Personne morale,b,identity,v2,public,s\n"
        "enfants[],list,0..n,C,Enfants,b,family,v2,public,s\n"
        "enfants[].sexe,code(sexe),0..1,C,Sexe,b,family,v2,public,s\n"
        "motifs[],text(10),0..n,F,Motifs,b,protected-fact,v2,public,s\n");
    write("profiles.csv", std::string(profile_header));
  }
  PivotFolder(const PivotFolder&) = delete;
  PivotFolder& operator=(const PivotFolder&) = delete;
  ~PivotFolder() { std::filesystem::remove_all(m_folder); }

  [[nodiscard]] std::string path() const { return m_folder.string(); }
  [[nodiscard]] std::string file(std::string_view name) const { return (m_folder / name).string(); }

  void write(std::string_view name, const std::string& text) const {
    std::ofstream(m_folder / name, std::ios::binary) << text;
  }
  void write_fields(std::string_view rows) const {
    write("fields.csv", std::string(field_header).append(rows));
  }
  void write_structures(std::string_view rows) const {
    write("structures.csv", std::string(field_header).append(rows));
  }
  void write_list(std::string_view name, std::string_view rows) const {
    write("lists/" + std::string(name) + ".csv", std::string(list_header).append(rows));
  }

 private:
  static std::filesystem::path unique_folder() {
    std::string name = testing::TempDir() + "passerelle-pivot-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "no temporary folder";
    std::filesystem::create_directories(std::filesystem::path(name) / "lists");
    return name;
  }

  std::filesystem::path m_folder;
};

/// The tables of a folder that must have no fault; their faults fail the test.
inline PivotTables right_tables(const std::string& folder) {
  auto tables = read_pivot_tables(folder);
  if (tables) return std::move(*tables);
  for (const TableFault& fault : tables.error())
    ADD_FAILURE() << fault.file << ":" << fault.line << ": " << fault.text;
  return {};
}

}  // namespace passerelle::mapping
