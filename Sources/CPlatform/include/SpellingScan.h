// The pass of the spelling matcher over every text: folds it, picks the places where a spelling may begin, and tells
// whether anything in it looks disguised. In C for its speed: it is the one loop that touches each byte.
#ifndef LINSANG_SPELLING_SCAN_H
#define LINSANG_SPELLING_SCAN_H

#include <stddef.h>
#include <stdint.h>

/// The bits of a character's entry: what it folds to, below, and its traits. `CharacterTraits` gives them their names.
enum {
  LP_FOLDED = 0x1FFFFF,
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

/// What a scan looks things up in. All filters have a power of two bits; a shift leaves the bits of a place in them.
typedef struct {
  /// An entry per character below `direct`; the folded part of one that expands is its place in `expansions`, where
  /// a count stands before that many entries.
  const uint32_t *entries;
  uint32_t direct;
  const uint32_t *expansions;
  /// A bit for the lower 16 bits of each character with which a spelling may begin inside a word.
  const uint64_t *anywhere;
  /// Bits for the spellings of one character, of two, of three, and for the first four of all others. NULL where there
  /// are none.
  const uint64_t *ones, *twos, *threes, *fours;
  uint32_t ones_shift, twos_shift, threes_shift, fours_shift;
} lp_spelling_filter;

/// Where a scan writes: room for `length + 8` of each, times `LP_LONGEST_EXPANSION` where characters expand.
typedef struct {
  /// Entries of the folded text, runs of separators as one; four zeros behind them.
  uint32_t *symbols;
  /// Where in the text each of them begins; behind them the length of the text.
  uint32_t *starts;
  /// Places in `symbols` at which a spelling may begin.
  uint32_t *candidates;
  size_t symbol_count, candidate_count;
  /// Or of LP_SIGN_*.
  uint32_t signs;
} lp_spelling_scan;

/// The hash of a character, of two, of three and of four; those of two and four share their first half.
#define LP_PAIR(a, b) ((uint64_t)((b)&LP_FOLDED) << 32 | ((a)&LP_FOLDED))
static inline uint32_t lp_hash_one(uint32_t a) { return (a & LP_FOLDED) * 0x9E3779B1u; }
static inline uint64_t lp_first_half(uint64_t pair) { return pair * 0x9E3779B97F4A7C15u; }
static inline uint64_t lp_second_half(uint64_t pair) { return pair * 0xC2B2AE3D27D4EB4Fu; }
static inline uint32_t lp_hash_two(uint32_t a, uint32_t b) { return (uint32_t)(lp_first_half(LP_PAIR(a, b)) >> 32); }
static inline uint32_t lp_hash_three(uint32_t a, uint32_t b, uint32_t c) {
  return (uint32_t)((lp_first_half(LP_PAIR(a, b)) ^ lp_second_half(LP_PAIR(c, 0))) >> 32);
}
static inline uint32_t lp_hash_four(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  return (uint32_t)((lp_first_half(LP_PAIR(a, b)) ^ lp_second_half(LP_PAIR(c, d))) >> 32);
}

/// A filter is entered with the upper bits of a hash; its lower bits choose two of the 64 bits that are found there.
static inline uint64_t lp_filter_bits(uint32_t shift, uint32_t hash) {
  return (uint64_t)1 << (hash >> shift & 63) | (uint64_t)1 << (hash & 63);
}
static inline int lp_may_contain(const uint64_t *filter, uint32_t shift, uint32_t hash) {
  const uint64_t bits = lp_filter_bits(shift, hash);
  return (filter[hash >> shift >> 6] & bits) == bits;
}

/// Scans `length` bytes. -1 where `room` symbols are too few; nothing else is promised then.
int lp_scan_spellings(
    const lp_spelling_filter *filter, const uint8_t *text, size_t length, size_t room, lp_spelling_scan *scan);

#endif
