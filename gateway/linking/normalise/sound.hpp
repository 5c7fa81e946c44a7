// Codes under which names that sound alike, or are one name in several alphabets, fall together.
#pragma once

#include <string>
#include <string_view>

namespace passerelle::linking {

/// How a folded word sounds in French, readable (Beaulac and Baulac -> bolak, Sceau and Seau -> so). Written
/// from the published idea of FONEM (Bouchard, Brard, Lavoie, Population 1981): digraphs folded, mute endings
/// dropped, consonants single. A blocking key and a level of likeness, never evidence of equality.
[[nodiscard]] std::string sound_of(std::string_view word);

/// The consonants of a folded word in classes that survive transliteration between French, English, Polish,
/// Turkish, Slavic and Arabic spellings (Oualid, Walid -> vld; Khaled, Halid -> hld; Alijew, Aliyev -> alv).
[[nodiscard]] std::string skeleton_of(std::string_view word);

}  // namespace passerelle::linking
