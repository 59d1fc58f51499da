// Sixteen bytes of ASCII at a time, where the processor can.
#ifndef LINSANG_SPELLING_BLOCK_H
#define LINSANG_SPELLING_BLOCK_H

#include <string.h>

#include "SpellingSigns.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

static inline int bit(const uint64_t *bits, uint32_t place) { return (int)(bits[place >> 6] >> (place & 63) & 1); }

#if defined(__SSE2__)
/// Shorter runs of ASCII are read byte by byte.
enum { SHORTEST_RUN = 4 };

enum { BLOCK = 16, FULL = 0xFFFF, LATIN = 1 << 30 };

/// What the 16 bytes of a block are, a bit each.
typedef struct {
  uint32_t letter, digit, word, sign, bang, separator, ampersand, repeated;
} block_traits;

static inline __m128i in_range(__m128i x, char first, char count) {
  const __m128i shifted = _mm_add_epi8(x, _mm_set1_epi8((char)(-128 - first)));
  return _mm_cmplt_epi8(shifted, _mm_set1_epi8((char)(-128 + count)));
}

static inline __m128i is(__m128i x, char c) { return _mm_cmpeq_epi8(x, _mm_set1_epi8(c)); }

static inline __m128i is_any_of_two(__m128i x, char a, char b) { return _mm_or_si128(is(x, a), is(x, b)); }

static inline __m128i keep(__m128i where, int bits) { return _mm_and_si128(where, _mm_set1_epi8((char)bits)); }

static inline uint32_t mask(__m128i x) { return (uint32_t)_mm_movemask_epi8(x); }

/// Reads 16 bytes of ASCII and writes their entries, reckoned instead of looked up.
INLINED block_traits read_block(__m128i x, uint32_t previous, uint32_t *symbols) {
  block_traits t;
  const __m128i low = _mm_or_si128(x, _mm_set1_epi8(0x20));
  const __m128i letter = in_range(low, 'a', 26), digit = in_range(x, '0', 10);
  const __m128i bang = is(x, '!'), ampersand = is(x, '&');
  const __m128i sign = _mm_or_si128(is_any_of_two(x, '@', '$'), bang);
  const __m128i separator =
      _mm_or_si128(_mm_or_si128(is(x, ' '), in_range(x, 9, 5)), is_any_of_two(x, '-', '_'));
  const __m128i word = _mm_or_si128(letter, digit);
  t.letter = mask(letter);
  t.digit = mask(digit);
  t.word = t.letter | t.digit;
  t.bang = mask(bang);
  t.sign = mask(sign);
  t.separator = mask(separator);
  t.ampersand = mask(ampersand);
  // Each byte beside the one before it; the first beside the character that was met last, whatever stands between.
  const uint32_t equal = mask(_mm_cmpeq_epi8(low, _mm_slli_si128(low, 1)));
  t.repeated = (equal & ~1u) | ((previous & LP_FOLDED) == (((uint32_t)_mm_cvtsi128_si32(x) & 0xFF) | 0x20));

  // A spacer is any printable character of ASCII but letters, digits and `! $ % & ? @`.
  const __m128i no_spacer = _mm_or_si128(
      _mm_or_si128(_mm_or_si128(sign, ampersand), _mm_or_si128(is_any_of_two(x, '%', '?'), is(x, 0x7F))), word);
  const __m128i spacer =
      _mm_or_si128(separator, _mm_andnot_si128(no_spacer, _mm_cmpgt_epi8(x, _mm_set1_epi8(0x1F))));
  const __m128i leet = _mm_or_si128(sign, _mm_andnot_si128(is(x, '2'), digit));
  const __m128i folded = _mm_or_si128(
      _mm_or_si128(_mm_andnot_si128(separator, x), keep(separator, ' ')), keep(letter, 0x20));
  // The third and fourth byte of an entry.
  const __m128i third = _mm_or_si128(keep(word, LP_WORD >> 16), keep(separator, LP_SEPARATOR >> 16));
  const __m128i fourth = _mm_or_si128(
      _mm_or_si128(keep(spacer, LP_SPACER >> 24), keep(leet, LP_LEET >> 24)),
      _mm_or_si128(keep(digit, LP_DIGIT >> 24), keep(letter, LATIN >> 24)));
  const __m128i zero = _mm_setzero_si128();
  const __m128i first = _mm_unpacklo_epi8(folded, zero), second = _mm_unpackhi_epi8(folded, zero);
  const __m128i above = _mm_unpacklo_epi8(third, fourth), beyond = _mm_unpackhi_epi8(third, fourth);
  __m128i *out = (__m128i *)symbols;
  _mm_storeu_si128(out, _mm_unpacklo_epi16(first, above));
  _mm_storeu_si128(out + 1, _mm_unpackhi_epi16(first, above));
  _mm_storeu_si128(out + 2, _mm_unpacklo_epi16(second, beyond));
  _mm_storeu_si128(out + 3, _mm_unpackhi_epi16(second, beyond));
  return t;
}

static inline void number_block(uint32_t *starts, uint32_t first) {
  const __m128i base = _mm_set1_epi32((int)first);
  __m128i *out = (__m128i *)starts;
  for (int k = 0; k < 4; k++) {
    _mm_storeu_si128(out + k, _mm_add_epi32(base, _mm_setr_epi32(4 * k, 4 * k + 1, 4 * k + 2, 4 * k + 3)));
  }
}

/// Notes the symbols of a block, the first of which is `base`, one for each bit.
static inline void note_each(noted *n, uint32_t bits, uint32_t base, uint32_t sign) {
  for (; bits; bits &= bits - 1) {
    const uint32_t place = base + (uint32_t)__builtin_ctz(bits);
    if (sign) note_strange(n, place, sign); else note(n, place, SPOT_LEET);
  }
}

