// Whether bytes are UTF-8, 64 at a time.
#ifndef LINSANG_TEXT_CHECK_H
#define LINSANG_TEXT_CHECK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { LP_TEXT_INVALID_UTF8 = 1, LP_TEXT_HAS_NUL = 2 };

#if defined(__SSE2__)
#include <emmintrin.h>

/// The bits of `lp_text_flags` for one block of 64 bytes. `carry` holds which of its first bytes must continue a
/// character of the block before (bits 0-2), and what the last byte of that block demands of the first one here.
///
/// Method: every lead byte asks for continuation bytes at the 1-3 places after it; the places asked for must be
/// exactly those that hold one. The ranges that are too small (overlong) or too large, and the surrogates, show in the
/// byte after E0, ED, F0 and F4. Source: RFC 3629, section 4.
typedef struct {
  uint64_t needed, after_e0, after_ed, after_f0, after_f4;
} lp_text_carry;

static inline int lp_text_block(const uint8_t *bytes, lp_text_carry *carry) {
  uint64_t high = 0, nul = 0;
  for (int i = 0; i < 4; i++) {
    const __m128i x = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
    high |= (uint64_t)(uint32_t)_mm_movemask_epi8(x) << (16 * i);
    nul |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(x, _mm_setzero_si128())) << (16 * i);
  }
  const int flags = nul ? LP_TEXT_HAS_NUL : 0;
  if (!high) {
    const int cut = carry->needed != 0;
    memset(carry, 0, sizeof *carry);
    return flags | (cut ? LP_TEXT_INVALID_UTF8 : 0);
  }
  uint64_t tail = 0, from_e0 = 0, from_f0 = 0, never = 0, e0 = 0, ed = 0, f0 = 0, f4 = 0, below_a0 = 0, below_90 = 0;
#define LP_MASK(condition) ((uint64_t)(uint32_t)_mm_movemask_epi8(condition) << (16 * i))
  for (int i = 0; i < 4; i++) {
    const __m128i x = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
    tail |= LP_MASK(_mm_cmplt_epi8(x, _mm_set1_epi8((char)0xC0)));
    from_e0 |= LP_MASK(_mm_cmpgt_epi8(x, _mm_set1_epi8((char)0xDF)));
    from_f0 |= LP_MASK(_mm_cmpgt_epi8(x, _mm_set1_epi8((char)0xEF)));
    never |= LP_MASK(_mm_cmpgt_epi8(x, _mm_set1_epi8((char)0xF4)));
    e0 |= LP_MASK(_mm_cmpeq_epi8(x, _mm_set1_epi8((char)0xE0)));
    ed |= LP_MASK(_mm_cmpeq_epi8(x, _mm_set1_epi8((char)0xED)));
    f0 |= LP_MASK(_mm_cmpeq_epi8(x, _mm_set1_epi8((char)0xF0)));
    f4 |= LP_MASK(_mm_cmpeq_epi8(x, _mm_set1_epi8((char)0xF4)));
    below_a0 |= LP_MASK(_mm_cmplt_epi8(x, _mm_set1_epi8((char)0xA0)));
    below_90 |= LP_MASK(_mm_cmplt_epi8(x, _mm_set1_epi8((char)0x90)));
  }
  uint64_t c0c1 = 0;
  for (int i = 0; i < 4; i++) {
    const __m128i x = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
    const __m128i even = _mm_and_si128(x, _mm_set1_epi8((char)0xFE));
    c0c1 |= LP_MASK(_mm_cmpeq_epi8(even, _mm_set1_epi8((char)0xC0)));
  }
#undef LP_MASK
  // Signed comparisons: only the upper half is meant.
  from_e0 &= high;
  from_f0 &= high;
  never = (never & high) | c0c1;
  const uint64_t lead = high & ~tail;
  const uint64_t needed = lead << 1 | from_e0 << 2 | from_f0 << 3 | carry->needed;
  const uint64_t wrong = (needed ^ tail) | never | ((e0 << 1 | carry->after_e0) & below_a0)
      | ((ed << 1 | carry->after_ed) & tail & ~below_a0) | ((f0 << 1 | carry->after_f0) & below_90)
      | ((f4 << 1 | carry->after_f4) & tail & ~below_90);
  carry->needed = lead >> 63 | from_e0 >> 62 | from_f0 >> 61;
  carry->after_e0 = e0 >> 63;
  carry->after_ed = ed >> 63;
  carry->after_f0 = f0 >> 63;
  carry->after_f4 = f4 >> 63;
  return flags | (wrong ? LP_TEXT_INVALID_UTF8 : 0);
}

/// `LP_TEXT_INVALID_UTF8` and `LP_TEXT_HAS_NUL`, as far as they hold of `count` bytes.
static inline int lp_text_flags(const uint8_t *bytes, size_t count) {
  lp_text_carry carry = {0};
  int flags = 0;
  size_t index = 0;
  for (; index + 64 <= count; index += 64) flags |= lp_text_block(bytes + index, &carry);
  uint8_t rest[64];
  memset(rest, ' ', sizeof rest);
  if (index < count) memcpy(rest, bytes + index, count - index);
  return flags | lp_text_block(rest, &carry);
}
#else
static inline int lp_text_flags(const uint8_t *bytes, size_t count) {
  int flags = 0;
  size_t index = 0;
  while (index < count) {
    const uint8_t first = bytes[index];
    if (first == 0) flags |= LP_TEXT_HAS_NUL;
    if (first < 0x80) { index++; continue; }
    const size_t length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || index + length > count) return flags | LP_TEXT_INVALID_UTF8;
    for (size_t i = 1; i < length; i++)
      if ((bytes[index + i] & 0xC0) != 0x80) return flags | LP_TEXT_INVALID_UTF8;
    const uint8_t next = bytes[index + 1];
    if ((first == 0xE0 && next < 0xA0) || (first == 0xED && next > 0x9F) || (first == 0xF0 && next < 0x90)
        || (first == 0xF4 && next > 0x8F))
      return flags | LP_TEXT_INVALID_UTF8;
    index += length;
  }
  return flags;
}
#endif

/// The same, faster from a few hundred bytes on, where the processor has wider registers.
///
/// Source: Keiser & Lemire 2021, "Validating UTF-8 in less than one instruction per byte".
int lp_text_flags_of_long(const uint8_t *bytes, size_t count);

#endif
