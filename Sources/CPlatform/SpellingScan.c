#include "SpellingScan.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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

/// The word and the gap before it, as far as letters set apart are told by them.
typedef struct {
  uint32_t word_length, gap_length, singles;
  uint32_t last_word, previous;
  uint32_t gap_is_plain, gap_has_blank;
} spacing;

static inline int is_touching(uint32_t entry) { return (entry & (LP_WORD | LP_BORDERLESS)) == LP_WORD; }

// A word of one letter continues a chain of them; three in a row are a sign, of scripts without borders two.
static inline uint32_t end_word(spacing *s) {
  const int was_single = s->word_length == 1;
  s->singles = was_single ? s->singles + 1 : 0;
  s->word_length = 0;
  s->gap_length = 0;
  s->gap_is_plain = 1;
  s->gap_has_blank = 0;
  return was_single && s->singles >= (s->last_word & LP_BORDERLESS ? 2 : 3) ? LP_SIGN_SPACED : 0;
}

static inline uint32_t begin_word(spacing *s, uint32_t entry) {
  if (s->gap_length > 6 || !s->gap_is_plain) s->singles = 0;
  const int is_punctuated = s->gap_length > 0 && s->gap_length <= 6 && s->gap_is_plain && !s->gap_has_blank;
  return is_punctuated && (entry & s->last_word & LP_BORDERLESS) ? LP_SIGN_SPACED : 0;
}

