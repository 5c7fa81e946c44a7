// One invented person: name, birth, nationality, numbers, ways to be reached.
#pragma once

#include <string>
#include <string_view>

#include "gateway/generation/scene.hpp"

namespace passerelle::generation {

/// Texts of the vocabulary and codes of pivot lists are views that outlive the person; an empty text says
/// that the form was left blank.
struct Person {
  Sex sex = Sex::feminine;
  const Language* language = nullptr;
  std::string nom;
  std::string nom_naissance;
  std::string prenoms;
  Day birth;
  std::string_view nationality;
  std::string_view family_status;
  std::string nir;
  std::string mobile;
  std::string landline;
  std::string email;
};

/// What is given of someone before the rest is drawn.
struct Birth {
  const Language* language = nullptr;
  Sex sex = Sex::feminine;
  Day day;
};

/// A person with a name, a nationality and a NIR that belong together; the family status is the caller's.
[[nodiscard]] Person draw_person(const Scene& scene, const Birth& birth, Dice& dice);
/// Telephones of the ranges that Arcep keeps for fiction and a mail address of RFC 2606, as seldom or often
/// as people of that age give them.
void draw_contacts(Person& person, Day today, Dice& dice);

}  // namespace passerelle::generation
