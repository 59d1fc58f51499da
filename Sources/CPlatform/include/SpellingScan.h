// The pass of the spelling matcher over every text: folds it, picks the places where a spelling may begin, and tells
// where anything in it looks disguised. In C for its speed: it is the one loop that touches each byte.
#ifndef LINSANG_SPELLING_SCAN_H
#define LINSANG_SPELLING_SCAN_H

#include <stddef.h>
#include <stdint.h>

#include "SpellingKeys.h"

/// The bits of a character's entry above `LP_FOLDED`, what it folds to: its traits. `CharacterTraits` gives them their
/// names.
enum {
  LP_WORD = 1 << 21,
  LP_BORDERLESS = 1 << 22,
  LP_SEPARATOR = 1 << 23,
  LP_SPACER = 1 << 24,
  LP_INVISIBLE = 1 << 25,
  LP_ATTACHED = 1 << 26,
  LP_EXPANDS = 1 << 27,
  LP_LEET = 1 << 28,
  LP_DIGIT = 1 << 29,
};
/// Two bits: the script of a letter that others may be mistaken for, 0 where there is none.
#define LP_SCRIPT 0xC0000000u

/// Why a text deserves the deeper reading.
enum {
  LP_SIGN_INVISIBLE = 1,
  LP_SIGN_REFERENCE = 2,
  LP_SIGN_LEET = 4,
  LP_SIGN_SCRIPTS = 8,
  LP_SIGN_REPEATS = 16,
  LP_SIGN_SPACED = 32,
};
/// The signs of which a scan notes where they stand.
#define LP_SIGNS_WITH_SPOTS (LP_SIGN_LEET | LP_SIGN_REPEATS | LP_SIGN_SPACED)

/// What a scan looks things up in.
typedef struct {
  /// An entry per character below `direct`; the folded part of one that expands is its place in `expansions`, where
  /// a count stands before that many entries.
  const uint32_t *entries;
  uint32_t direct;
  const uint32_t *expansions;
  /// A bit for the lower 16 bits of each character with which a spelling may begin inside a word.
  const uint64_t *anywhere;
} lp_scan_tables;

/// Where a scan writes: room for `length + 8` of each but spots, times `LP_LONGEST_EXPANSION` where characters expand.
typedef struct {
  /// Entries of the folded text, runs of separators as one; four zeros behind them.
  uint32_t *symbols;
  /// Where in the text each of them begins; behind them the length of the text.
  uint32_t *starts;
  /// Places in `symbols` at which words begin, or spellings that may begin inside a word.
  uint32_t *anchors;
  /// Stretches of symbols that show a disguise, ascending: where one begins in the upper half, and behind its end.
  uint64_t *spots;
  /// How many spots there is room for.
  size_t spot_room;
  size_t symbol_count, anchor_count, spot_count;
  /// Or of LP_SIGN_*.
  uint32_t signs;
  /// Whether there were more spots than room: then nothing is known of where they are.
  int has_lost_spots;
} lp_spelling_scan;

/// Scans `length` bytes. -1 where `room` symbols are too few; nothing else is promised then.
int lp_scan_spellings(
    const lp_scan_tables *tables, const uint8_t *text, size_t length, size_t room, lp_spelling_scan *scan);

/// Writes the anchors at which a key may begin to `candidates`, and returns how many they are.
size_t lp_keep_candidates(const lp_key_filter *filter, const lp_spelling_scan *scan, uint32_t *candidates);

#endif
