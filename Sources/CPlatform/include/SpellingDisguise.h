// The second reading of the spelling matcher, for texts that show a sign of disguise: letters that pass for one another
// count as one, and what stands between letters is skipped. In C for its speed: half of all ordinary texts have a sign.
#ifndef LINSANG_SPELLING_DISGUISE_H
#define LINSANG_SPELLING_DISGUISE_H

#include "SpellingScan.h"

/// What the second reading looks things up in.
typedef struct {
  /// By folded character below `kind_count`, the one character that stands for all that may be mistaken for it.
  const uint32_t *kinds;
  uint32_t kind_count;
  /// A bit for the lower 16 bits of each kind with which a key may begin inside a word.
  const uint64_t *anywhere;
  /// By the upper 16 bits of the hash of two kinds, how many kinds the longest key has that begins with them; 255 for
  /// more.
  const uint8_t *reaches;
  /// As in `lp_spelling_filter`, over the keys of the second reading.
  const uint64_t *ones, *twos, *threes, *fours;
  uint32_t ones_shift, twos_shift, threes_shift, fours_shift;
} lp_disguise_filter;

/// Where the second reading writes: room for one more than there are symbols, and four more kinds.
typedef struct {
  /// The kind of each run of one letter; four zeros behind them.
  uint32_t *kinds;
  /// For each run, the place in `members` of its first symbol; one more at the end.
  uint32_t *runs;
  /// For each run, the first run from it on that shows a disguise; the number of runs where none does.
  uint32_t *next_strange;
  /// Places in the symbols, run by run; one for a character that folds to several of a kind.
  uint32_t *members;
  /// Runs at which a key may begin that holds a disguise.
  uint32_t *candidates;
  /// For each run, bits of what is known about it; for the reading itself.
  uint8_t *notes;
  size_t run_count, candidate_count;
} lp_disguise;

/// Reads the `count` symbols of a scan, of the text that begins at `text`.
///
/// `strange` has a byte for each symbol that says whether it shows a disguise; with NULL that is found out, of the kinds in
/// `signs`, those of the scan: more may be found strange than is disguised, never less.
void lp_read_disguise(
    const lp_disguise_filter *filter, const uint32_t *symbols, const uint32_t *starts, size_t count,
    const uint8_t *text, const uint8_t *strange, uint32_t signs, lp_disguise *out);

#endif
