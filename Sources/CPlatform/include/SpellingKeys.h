// What says of most places of a text, with a load or two, that no key begins there. Both readings of the spelling matcher
// ask the same of their keys: the first of folded spellings, the second of their kinds of letters.
#ifndef LINSANG_SPELLING_KEYS_H
#define LINSANG_SPELLING_KEYS_H

#include <stdint.h>

/// The bits of an entry that hold a character.
enum { LP_FOLDED = 0x1FFFFF };

/// What is known of the beginnings of keys.
typedef struct {
  /// A bit for the lower 16 bits of the first character of each key, and of each that is shorter than four.
  const uint64_t *firsts, *shorts;
  /// Bits for the keys of one character, of two, of three, and for the first four of all others. NULL where there are none.
  /// Each has a power of two bits; a shift leaves the bits of a place in it.
  const uint64_t *ones, *twos, *threes, *fours;
  uint32_t ones_shift, twos_shift, threes_shift, fours_shift;
} lp_key_filter;

/// The hash of a character, of two, of three and of four; those of two, three and four share their first half.
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

/// Asks for a place in memory that will be read soon.
static inline void lp_prefetch(const void *place) { __builtin_prefetch(place); }

/// A filter is entered with the upper bits of a hash; its lower bits choose two of the 64 bits that are found there.
static inline uint64_t lp_filter_bits(uint32_t shift, uint32_t hash) {
  return (uint64_t)1 << (hash >> shift & 63) | (uint64_t)1 << (hash & 63);
}
static inline int lp_may_contain(const uint64_t *filter, uint32_t shift, uint32_t hash) {
  const uint64_t bits = lp_filter_bits(shift, hash);
  return (filter[hash >> shift >> 6] & bits) == bits;
}

/// Whether a key may begin with the characters of two pairs, traits left out: 0 is final, all else is to be looked up.
static inline int lp_may_begin_key(const lp_key_filter *f, uint64_t first, uint64_t second) {
  const uint32_t low = (uint32_t)first & 0xFFFF;
  if (!(f->firsts[low >> 6] >> (low & 63) & 1)) return 0;
  const uint64_t half = lp_first_half(first);
  int found = 0;
  if (f->fours) found = lp_may_contain(f->fours, f->fours_shift, (uint32_t)((half ^ lp_second_half(second)) >> 32));
  if (!(f->shorts[low >> 6] >> (low & 63) & 1)) return found;
  if (f->threes) {
    const uint64_t hash = half ^ lp_second_half(second & LP_FOLDED);
    found |= lp_may_contain(f->threes, f->threes_shift, (uint32_t)(hash >> 32));
  }
  if (f->twos) found |= lp_may_contain(f->twos, f->twos_shift, (uint32_t)(half >> 32));
  if (f->ones) found |= lp_may_contain(f->ones, f->ones_shift, lp_hash_one((uint32_t)first));
  return found;
}

#endif
