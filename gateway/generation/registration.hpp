// How an invented demande was registered, and what a message says became of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/generation/pivot_place.hpp"
#include "gateway/generation/scene.hpp"

namespace passerelle::generation {

/// Codes of the pivot list `natureMessage`; empty for a demande as the stock holds it.
using MessageKind = std::string_view;

/// Whether a message of that kind speaks of a demande without telling it again.
[[nodiscard]] bool is_short(MessageKind kind) noexcept;

struct Registration {
  std::string number;
  std::string guichet;
  std::string_view channel;  ///< code of `canal`
  Day created;
  std::vector<Day> renewals;
  Day valid_until;
  bool radiated = false;
};

/// `rank` sets numbers of one territory apart: they are all different for ranks below a million.
[[nodiscard]] Registration draw_registration(const Scene& scene, MessageKind kind, std::uint64_t rank,
                                             Dice& dice);

/// Number, guichet and day of deposit: what every message says.
void write_reference(const Place& demande, const Registration& registration);
/// The rest of the registration: state, dates, renewals, identity checked.
void write_life(const Place& demande, const Registration& registration, const Scene& scene, Dice& dice);
/// What a message of that kind adds, or the radiation that the stock remembers.
void write_event(const Place& demande, MessageKind kind, const Registration& registration, const Scene& scene,
                 Dice& dice);

}  // namespace passerelle::generation
