#include "WordSearch.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

static inline uint8_t lower(uint8_t c) { return (uint8_t)(c - 'A') < 26 ? c | 0x20 : c; }

static inline int stands_at(const lp_word *word, const uint8_t *text) {
  for (size_t i = 0; i < word->length; i++)
    if (lower(text[i]) != word->needle[i]) return 0;
  return 1;
}

static ptrdiff_t find_slowly(const lp_word *word, const uint8_t *text, size_t from, size_t places) {
  const uint8_t rarer = word->needle[word->rarer];
  for (size_t i = from; i < places; i++)
    if (lower(text[i + word->rarer]) == rarer && stands_at(word, text + i)) return (ptrdiff_t)i;
  return -1;
}

/// Whether the bytes at `index`, of which the first is a lead byte, are a foldable character. What is cut off by the
/// end is no character; what is not valid UTF-8 may be taken for one, and folding then tells.
static inline int is_foldable_at(const lp_word *word, const uint8_t *text, size_t length, size_t index) {
  const uint8_t lead = text[index];
  uint32_t scalar;
  if (lead >= 0xE0) {
    if (lead >= 0xF0 || index + 3 > length) return 0;
    scalar = (uint32_t)(lead & 0x0F) << 12 | (uint32_t)(text[index + 1] & 0x3F) << 6 | (text[index + 2] & 0x3F);
  } else {
    if (lead < 0xC0 || index + 2 > length) return 0;
    scalar = (uint32_t)(lead & 0x1F) << 6 | (text[index + 1] & 0x3F);
  }
  return (int)(word->foldable[scalar >> 6] >> (scalar & 63) & 1);
}

static int is_foldable_slowly(const lp_word *word, const uint8_t *text, size_t length, size_t from) {
  for (size_t i = from; i < length; i++)
    if (text[i] >= 0xC0 && is_foldable_at(word, text, length, i)) return 1;
  return 0;
}

// Letters are compared with bit 0x20 set on both sides, which takes a few other bytes together too ('@' and '`'):
// candidates are compared in full.
static inline uint8_t case_bit(uint8_t c) { return (uint8_t)(c - 'a') < 26 ? 0x20 : 0; }

#if defined(__x86_64__)
__attribute__((target("avx2"))) static ptrdiff_t find_avx2(
    const lp_word *word, const uint8_t *text, size_t from, size_t places) {
  const uint8_t a = word->needle[word->rare], b = word->needle[word->rarer];
  const __m256i wanted_a = _mm256_set1_epi8((char)a), wanted_b = _mm256_set1_epi8((char)b);
  const __m256i case_a = _mm256_set1_epi8((char)case_bit(a)), case_b = _mm256_set1_epi8((char)case_bit(b));
  const uint8_t *text_a = text + word->rare, *text_b = text + word->rarer;
  for (size_t i = from; i < places; i += 32) {
    // The last step goes back so far that it ends with the text.
    const size_t at = i + 32 <= places ? i : places - 32;
    const __m256i x = _mm256_or_si256(_mm256_loadu_si256((const __m256i *)(text_a + at)), case_a);
    const __m256i y = _mm256_or_si256(_mm256_loadu_si256((const __m256i *)(text_b + at)), case_b);
    const __m256i both = _mm256_and_si256(_mm256_cmpeq_epi8(x, wanted_a), _mm256_cmpeq_epi8(y, wanted_b));
    uint32_t mask = (uint32_t)_mm256_movemask_epi8(both);
    while (mask) {
      const size_t place = at + (size_t)__builtin_ctz(mask);
      if (place >= from && stands_at(word, text + place)) return (ptrdiff_t)place;
      mask &= mask - 1;
    }
  }
  return -1;
}

__attribute__((target("avx2"))) static int is_foldable_avx2(const lp_word *word, const uint8_t *text, size_t length) {
  const __m256i leads = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)word->leads));
  const __m256i nibbles = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 0));
  const __m256i low = _mm256_set1_epi8(0x0F), zero = _mm256_setzero_si256();
  size_t i = 0;
  for (; i + 32 <= length; i += 32) {
    const __m256i x = _mm256_loadu_si256((const __m256i *)(text + i));
    if (_mm256_movemask_epi8(x) == 0) continue;
    const __m256i by_low = _mm256_shuffle_epi8(leads, _mm256_and_si256(x, low));
    const __m256i by_high = _mm256_shuffle_epi8(nibbles, _mm256_and_si256(_mm256_srli_epi16(x, 4), low));
    const __m256i none = _mm256_cmpeq_epi8(_mm256_and_si256(by_low, by_high), zero);
    uint32_t mask = ~(uint32_t)_mm256_movemask_epi8(none);
    while (mask) {
      if (is_foldable_at(word, text, length, i + (size_t)__builtin_ctz(mask))) return 1;
      mask &= mask - 1;
    }
  }
  return is_foldable_slowly(word, text, length, i);
}

static ptrdiff_t find_sse2(const lp_word *word, const uint8_t *text, size_t from, size_t places) {
  const uint8_t a = word->needle[word->rare], b = word->needle[word->rarer];
  const __m128i wanted_a = _mm_set1_epi8((char)a), wanted_b = _mm_set1_epi8((char)b);
  const __m128i case_a = _mm_set1_epi8((char)case_bit(a)), case_b = _mm_set1_epi8((char)case_bit(b));
  for (size_t i = from; i < places; i += 16) {
    const size_t at = i + 16 <= places ? i : places - 16;
    const __m128i x = _mm_or_si128(_mm_loadu_si128((const __m128i *)(text + word->rare + at)), case_a);
    const __m128i y = _mm_or_si128(_mm_loadu_si128((const __m128i *)(text + word->rarer + at)), case_b);
    uint32_t mask =
        (uint32_t)_mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(x, wanted_a), _mm_cmpeq_epi8(y, wanted_b)));
    while (mask) {
      const size_t place = at + (size_t)__builtin_ctz(mask);
      if (place >= from && stands_at(word, text + place)) return (ptrdiff_t)place;
      mask &= mask - 1;
    }
  }
  return -1;
}
#endif

ptrdiff_t lp_find_word(const lp_word *word, const uint8_t *text, size_t length, size_t from) {
  if (length < word->length) return -1;
  const size_t places = length - word->length + 1;
#if defined(__x86_64__)
  if (places >= 32 && __builtin_cpu_supports("avx2")) return find_avx2(word, text, from, places);
  if (places >= 16) return find_sse2(word, text, from, places);
#endif
  return find_slowly(word, text, from, places);
}

int lp_is_foldable(const lp_word *word, const uint8_t *text, size_t length) {
#if defined(__x86_64__)
  if (length >= 32 && __builtin_cpu_supports("avx2")) return is_foldable_avx2(word, text, length);
#endif
  return is_foldable_slowly(word, text, length, 0);
}
