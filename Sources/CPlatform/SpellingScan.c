#include "SpellingScan.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// What is more than a letter by itself.
enum { LP_NOT_PLAIN = LP_WORD | LP_SEPARATOR | LP_INVISIBLE | LP_ATTACHED | LP_EXPANDS | LP_LEET | LP_DIGIT };

enum { LETTER_I = 0x438, SHORT_I = 0x439, BREVE = 0x306 };

/// One character of UTF-8 (RFC 3629); a byte that is none has the length 1 and the character 0x1FFFFF.
static inline size_t decode(const uint8_t *text, size_t left, uint32_t *scalar) {
  const uint32_t a = text[0];
  if (a < 0x80) {
    *scalar = a;
    return 1;
  }
  if (a >= 0xE0 && a < 0xF0 && left >= 3 && (text[1] & 0xC0) == 0x80 && (text[2] & 0xC0) == 0x80) {
    const uint32_t s = (a & 0x0F) << 12 | (uint32_t)(text[1] & 0x3F) << 6 | (text[2] & 0x3F);
    if (s >= 0x800 && (s & 0xF800) != 0xD800) {
      *scalar = s;
      return 3;
    }
  } else if (a >= 0xC2 && a < 0xE0 && left >= 2 && (text[1] & 0xC0) == 0x80) {
    *scalar = (a & 0x1F) << 6 | (text[1] & 0x3F);
    return 2;
  } else if (
      a >= 0xF0 && a < 0xF5 && left >= 4 && (text[1] & 0xC0) == 0x80 && (text[2] & 0xC0) == 0x80 &&
      (text[3] & 0xC0) == 0x80) {
    const uint32_t s = (a & 0x07) << 18 | (uint32_t)(text[1] & 0x3F) << 12 | (uint32_t)(text[2] & 0x3F) << 6 |
                       (text[3] & 0x3F);
    if (s >= 0x10000 && s <= 0x10FFFF) {
      *scalar = s;
      return 4;
    }
  }
  *scalar = 0x1FFFFF;
  return 1;
}

static inline uint32_t rare_entry(uint32_t scalar) {
  if (scalar < 0x40000) return scalar | LP_WORD | LP_BORDERLESS;
  if (scalar >= 0xE0100 && scalar <= 0xE01EF) return scalar | LP_ATTACHED | LP_INVISIBLE;
  return scalar | (scalar >= 0xE0000 && scalar <= 0xE007F ? LP_INVISIBLE : 0);
}

static inline int bit(const uint64_t *bits, uint32_t place) { return (int)(bits[place >> 6] >> (place & 63) & 1); }

static inline int is_touching(uint32_t entry) { return (entry & (LP_WORD | LP_BORDERLESS)) == LP_WORD; }

static inline int is_dash(uint32_t scalar) {
  return scalar == '-' || scalar == '_' || (scalar >= 0x2010 && scalar <= 0x2015) || scalar == 0x2212 ||
         scalar == 0xFE58 || scalar == 0xFE63 || scalar == 0xFF0D || scalar == 0xFF3F;
}

/// Where words of one letter stand one after the other, or words of scripts without borders are parted by a sign. Only
/// a text that has enough of such words is asked: counting them costs the main loop little, this as much as all of it.
static int is_spaced_out(const lp_spelling_scan *scan, const uint8_t *text, size_t length) {
  const uint32_t *symbols = scan->symbols;
  uint32_t word_length = 0, gap_length = 0, singles = 0, last_word = 0;
  int is_plain = 1, has_blank = 0;
  for (size_t k = 0; k <= scan->symbol_count; k++) {
    const uint32_t entry = k < scan->symbol_count ? symbols[k] : 0;
    if (entry & LP_WORD) {
      if (word_length++ == 0) {
        if (gap_length > 6 || !is_plain) singles = 0;
        if (gap_length > 0 && gap_length <= 6 && is_plain && !has_blank && (entry & last_word & LP_BORDERLESS)) return 1;
      }
      last_word = entry;
      continue;
    }
    if (word_length) {
      // A word of one letter continues a chain of them; three in a row are a sign, of scripts without borders two.
      singles = word_length == 1 ? singles + 1 : 0;
      if (singles >= (last_word & LP_BORDERLESS ? 2u : 3u)) return 1;
      word_length = gap_length = 0;
      is_plain = 1;
      has_blank = 0;
    }
    gap_length++;
    if (!(entry & (LP_SPACER | LP_INVISIBLE))) is_plain = 0;
    if (entry & LP_SEPARATOR) {
      uint32_t scalar = 0;
      decode(text + scan->starts[k], length - scan->starts[k], &scalar);
      if (!is_dash(scalar)) has_blank = 1;
    }
  }
  return 0;
}