static inline int is_dash(uint32_t scalar) {
  return scalar == '-' || scalar == '_' || (scalar >= 0x2010 && scalar <= 0x2015) || scalar == 0x2212 ||
         scalar == 0xFE58 || scalar == 0xFE63 || scalar == 0xFF0D || scalar == 0xFF3F;
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


#if defined(__SSE2__)
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

static inline uint32_t mask(__m128i x) { return (uint32_t)_mm_movemask_epi8(x); }

static inline block_traits block(const uint8_t *text, __m128i x, uint32_t previous) {
  block_traits t;
  const __m128i low = _mm_or_si128(x, _mm_set1_epi8(0x20));
  t.letter = mask(in_range(low, 'a', 26));
  t.digit = mask(in_range(x, '0', 10));
  t.word = t.letter | t.digit;
  t.bang = mask(is(x, '!'));
  t.sign = mask(_mm_or_si128(is(x, '@'), is(x, '$'))) | t.bang;
  const __m128i dash = _mm_or_si128(is(x, '-'), is(x, '_'));
  t.separator = mask(_mm_or_si128(_mm_or_si128(is(x, ' '), in_range(x, 9, 5)), dash));
  t.ampersand = mask(is(x, '&'));
  // Each byte beside the one before it; the first beside the character that was met last, whatever stands between.
  const uint32_t equal = mask(_mm_cmpeq_epi8(low, _mm_slli_si128(low, 1)));
  const uint32_t first = text[0] | 0x20;
  t.repeated = (equal & ~1u) | ((previous & LP_FOLDED) == first);
  return t;
}

/// The words of one letter in a block, chained on to those before it; a word that the block cuts is left to the next.
static uint32_t chain_words(spacing *s, uint32_t word, uint32_t begins) {
  uint32_t signs = 0;
  // Behind the bytes of the word that goes on from the block before.
  uint32_t end = (uint32_t)__builtin_ctz(~word);
  if (end) s->gap_length = 0;
  while (begins) {
    const uint32_t first = (uint32_t)__builtin_ctz(begins);
    const uint32_t length = (uint32_t)__builtin_ctz(~(word >> first));
    s->gap_length += first - end;
    if (s->gap_length > 6) s->singles = 0;
    end = first + length;
    if (end == BLOCK) {
      s->word_length = length;
      return signs;
    }
    s->singles = length == 1 ? s->singles + 1 : 0;
    if (s->singles >= 3) signs = LP_SIGN_SPACED;
    s->gap_length = 0;
    begins &= begins - 1;
  }
  s->gap_length += BLOCK - end;
  return signs;
}

/// The signs in a block of ASCII. More may be said than there are, never fewer.
static uint32_t block_signs(
    const block_traits *t, spacing *s, uint32_t previous, uint32_t before, uint32_t *script) {
  const uint32_t was_letter = is_letter(previous), was_digit = (previous & LP_DIGIT) != 0;
  const uint32_t was_sign = (previous & (LP_LEET | LP_WORD)) == LP_LEET;
  const uint32_t was_bang = was_sign && (previous & LP_FOLDED) == '!';
  const uint32_t strange = t->sign | t->digit, inner = strange & ~t->bang;
  uint32_t signs = 0;
  if ((t->letter & (strange << 1 | was_sign | was_digit)) | (inner & (t->letter << 1 | was_letter)) |
      (inner & (t->bang << 1 | was_bang)))
    signs |= LP_SIGN_LEET;
  const uint32_t was_repeated = !((previous ^ before) & LP_FOLDED);
  if (t->repeated & (t->repeated << 1 | was_repeated) & t->letter) signs |= LP_SIGN_REPEATS;
  if (t->ampersand) signs |= LP_SIGN_REFERENCE;

  const uint32_t before_separator = t->separator ? (t->separator & -t->separator) - 1 : FULL;
  if (*script && *script != LATIN && (t->letter & before_separator)) signs |= LP_SIGN_SCRIPTS;
  if (t->separator) {
    const uint32_t last = 31u - (uint32_t)__builtin_clz(t->separator);
    *script = t->letter >> last ? LATIN : 0;
  } else if (t->letter) {
    *script = LATIN;
  }

  if (s->word_length && !(t->word & 1)) signs |= end_word(s);
  const uint32_t goes_on = s->word_length != 0;
  if (goes_on && t->word == FULL) {
    s->word_length += BLOCK;
    return signs;
  }
  const uint32_t begins = t->word & ~(t->word << 1 | goes_on);
  const uint32_t single = begins & ~(t->word >> 1);
  if (goes_on) {
    s->word_length = 0;
    s->singles = 0;
  }
  if (single || (begins >> (BLOCK - 1))) {
    signs |= chain_words(s, t->word, begins);
  } else {
    // Longer words, or a gap as long, end every chain.
    s->singles = 0;
    const uint32_t end = t->word ? 32u - (uint32_t)__builtin_clz(t->word) : 0;
    s->gap_length = t->word ? BLOCK - end : s->gap_length + BLOCK;
    if (end == BLOCK) s->word_length = (uint32_t)__builtin_clz(~(t->word << 16));
  }
  s->gap_is_plain = 1;
  s->gap_has_blank = 0;
  return signs;
}
#endif

int lp_scan_spellings(
    const lp_spelling_filter *filter, const uint8_t *text, size_t length, size_t room, lp_spelling_scan *scan) {
  const uint32_t *entries = filter->entries;
  uint32_t *symbols = scan->symbols, *starts = scan->starts, *anchors = scan->candidates;
  size_t count = 0, anchor_count = 0;
  uint32_t signs = 0, previous = 0, before = 0, script = 0;
  spacing s = {0, 0, 0, 0, 0, 0, 0};

  const int begins_anywhere = (filter->anywhere[0] | filter->anywhere[1]) != 0;

  for (size_t i = 0; i < length;) {
#if defined(__SSE2__)
    while (i + BLOCK <= length && count + 2 * BLOCK <= room) {
      const __m128i x = _mm_loadu_si128((const __m128i *)(text + i));
      if (mask(x)) break;
      const block_traits t = block(text + i, x, previous);
      const uint32_t was_separator = count && (symbols[count - 1] & LP_SEPARATOR);
      if (t.separator & (t.separator << 1 | was_separator)) break;
      uint32_t begins = t.word & ~(t.word << 1 | (uint32_t)is_touching(previous));
      for (uint32_t k = 0; k < BLOCK; k++) symbols[count + k] = entries[text[i + k]];
      for (uint32_t k = 0; k < BLOCK; k++) starts[count + k] = (uint32_t)i + k;
      if (begins_anywhere) {
        for (uint32_t k = 0; k < BLOCK; k++) begins |= (uint32_t)bit(filter->anywhere, symbols[count + k] & 0xFFFF) << k;
      }
      for (; begins; begins &= begins - 1) anchors[anchor_count++] = (uint32_t)count + (uint32_t)__builtin_ctz(begins);
      signs |= block_signs(&t, &s, previous, before, &script);
      if (t.word) s.last_word = symbols[count + 31 - (size_t)__builtin_clz(t.word)];
      count += BLOCK;
      i += BLOCK;
      previous = symbols[count - 1];
      before = symbols[count - 2];
    }
    if (i >= length) break;
#endif
    uint32_t scalar;
    const size_t bytes = decode(text + i, length - i, &scalar);
    const uint32_t entry = scalar < filter->direct ? entries[scalar] : rare_entry(scalar);
    const size_t at = i;
    i += bytes;
    if (count + 24 > room) return -1;
    if (entry & (LP_ATTACHED | LP_EXPANDS | LP_INVISIBLE)) {
      if (entry & LP_ATTACHED) {
        if (scalar == BREVE && count && (symbols[count - 1] & LP_FOLDED) == LETTER_I) {
          symbols[count - 1] = previous = entries[SHORT_I];
        }
        continue;
      }
      if (entry & LP_INVISIBLE) signs |= LP_SIGN_INVISIBLE;
      if (entry & LP_EXPANDS) {
        // The first of several is met as any other character is; the rest follows it.
        const uint32_t *expansion = filter->expansions + (entry & LP_FOLDED);
        signs |= expansion[0] >> 16;
        const uint32_t parts = expansion[0] & 0xFFFF;
        const int anchors_here = !is_touching(previous) || !(entry & LP_WORD) ||
                                 bit(filter->anywhere, expansion[1] & 0xFFFF);
        if (anchors_here) anchors[anchor_count++] = (uint32_t)count;
        for (uint32_t part = 1; part <= parts; part++) {
          symbols[count] = (expansion[part] & LP_FOLDED) | (entry & ~(uint32_t)LP_FOLDED);
          starts[count++] = (uint32_t)at;
        }
        goto met;
      }
    }
    if (entry & LP_SEPARATOR) {
      if (!count || !(symbols[count - 1] & LP_SEPARATOR)) {
        symbols[count] = entry;
        starts[count++] = (uint32_t)at;
      }
    } else {
      const int begins = (entry & LP_WORD) && !is_touching(previous);
      anchors[anchor_count] = (uint32_t)count;
      anchor_count += (size_t)(begins | bit(filter->anywhere, entry & 0xFFFF));
      symbols[count] = entry;
      starts[count++] = (uint32_t)at;
    }
  met:
    if (entry & LP_WORD) {
      if (s.word_length == 0 && s.last_word) signs |= begin_word(&s, entry);
      s.word_length++;
      s.last_word = entry;
      if (entry & LP_SCRIPT) {
        if (script && ((script ^ entry) & LP_SCRIPT)) signs |= LP_SIGN_SCRIPTS;
        script = entry & LP_SCRIPT;
      }
      if (!((entry ^ previous) & LP_FOLDED) && !((entry ^ before) & LP_FOLDED) && !(entry & LP_DIGIT))
        signs |= LP_SIGN_REPEATS;
    } else {
      if (s.word_length) signs |= end_word(&s);
      s.gap_length++;
      if (!(entry & LP_SPACER)) s.gap_is_plain = (entry & LP_INVISIBLE) ? s.gap_is_plain : 0;
      if (entry & LP_SEPARATOR) {
        if (!is_dash(scalar)) s.gap_has_blank = 1;
        script = 0;
      }
      if (scalar == '&') signs |= LP_SIGN_REFERENCE;
    }
    if (((entry | previous) & (LP_LEET | LP_DIGIT)) && is_leet(previous, entry)) signs |= LP_SIGN_LEET;
    before = previous;
    previous = entry;
  }
  if (s.word_length) signs |= end_word(&s);
  for (size_t k = 0; k < 4; k++) symbols[count + k] = 0;
  starts[count] = (uint32_t)length;

  size_t candidates = 0;
  for (size_t k = 0; k < anchor_count; k++) {
    const uint32_t at = anchors[k];
    const uint32_t a = symbols[at], b = symbols[at + 1], c = symbols[at + 2], d = symbols[at + 3];
    int found = 0;
    if (filter->fours) found = bit(filter->fours, lp_hash_four(a, b, c, d) >> filter->fours_shift);
    if (filter->twos) found |= bit(filter->twos, lp_hash_two(a, b) >> filter->twos_shift);
    if (filter->ones) found |= bit(filter->ones, lp_hash_one(a) >> filter->ones_shift);
    anchors[candidates] = at;
    candidates += (size_t)found;
  }
  scan->symbol_count = count;
  scan->candidate_count = candidates;
  scan->signs = signs;
  return 0;
}
