// Finding a word in text, the same whatever the case of ASCII letters: the step behind every typed letter.
#ifndef LINSANG_WORDSEARCH_H
#define LINSANG_WORDSEARCH_H

#include <stddef.h>
#include <stdint.h>

/// A folded word made ready for looking through many texts.
typedef struct {
  /// UTF-8, ASCII letters in lower case; at least one byte.
  const uint8_t *needle;
  size_t length;
  /// The places of the two bytes of the word that text holds least often; the same for a word of one byte.
  size_t rare, rarer;
  /// A bit per scalar value below 65,536: characters because of which a text must be folded to be sure.
  const uint64_t *foldable;
  /// Lead bytes of those characters: a bit per high nibble (C, D, E), by low nibble.
  uint8_t leads[16];
} lp_word;

/// The first place at or after `from` where the word stands as it is, but for the case of ASCII letters; -1 if none.
/// Never reads outside `text`.
ptrdiff_t lp_find_word(const lp_word *word, const uint8_t *text, size_t length, size_t from);

/// Whether `text` holds one of the word's foldable characters, or bytes that could be taken for one.
int lp_is_foldable(const lp_word *word, const uint8_t *text, size_t length);

#endif