/// The signs in a block of ASCII. More may be said than there are, never fewer.
INLINED void follow_block(const block_traits *t, uint32_t base, uint32_t count, clues *c, noted *n) {
  const uint32_t previous = c->previous;
  const uint32_t strange = t->sign | t->digit;
  if (strange | (previous & (LP_LEET | LP_DIGIT))) {
    const uint32_t was_letter = is_letter(previous), was_digit = (previous & LP_DIGIT) != 0;
    const uint32_t was_sign = (previous & (LP_LEET | LP_WORD)) == LP_LEET;
    const uint32_t was_bang = was_sign && (previous & LP_FOLDED) == '!';
    const uint32_t inner = strange & ~t->bang;
    const uint32_t leet = (t->letter & (strange << 1 | was_sign | was_digit)) |
                          (inner & (t->letter << 1 | was_letter)) | (inner & (t->bang << 1 | was_bang));
    if (leet) note_each(n, leet, base, 0);
  }
  const uint32_t was_repeated = !((previous ^ c->before) & LP_FOLDED);
  const uint32_t repeats = t->repeated & (t->repeated << 1 | was_repeated) & t->letter;
  if (repeats) note_each(n, repeats, base, LP_SIGN_REPEATS);
  if (t->ampersand) c->signs |= LP_SIGN_REFERENCE;

  const uint32_t before_separator = t->separator ? (t->separator & -t->separator) - 1 : FULL;
  if (c->script && c->script != LATIN && (t->letter & before_separator)) c->signs |= LP_SIGN_SCRIPTS;
  if (t->separator) {
    c->script = t->letter >> (31u - (uint32_t)__builtin_clz(t->separator)) ? LATIN : 0;
  } else if (t->letter) {
    c->script = LATIN;
  }

  // A word that the block cuts is looked at where it ends.
  if (c->word_length == 1 && !(t->word & 1)) note_single(n, base - 1);
  const uint32_t goes_on = c->word_length != 0;
  uint32_t single = t->word & ~(t->word << 1 | goes_on) & ~(t->word >> 1) & ((1u << (count - 1)) - 1);
  for (; single; single &= single - 1) note_single(n, base + (uint32_t)__builtin_ctz(single));
  const uint32_t tail = (uint32_t)__builtin_clz(~(t->word << (32 - count)));
  c->word_length = tail == count ? c->word_length + count : tail;
}

/// Keeps of a block its first `count` bytes.
INLINED void cut_block(block_traits *t, uint32_t count) {
  const uint32_t kept = (1u << count) - 1;
  t->letter &= kept;
  t->digit &= kept;
  t->word &= kept;
  t->sign &= kept;
  t->bang &= kept;
  t->separator &= kept;
  t->ampersand &= kept;
  t->repeated &= kept;
}

/// Reads the `count` bytes of ASCII that a block begins with, the others being 0, up to a separator behind another one:
/// these become one. Returns how many bytes were read.
INLINED uint32_t take_block(
    const lp_scan_tables *tables, __m128i x, uint32_t count, uint32_t at, const lp_spelling_scan *scan,
    size_t *symbol_count, size_t *anchor_count, clues *c, noted *n) {
  uint32_t *symbols = scan->symbols + *symbol_count;
  block_traits t = read_block(x, c->previous, symbols);
  const uint32_t was_separator = *symbol_count && (symbols[-1] & LP_SEPARATOR);
  const uint32_t doubled = t.separator & (t.separator << 1 | was_separator);
  if (doubled) {
    count = (uint32_t)__builtin_ctz(doubled);
    if (count == 0) return 0;
    cut_block(&t, count);
  }
  number_block(scan->starts + *symbol_count, at);
  uint32_t begins = t.word & ~(t.word << 1 | (uint32_t)is_touching(c->previous));
  if (tables->anywhere[0] | tables->anywhere[1]) {
    for (uint32_t k = 0; k < count; k++) begins |= (uint32_t)bit(tables->anywhere, symbols[k] & 0xFFFF) << k;
  }
  for (; begins; begins &= begins - 1) {
    scan->anchors[(*anchor_count)++] = (uint32_t)*symbol_count + (uint32_t)__builtin_ctz(begins);
  }
  follow_block(&t, (uint32_t)*symbol_count, count, c, n);
  if (count > 1) c->before = symbols[count - 2]; else c->before = c->previous;
  c->previous = symbols[count - 1];
  *symbol_count += count;
  return count;
}

/// The last bytes of a text, fewer than a block, with zeros behind them.
static inline __m128i load_rest(const uint8_t *bytes, uint32_t count) {
  uint64_t low = 0, high = 0;
  if (count >= 8) {
    memcpy(&low, bytes, 8);
    memcpy(&high, bytes + count - 8, 8);
    // Of the last eight bytes those that are not among the first eight.
    high = count > 8 ? high >> (8 * (16 - count)) : 0;
  } else if (count >= 4) {
    uint32_t first, last;
    memcpy(&first, bytes, 4);
    memcpy(&last, bytes + count - 4, 4);
    low = first | (uint64_t)last << (8 * (count - 4));
  } else {
    for (uint32_t k = 0; k < count; k++) low |= (uint64_t)bytes[k] << (8 * k);
  }
  return _mm_set_epi64x((long long)high, (long long)low);
}

static inline __m128i first_bytes(__m128i x, uint32_t count) {
  const __m128i places = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return _mm_and_si128(x, _mm_cmplt_epi8(places, _mm_set1_epi8((char)count)));
}
#endif

#endif