static inline int is_letter(uint32_t entry) { return (entry & (LP_WORD | LP_DIGIT)) == LP_WORD; }

/// Whether two characters that touch show that digits or signs are written for letters. A word so written has real
/// letters, so somewhere a letter touches a digit or sign; an exclamation mark must stand before something.
static inline int is_leet(uint32_t previous, uint32_t entry) {
  const uint32_t bang = '!' | LP_LEET;
  const int is_sign = (entry & (LP_LEET | LP_WORD)) == LP_LEET;
  const int was_sign = (previous & (LP_LEET | LP_WORD)) == LP_LEET;
  const int is_bang = (entry & (LP_FOLDED | LP_LEET)) == bang, was_bang = (previous & (LP_FOLDED | LP_LEET)) == bang;
  if (is_letter(entry)) return was_sign || (previous & LP_DIGIT);
  if (is_letter(previous)) return (is_sign && !is_bang) || (entry & LP_DIGIT);
  return was_bang && !is_bang && (is_sign || (entry & LP_DIGIT));
}


/// What the signs of disguise are told by, from one character to the next.
typedef struct {
  /// The entries of the last two characters, and the script of the word so far.
  uint32_t previous, before, script;
  /// The letters of the word so far, of which only none, one or more is told; words of one letter so far.
  uint32_t word_length, single_words;
  /// Whether a sign stood behind a letter of a script without borders.
  int is_parted;
  uint32_t signs;
} clues;

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

