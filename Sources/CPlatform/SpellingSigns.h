// What shows that letters are hidden: followed from character to character, and where that only suspects, looked at
// again.
#ifndef LINSANG_SPELLING_SIGNS_H
#define LINSANG_SPELLING_SIGNS_H

#include <string.h>

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

/// Why a stretch of symbols is suspected: it may be a word in which digits or signs stand for letters, or is strange by
/// itself.
enum { SPOT_LEET, SPOT_STRANGE };

/// The stretches that look disguised, while they are found. It lies in memory: what the main loop needs for every character
/// is in `clues`.
typedef struct {
  /// The scan that is being written, and its text.
  lp_spelling_scan *scan;
  const uint8_t *text;
  size_t length;
  /// The last word of one letter, and how many such words stand in a row with it.
  uint32_t single, singles;
} noted;

static inline void note(noted *n, uint32_t place, uint32_t why) {
  if (n->scan->spot_count == n->scan->spot_room) {
    n->scan->has_lost_spots = 1;
    return;
  }
  n->scan->spots[n->scan->spot_count++] = (uint64_t)place << 32 | why;
}

static inline void note_strange(noted *n, uint32_t place, uint32_t sign) {
  n->scan->signs |= sign;
  note(n, place, SPOT_STRANGE);
}

/// The most characters that may stand between the letters of a word, or between its words.
enum { LONGEST_GAP = 6 };

/// Notes a word of one letter that continues a chain of them: three in a row are a sign, of scripts without borders two.
static void note_single(noted *n, uint32_t place) {
  const uint32_t *symbols = n->scan->symbols;
  // A character that folds to several letters is a word of several.
  if (place && (symbols[place - 1] & LP_WORD)) return;
  int is_chain = n->singles && place - n->single <= LONGEST_GAP + 1;
  for (uint32_t k = n->single + 1; is_chain && k < place; k++) {
    is_chain = !(symbols[k] & LP_WORD) && (symbols[k] & (LP_SPACER | LP_INVISIBLE));
  }
  n->singles = is_chain ? n->singles + 1 : 1;
  n->single = place;
  if (n->singles >= (symbols[place] & LP_BORDERLESS ? 2u : 3u)) note_strange(n, place, LP_SIGN_SPACED);
}

/// Notes the first letter of a word of a script without borders, where signs alone part it from another one.
static void note_parted(noted *n, uint32_t place) {
  const lp_spelling_scan *scan = n->scan;
  for (uint32_t gap = 1; gap <= LONGEST_GAP + 1 && gap <= place; gap++) {
    const uint32_t entry = scan->symbols[place - gap];
    if (entry & LP_WORD) {
      if (gap > 1 && (entry & LP_BORDERLESS)) note_strange(n, place, LP_SIGN_SPACED);
      return;
    }
    if (!(entry & (LP_SPACER | LP_INVISIBLE))) return;
    if (entry & LP_SEPARATOR) {
      uint32_t scalar = 0;
      const size_t start = scan->starts[place - gap];
      decode(n->text + start, n->length - start, &scalar);
      if (!is_dash(scalar)) return;
    }
  }
}

/// Puts the spots in order, and keeps of those that may be leet the words that are long enough: letters, digits and signs
/// that touch, as many as the shortest word that is seen through, half of them letters at the least. `5kg` is none.
static void settle_spots(lp_spelling_scan *scan) {
  enum { SHORTEST_WORD = 4, TOUCHING = LP_WORD | LP_LEET | LP_INVISIBLE };
  const uint32_t *symbols = scan->symbols;
  size_t kept = 0, end = 0;
  for (size_t k = 0; k < scan->spot_count; k++) {
    const size_t place = (size_t)(scan->spots[k] >> 32);
    uint64_t spot = (uint64_t)place << 32 | (place + 1);
    if ((uint32_t)scan->spots[k] == SPOT_LEET) {
      if (place < end) continue;
      size_t first = place, letters = 0, leet = 0, first_leet = 0;
      while (first > 0 && (symbols[first - 1] & TOUCHING)) first--;
      for (end = first; end < scan->symbol_count && (symbols[end] & TOUCHING); end++) {
        letters += (symbols[end] & (LP_WORD | LP_DIGIT)) == LP_WORD;
        if ((symbols[end] & LP_LEET) && leet++ == 0) first_leet = end;
      }
      if (end - first < SHORTEST_WORD || letters < SHORTEST_WORD / 2 || leet == 0) continue;
      scan->signs |= LP_SIGN_LEET;
      spot = (uint64_t)first_leet << 32 | end;
    }
    size_t at = kept++;
    // Nearly in order as they come.
    for (; at > 0 && scan->spots[at - 1] > spot; at--) scan->spots[at] = scan->spots[at - 1];
    scan->spots[at] = spot;
  }
  scan->spot_count = kept;
}

/// Whether an ampersand stands before `#` or a letter.
static int has_reference(const uint8_t *text, size_t length) {
  const uint8_t *end = text + length;
  for (const uint8_t *at = text; (at = memchr(at, '&', (size_t)(end - at))) && ++at < end;) {
    if (*at == '#' || (uint8_t)((*at | 0x20) - 'a') < 26) return 1;
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
  /// The letters of the word so far, of which only none, one or more is told.
  uint32_t word_length;
  uint32_t signs;
} clues;

/// The signs that a letter shows that is neither digit nor sign, and is the symbol at `place`.
INLINED void follow_letter(clues *c, noted *n, uint32_t place, uint32_t entry) {
  const uint32_t previous = c->previous;
  c->word_length++;
  if (entry & LP_SCRIPT) {
    if (c->script && ((c->script ^ entry) & LP_SCRIPT)) c->signs |= LP_SIGN_SCRIPTS;
    c->script = entry & LP_SCRIPT;
  }
  if ((entry & LP_BORDERLESS) && !(previous & LP_WORD)) note_parted(n, place);
  if (!((entry ^ previous) & LP_FOLDED) && !((entry ^ c->before) & LP_FOLDED))
    note_strange(n, place, LP_SIGN_REPEATS);
  if ((previous & (LP_LEET | LP_DIGIT)) && is_leet(previous, entry)) note(n, place, SPOT_LEET);
  c->before = previous;
  c->previous = entry;
}

/// The signs that one character shows, the symbol at `place`.
INLINED void follow(clues *c, noted *n, uint32_t place, uint32_t scalar, uint32_t entry) {
  const uint32_t previous = c->previous;
  if (entry & LP_WORD) {
    c->word_length++;
    if (entry & LP_SCRIPT) {
      if (c->script && ((c->script ^ entry) & LP_SCRIPT)) c->signs |= LP_SIGN_SCRIPTS;
      c->script = entry & LP_SCRIPT;
    }
    if ((entry & LP_BORDERLESS) && !(previous & LP_WORD)) note_parted(n, place);
    if (!((entry ^ previous) & LP_FOLDED) && !((entry ^ c->before) & LP_FOLDED) && !(entry & LP_DIGIT))
      note_strange(n, place, LP_SIGN_REPEATS);
  } else {
    if (c->word_length == 1) note_single(n, place - 1);
    c->word_length = 0;
    if (entry & LP_SEPARATOR) c->script = 0;
    if (scalar == '&') c->signs |= LP_SIGN_REFERENCE;
  }
  if (((entry | previous) & (LP_LEET | LP_DIGIT)) && is_leet(previous, entry)) note(n, place, SPOT_LEET);
  c->before = previous;
  c->previous = entry;
}

#endif
