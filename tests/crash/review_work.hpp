// What a gateway that is to be killed does with pairs of demandes: makes some, looks at them, merges, undoes.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace passerelle::crash {

/// Where the registry is, and how what was acknowledged is told, each line in one write.
struct ReviewWork {
  std::filesystem::path home;
  std::filesystem::path data;
  std::function<void(const std::string& line)> say;
};

/// Registers namesakes, two by two: each leaves a pair in the queue.
void register_namesakes(const ReviewWork& work, int first, int count);

/// Decides every pair that waits, in the name of the account `gestion`: of three, one is merged, one merged,
/// undone and decided different, one decided different. Says `decided ID OUTCOME` and `undone ID` once
/// answered.
void review_pairs(const ReviewWork& work);

}  // namespace passerelle::crash