/// Reads 16 bytes of ASCII and writes their entries, reckoned instead of looked up: a quarter of the time.
static inline block_traits read_block(__m128i x, uint32_t previous, uint32_t *symbols) {
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

/// The signs in a block of ASCII. More may be said than there are, never fewer.
static inline void follow_block(const block_traits *t, uint32_t count, clues *c) {
  const uint32_t previous = c->previous;
  const uint32_t strange = t->sign | t->digit;
  if (strange | (previous & (LP_LEET | LP_DIGIT))) {
    const uint32_t was_letter = is_letter(previous), was_digit = (previous & LP_DIGIT) != 0;
    const uint32_t was_sign = (previous & (LP_LEET | LP_WORD)) == LP_LEET;
    const uint32_t was_bang = was_sign && (previous & LP_FOLDED) == '!';
    const uint32_t inner = strange & ~t->bang;
    if ((t->letter & (strange << 1 | was_sign | was_digit)) | (inner & (t->letter << 1 | was_letter)) |
        (inner & (t->bang << 1 | was_bang)))
      c->signs |= LP_SIGN_LEET;
  }
  const uint32_t was_repeated = !((previous ^ c->before) & LP_FOLDED);
  if (t->repeated & (t->repeated << 1 | was_repeated) & t->letter) c->signs |= LP_SIGN_REPEATS;
  if (t->ampersand) c->signs |= LP_SIGN_REFERENCE;

  const uint32_t before_separator = t->separator ? (t->separator & -t->separator) - 1 : FULL;
  if (c->script && c->script != LATIN && (t->letter & before_separator)) c->signs |= LP_SIGN_SCRIPTS;
  if (t->separator) {
    c->script = t->letter >> (31u - (uint32_t)__builtin_clz(t->separator)) ? LATIN : 0;
  } else if (t->letter) {
    c->script = LATIN;
  }

  // A word that the block cuts is counted where it ends.
  const uint32_t goes_on = c->word_length != 0;
  const uint32_t single = t->word & ~(t->word << 1 | goes_on) & ~(t->word >> 1) & ((1u << (count - 1)) - 1);
  c->single_words += (uint32_t)__builtin_popcount(single) + (c->word_length == 1 && !(t->word & 1));
  const uint32_t tail = (uint32_t)__builtin_clz(~(t->word << (32 - count)));
  c->word_length = tail == count ? c->word_length + count : tail;
}

/// Reads the `count` bytes of ASCII that a block begins with, the others being 0. False where separators follow one another:
/// they become one, and are read one by one.
static inline int take_block(
    const lp_spelling_filter *filter, __m128i x, uint32_t count, uint32_t at, const lp_spelling_scan *scan,
    size_t *symbol_count, size_t *anchor_count, clues *c) {
  uint32_t *symbols = scan->symbols + *symbol_count;
  const block_traits t = read_block(x, c->previous, symbols);
  const uint32_t was_separator = *symbol_count && (symbols[-1] & LP_SEPARATOR);
  if (t.separator & (t.separator << 1 | was_separator)) return 0;
  number_block(scan->starts + *symbol_count, at);
  uint32_t begins = t.word & ~(t.word << 1 | (uint32_t)is_touching(c->previous));
  if (filter->anywhere[0] | filter->anywhere[1]) {
    for (uint32_t k = 0; k < count; k++) begins |= (uint32_t)bit(filter->anywhere, symbols[k] & 0xFFFF) << k;
  }
  for (; begins; begins &= begins - 1) {
    scan->candidates[(*anchor_count)++] = (uint32_t)*symbol_count + (uint32_t)__builtin_ctz(begins);
  }
  follow_block(&t, count, c);
  if (count > 1) c->before = symbols[count - 2]; else c->before = c->previous;
  c->previous = symbols[count - 1];
  *symbol_count += count;
  return 1;
}

static inline __m128i first_bytes(__m128i x, uint32_t count) {
  const __m128i places = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return _mm_and_si128(x, _mm_cmplt_epi8(places, _mm_set1_epi8((char)count)));
}
#endif

/// The signs that a letter shows that is neither digit nor sign.
static inline void follow_letter(clues *c, uint32_t entry) {
  const uint32_t previous = c->previous;
  c->word_length++;
  if (entry & LP_SCRIPT) {
    if (c->script && ((c->script ^ entry) & LP_SCRIPT)) c->signs |= LP_SIGN_SCRIPTS;
    c->script = entry & LP_SCRIPT;
  }
  if (!((entry ^ previous) & LP_FOLDED) && !((entry ^ c->before) & LP_FOLDED)) c->signs |= LP_SIGN_REPEATS;
  if ((previous & (LP_LEET | LP_DIGIT)) && is_leet(previous, entry)) c->signs |= LP_SIGN_LEET;
  c->before = previous;
  c->previous = entry;
}

/// The signs that one character shows.
static inline void follow(clues *c, uint32_t scalar, uint32_t entry) {
  const uint32_t previous = c->previous;
  if (entry & LP_WORD) {
    c->word_length++;
    if (entry & LP_SCRIPT) {
      if (c->script && ((c->script ^ entry) & LP_SCRIPT)) c->signs |= LP_SIGN_SCRIPTS;
      c->script = entry & LP_SCRIPT;
    }
    if (!((entry ^ previous) & LP_FOLDED) && !((entry ^ c->before) & LP_FOLDED) && !(entry & LP_DIGIT))
      c->signs |= LP_SIGN_REPEATS;
  } else {
    c->single_words += c->word_length == 1;
    c->word_length = 0;
    if (entry & LP_SEPARATOR) c->script = 0;
    if ((previous & LP_BORDERLESS) && (entry & (LP_SPACER | LP_INVISIBLE)) && (!(entry & LP_SEPARATOR) || is_dash(scalar)))
      c->is_parted = 1;
    if (scalar == '&') c->signs |= LP_SIGN_REFERENCE;
  }
  if (((entry | previous) & (LP_LEET | LP_DIGIT)) && is_leet(previous, entry)) c->signs |= LP_SIGN_LEET;
  c->before = previous;
  c->previous = entry;
}

int lp_scan_spellings(
    const lp_spelling_filter *filter, const uint8_t *text, size_t length, size_t room, lp_spelling_scan *scan) {
  const uint32_t *entries = filter->entries;
  uint32_t *symbols = scan->symbols, *starts = scan->starts, *anchors = scan->candidates;
  size_t count = 0, anchor_count = 0;
  clues c = {0, 0, 0, 0, 0, 0, 0};

  for (size_t i = 0; i < length;) {
#if defined(__SSE2__)
    while (text[i] < 0x80 && count + 2 * BLOCK <= room) {
      __m128i x;
      uint32_t run = BLOCK;
      if (i + BLOCK <= length) {
        x = _mm_loadu_si128((const __m128i *)(text + i));
        const uint32_t beyond = mask(x);
        if (beyond) run = (uint32_t)__builtin_ctz(beyond);
      } else {
        uint8_t rest[BLOCK] = {0};
        run = (uint32_t)(length - i);
        memcpy(rest, text + i, run);
        x = _mm_loadu_si128((const __m128i *)rest);
        const uint32_t beyond = mask(x);
        if (beyond) run = (uint32_t)__builtin_ctz(beyond);
      }
      if (run < SHORTEST_RUN) break;
      if (run < BLOCK) x = first_bytes(x, run);
      if (!take_block(filter, x, run, (uint32_t)i, scan, &count, &anchor_count, &c)) break;
      i += run;
      if (i >= length) break;
    }
    if (i >= length) break;
#endif
    while (i + 4 <= length && count + 24 <= room) {
      uint32_t ahead, scalar, bytes;
      memcpy(&ahead, text + i, 4);
      if ((ahead & 0xC0C0F0) == 0x8080E0) {
        scalar = (ahead & 0x0F) << 12 | (ahead >> 2 & 0xFC0) | (ahead >> 16 & 0x3F);
        bytes = 3;
        if (scalar - 0x800 >= 0xD000) break;
      } else if ((ahead & 0xC0E0) == 0x80C0) {
        scalar = (ahead & 0x1F) << 6 | (ahead >> 8 & 0x3F);
        bytes = 2;
        if (scalar < 0x80) break;
      } else {
        break;
      }
      const uint32_t entry = entries[scalar];
      if ((entry & LP_NOT_PLAIN) != LP_WORD) break;
      anchors[anchor_count] = (uint32_t)count;
      anchor_count += (size_t)(!is_touching(c.previous) | bit(filter->anywhere, entry & 0xFFFF));
      symbols[count] = entry;
      starts[count++] = (uint32_t)i;
      follow_letter(&c, entry);
      i += bytes;
    }
    if (i >= length) break;
    uint32_t scalar;
    const size_t bytes = decode(text + i, length - i, &scalar);
    const uint32_t entry = scalar < filter->direct ? entries[scalar] : rare_entry(scalar);
    const uint32_t at = (uint32_t)i;
    i += bytes;
    if (count + 24 > room) return -1;
    if (entry & LP_ATTACHED) {
      if (scalar == BREVE && count && (symbols[count - 1] & LP_FOLDED) == LETTER_I) {
        symbols[count - 1] = c.previous = entries[SHORT_I];
      }
      continue;
    }
    if (entry & LP_INVISIBLE) c.signs |= LP_SIGN_INVISIBLE;
    if (entry & LP_EXPANDS) {
      // The first of several is met as any other character is; the rest follows it.
      const uint32_t *expansion = filter->expansions + (entry & LP_FOLDED);
      c.signs |= expansion[0] >> 16;
      const uint32_t parts = expansion[0] & 0xFFFF;
      const int anchors_here =
          !is_touching(c.previous) || !(entry & LP_WORD) || bit(filter->anywhere, expansion[1] & 0xFFFF);
      if (anchors_here) anchors[anchor_count++] = (uint32_t)count;
      for (uint32_t part = 1; part <= parts; part++) {
        symbols[count] = (expansion[part] & LP_FOLDED) | (entry & ~(uint32_t)LP_FOLDED);
        starts[count++] = at;
      }
    } else if (entry & LP_SEPARATOR) {
      symbols[count] = entry;
      starts[count] = at;
      count += !(count && (symbols[count - 1] & LP_SEPARATOR));
    } else {
      const int begins = (entry & LP_WORD) && !is_touching(c.previous);
      anchors[anchor_count] = (uint32_t)count;
      anchor_count += (size_t)(begins | bit(filter->anywhere, entry & 0xFFFF));
      symbols[count] = entry;
      starts[count++] = at;
    }
    follow(&c, scalar, entry);
  }
  c.single_words += c.word_length == 1;
  for (size_t k = 0; k < 4; k++) symbols[count + k] = 0;
  starts[count] = (uint32_t)length;

  size_t candidates = 0;
  for (size_t k = 0; k < anchor_count; k++) {
    const uint32_t at = anchors[k];
    const uint32_t a = symbols[at], b = symbols[at + 1], c = symbols[at + 2], d = symbols[at + 3];
    int found = 0;
    if (filter->fours) found = lp_may_contain(filter->fours, filter->fours_shift, lp_hash_four(a, b, c, d));
    if (filter->twos) found |= lp_may_contain(filter->twos, filter->twos_shift, lp_hash_two(a, b));
    if (filter->ones) found |= lp_may_contain(filter->ones, filter->ones_shift, lp_hash_one(a));
    anchors[candidates] = at;
    candidates += (size_t)found;
  }
  scan->symbol_count = count;
  scan->candidate_count = candidates;
  // Of scripts without borders two words of one letter are a sign, of others three.
  if ((c.single_words >= 2 || c.is_parted) && is_spaced_out(scan, text, length)) c.signs |= LP_SIGN_SPACED;
  scan->signs = c.signs;
  return 0;
}
