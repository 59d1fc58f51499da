// What Swift's Glibc module does not show: GNU extensions of libc, and the one SIMD step (movemask) that Swift
// cannot express. Everything is `static inline`, so that the optimiser sees through it.
#ifndef LINSANG_CPLATFORM_H
#define LINSANG_CPLATFORM_H

#include <stddef.h>
#include <stdint.h>
#include <wchar.h>
#include "IdleThread.h"
#include "MappingGuard.h"
#include "TerminalGuard.h"

#include "TextCheck.h"
#include "SpellingDisguise.h"
#include "SpellingKeys.h"
#include "SpellingScan.h"
#include "WordSearch.h"

/// memmem(3), a GNU extension: the first place of `needle` in `haystack`, or NULL.
extern void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);

/// wcwidth(3): the cells glibc, and so curses, counts for a character; -1 for what it does not know.
extern int wcwidth(wchar_t character);

#if defined(__SSE2__)
#include <emmintrin.h>

/// A bit for each of the 64 bytes at `bytes` (bit 0 is the first) that equals `wanted`.
static inline uint64_t lp_equal_mask64(const uint8_t *bytes, uint8_t wanted) {
  const __m128i w = _mm_set1_epi8((char)wanted);
  uint64_t a = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(bytes)), w));
  uint64_t b = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(bytes + 16)), w));
  uint64_t c = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(bytes + 32)), w));
  uint64_t d = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(bytes + 48)), w));
  return a | (b << 16) | (c << 32) | (d << 48);
}

/// A bit for each of the 64 bytes at `bytes` that equals `w1`, `w2` or `w3`: the structure of a CSV line in one pass.
static inline uint64_t lp_any_mask64(const uint8_t *bytes, uint8_t w1, uint8_t w2, uint8_t w3) {
  const __m128i v1 = _mm_set1_epi8((char)w1), v2 = _mm_set1_epi8((char)w2), v3 = _mm_set1_epi8((char)w3);
  uint64_t mask = 0;
  for (int i = 0; i < 4; i++) {
    const __m128i x = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
    const __m128i e = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(x, v1), _mm_cmpeq_epi8(x, v2)), _mm_cmpeq_epi8(x, v3));
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(e) << (16 * i);
  }
  return mask;
}

/// A bit for each of the 64 bytes at `bytes` whose high bit is set: the bytes that are not ASCII.
static inline uint64_t lp_high_mask64(const uint8_t *bytes) {
  uint64_t mask = 0;
  for (int i = 0; i < 4; i++)
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(bytes + 16 * i))) << (16 * i);
  return mask;
}
#else
static inline uint64_t lp_equal_mask64(const uint8_t *bytes, uint8_t wanted) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(bytes[i] == wanted) << i;
  return mask;
}
static inline uint64_t lp_any_mask64(const uint8_t *bytes, uint8_t w1, uint8_t w2, uint8_t w3) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(bytes[i] == w1 || bytes[i] == w2 || bytes[i] == w3) << i;
  return mask;
}
static inline uint64_t lp_high_mask64(const uint8_t *bytes) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(bytes[i] >> 7) << i;
  return mask;
}
#endif

#endif
