#include "TextCheck.h"

#if defined(__x86_64__)
#include <immintrin.h>

// What the halves of two neighbouring bytes rule out; a bit that all three tables have is an error.
enum {
  TOO_SHORT = 1 << 0,       // a lead byte, and no continuation after it
  TOO_LONG = 1 << 1,        // ASCII, and a continuation after it
  OVERLONG_3 = 1 << 2,      // E0 below A0
  TOO_LARGE = 1 << 3,       // F4 from 90 on, and above F4
  SURROGATE = 1 << 4,       // ED from A0 on
  OVERLONG_2 = 1 << 5,      // C0 and C1
  TOO_LARGE_1000 = 1 << 6,  // F5 and above, below 90
  OVERLONG_4 = 1 << 6,      // F0 below 90
  TWO_CONTINUATIONS = 1 << 7,
  CARRY = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS,
};

/// Repeats 16 bytes in both halves of a register.
#define LP_TABLE(...) _mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))

/// The bytes of `x` moved back by `count`, after the last ones of the block before.
#define LP_BEFORE(x, last, count) _mm256_alignr_epi8(x, _mm256_permute2x128_si256(last, x, 0x21), 16 - (count))

/// Errors in 32 bytes, as bytes that are not zero. Those of a character cut by the end show in the next block.
__attribute__((target("avx2"))) static inline __m256i errors(__m256i x, __m256i last) {
  const __m256i first_high = LP_TABLE(
      TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, (char)TWO_CONTINUATIONS,
      (char)TWO_CONTINUATIONS, (char)TWO_CONTINUATIONS, (char)TWO_CONTINUATIONS, TOO_SHORT | OVERLONG_2, TOO_SHORT,
      TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4);
  enum { LARGE = CARRY | TOO_LARGE | TOO_LARGE_1000 };
  const __m256i first_low = LP_TABLE(
      (char)(CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4), (char)(CARRY | OVERLONG_2), (char)CARRY, (char)CARRY,
      (char)(CARRY | TOO_LARGE), (char)LARGE, (char)LARGE, (char)LARGE, (char)LARGE, (char)LARGE, (char)LARGE,
      (char)LARGE, (char)LARGE, (char)(LARGE | SURROGATE), (char)LARGE, (char)LARGE);
  enum { TAIL = TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS };
  const __m256i second_high = LP_TABLE(
      TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
      (char)(TAIL | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4), (char)(TAIL | OVERLONG_3 | TOO_LARGE),
      (char)(TAIL | SURROGATE | TOO_LARGE), (char)(TAIL | SURROGATE | TOO_LARGE), TOO_SHORT, TOO_SHORT, TOO_SHORT,
      TOO_SHORT);
  const __m256i low_half = _mm256_set1_epi8(0x0F);
  const __m256i before = LP_BEFORE(x, last, 1);
  const __m256i pair = _mm256_and_si256(
      _mm256_and_si256(
          _mm256_shuffle_epi8(first_high, _mm256_and_si256(_mm256_srli_epi16(before, 4), low_half)),
          _mm256_shuffle_epi8(first_low, _mm256_and_si256(before, low_half))),
      _mm256_shuffle_epi8(second_high, _mm256_and_si256(_mm256_srli_epi16(x, 4), low_half)));
  // Third and fourth bytes are continuations after continuations, which nothing else may be.
  const __m256i third = _mm256_subs_epu8(LP_BEFORE(x, last, 2), _mm256_set1_epi8((char)(0xE0 - 0x80)));
  const __m256i fourth = _mm256_subs_epu8(LP_BEFORE(x, last, 3), _mm256_set1_epi8((char)(0xF0 - 0x80)));
  const __m256i wanted = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));
  return _mm256_xor_si256(wanted, pair);
}

/// The same as `lp_text_flags`, 64 bytes at a time.
__attribute__((target("avx2"))) static int flags_avx2(const uint8_t *bytes, size_t count) {
  __m256i last = _mm256_setzero_si256(), wrong = last, nul = last, cut = last;
  // Lead bytes so near the end that their character cannot be whole.
  const __m256i whole = _mm256_setr_epi8(
      -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
      -1, (char)(0xF0 - 1), (char)(0xE0 - 1), (char)(0xC0 - 1));
  uint8_t rest[64];
  for (size_t index = 0;; index += 64) {
    const int is_last = index + 64 > count;
    const uint8_t *block = bytes + index;
    if (is_last) {
      memset(rest, ' ', sizeof rest);
      if (index < count) memcpy(rest, bytes + index, count - index);
      block = rest;
    }
    const __m256i x = _mm256_loadu_si256((const __m256i *)block);
    const __m256i y = _mm256_loadu_si256((const __m256i *)(block + 32));
    const __m256i zero = _mm256_setzero_si256();
    nul = _mm256_or_si256(nul, _mm256_or_si256(_mm256_cmpeq_epi8(x, zero), _mm256_cmpeq_epi8(y, zero)));
    if (_mm256_movemask_epi8(_mm256_or_si256(x, y)) == 0) {
      wrong = _mm256_or_si256(wrong, cut);
      cut = zero;
    } else {
      wrong = _mm256_or_si256(wrong, _mm256_or_si256(errors(x, last), errors(y, x)));
      cut = _mm256_subs_epu8(y, whole);
    }
    last = y;
    if (is_last) break;
  }
  wrong = _mm256_or_si256(wrong, cut);
  return (_mm256_testz_si256(wrong, wrong) ? 0 : LP_TEXT_INVALID_UTF8)
      | (_mm256_testz_si256(nul, nul) ? 0 : LP_TEXT_HAS_NUL);
}
#endif

int lp_text_flags_of_long(const uint8_t *bytes, size_t count) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return flags_avx2(bytes, count);
#endif
  return lp_text_flags(bytes, count);
}
