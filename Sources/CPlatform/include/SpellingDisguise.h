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
  /// The largest of `reaches`.
  uint32_t farthest;
  /// The keys of the second reading.
  lp_key_filter keys;
} lp_disguise_filter;

/// Where the second reading writes: room for one more than there are symbols, one for each spot, and four more kinds.
typedef struct {
  /// The kind of each run of one letter; four zeros behind them. Where symbols were left out that no key can need, there
  /// is a run of `LP_FOLDED`, which no key holds.
  uint32_t *kinds;
  /// For each run, the place in `members` of its first symbol; one more at the end.
  uint32_t *runs;
  /// For each run, the first run from it on that shows a disguise; the number of runs where none does.
  uint32_t *next_strange;
  /// Places in the symbols, run by run; one for a character that folds to several of a kind.
  uint32_t *members;
  /// For each run, bits of what is known about it; for the reading itself.
  uint8_t *notes;
  size_t run_count;
} lp_disguise;

/// Reads the symbols of a scan, of the text that begins at `text`.
///
/// Where the scan has noted all that looks disguised, only what lies around it is read: as far as the keys of `filter` can
/// reach. With keys that are some of these, the reading serves as well.
void lp_read_disguise(
    const lp_disguise_filter *filter, const lp_spelling_scan *scan, const uint8_t *text, lp_disguise *out);

/// Reads `count` symbols of which a byte each in `strange` says whether they show a disguise.
void lp_read_marked(
    const lp_disguise_filter *filter, const uint32_t *symbols, const uint32_t *starts, size_t count,
    const uint8_t *strange, lp_disguise *out);

/// Writes the runs at which a key may begin that holds a strange one to `candidates`, and returns how many they are.
size_t lp_keep_begins(const lp_disguise_filter *filter, const lp_disguise *reading, uint32_t *candidates);

#endif
