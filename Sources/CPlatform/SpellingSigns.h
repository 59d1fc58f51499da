// What shows that letters are hidden: followed from character to character, and where that only suspects, looked at
// again.
#ifndef LINSANG_SPELLING_SIGNS_H
#define LINSANG_SPELLING_SIGNS_H

#include "SpellingScan.h"

// The state of the loop stays in registers only where all that touches it is inlined.
#define INLINED static inline __attribute__((always_inline))

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// What is more than a letter by itself.
enum { LP_NOT_PLAIN = LP_WORD | LP_SEPARATOR | LP_INVISIBLE | LP_ATTACHED | LP_EXPANDS | LP_LEET | LP_DIGIT };

enum { LETTER_I = 0x438, SHORT_I = 0x439, BREVE = 0x306 };

/// One character of UTF-8 (RFC 3629); a byte that is none has the length 1 and the character 0x1FFFFF.
INLINED size_t decode(const uint8_t *text, size_t left, uint32_t *scalar) {
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
        const int is_punctuated = gap_length > 0 && gap_length <= 6 && is_plain && !has_blank;
        if (is_punctuated && (entry & last_word & LP_BORDERLESS)) return 1;
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

/// Whether letters, digits and signs that touch are as many as the shortest word that is seen through, half of them
/// letters at the least: `5kg` is none.
static int has_leet_word(const lp_spelling_scan *scan) {
  enum { SHORTEST_WORD = 4 };
  uint32_t length = 0, letters = 0, leet = 0;
  for (size_t k = 0; k < scan->symbol_count; k++) {
    const uint32_t entry = scan->symbols[k];
    if (!(entry & (LP_WORD | LP_LEET | LP_INVISIBLE))) {
      length = letters = leet = 0;
      continue;
    }
    length++;
    letters += (entry & (LP_WORD | LP_DIGIT)) == LP_WORD;
    leet += (entry & LP_LEET) != 0;
    if (length >= SHORTEST_WORD && letters >= SHORTEST_WORD / 2 && leet) return 1;
  }
  return 0;
}

/// Whether an ampersand stands before `#` or a letter.
static int has_reference(const uint8_t *text, size_t length) {
  for (size_t i = 0; i + 1 < length; i++) {
    if (text[i] == '&' && (text[i + 1] == '#' || (uint8_t)((text[i + 1] | 0x20) - 'a') < 26)) return 1;
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

/// The signs that a letter shows that is neither digit nor sign.
INLINED void follow_letter(clues *c, uint32_t entry) {
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
INLINED void follow(clues *c, uint32_t scalar, uint32_t entry) {
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
    const int is_sign = (entry & (LP_SPACER | LP_INVISIBLE)) && (!(entry & LP_SEPARATOR) || is_dash(scalar));
    if ((previous & LP_BORDERLESS) && is_sign)
      c->is_parted = 1;
    if (scalar == '&') c->signs |= LP_SIGN_REFERENCE;
  }
  if (((entry | previous) & (LP_LEET | LP_DIGIT)) && is_leet(previous, entry)) c->signs |= LP_SIGN_LEET;
  c->before = previous;
  c->previous = entry;
}

#endif
