#include "SpellingDisguise.h"

#include "SpellingSigns.h"

enum { STRANGE = 1, BEGINS_WORD = 2 };
enum { LEFT_OUT = LP_ATTACHED | LP_INVISIBLE | LP_SEPARATOR | LP_SPACER };
/// The shortest run of one letter that may count as one or two of it, and the shortest word that is seen through.
enum { LONG_RUN = 3, SHORTEST_WORD = 4 };

/// The runs while they are read.
typedef struct {
  lp_disguise *out;
  size_t runs, members;
} building;

INLINED void mark(building *b) {
  if (b->runs) b->out->notes[b->runs - 1] |= STRANGE;
}

/// Marks the run of a symbol and those behind it, for something that is noticed later.
INLINED void mark_run_of(building *b, uint32_t symbol) {
  for (size_t run = b->runs; run > 0; run--) {
    b->out->notes[run - 1] |= STRANGE;
    if (b->out->members[b->out->runs[run - 1]] <= symbol) return;
  }
}

/// What shows that the letters of one word after the other are hidden.
typedef struct {
  /// Symbols of the word so far, where it began, whether it is of a script without borders, and whether the last one was.
  uint32_t length, start, is_borderless, was_borderless;
  /// Words of one letter in a row, and whether the last of them was of a script without borders.
  uint32_t singles, was_single_borderless;
  /// What stands between the words.
  uint32_t has_spacer, has_blank;
  /// Letters, digits and signs that touch: how many they are, how many of them are letters and leet, the first leet.
  uint32_t touching, letters, leet, first_leet;
  uint32_t script;
} words;

INLINED void end_word(words *w, building *b) {
  if (!w->length) return;
  if (w->length == 1) {
    w->singles++;
    if (w->singles >= 3 || (w->singles == 2 && w->is_borderless && w->was_single_borderless)) mark_run_of(b, w->start);
    w->was_single_borderless = w->is_borderless;
  } else {
    w->singles = 0;
  }
  w->was_borderless = w->is_borderless;
  w->length = w->has_spacer = w->has_blank = 0;
}

/// Marks letters that touch digits or signs that may stand for letters, where they are enough for a word: `5kg` is none.
INLINED void end_touching(words *w, building *b) {
  if (w->leet && w->touching >= SHORTEST_WORD && w->letters >= SHORTEST_WORD / 2) mark_run_of(b, w->first_leet);
  w->touching = w->letters = w->leet = 0;
}

/// Whether the symbol shows a disguise by itself or by the letter before it, of the kinds in `signs`.
INLINED int is_strange(
    words *w, building *b, const uint32_t *symbols, const uint32_t *starts, const uint8_t *text, uint32_t k,
    size_t count, uint32_t signs) {
  const uint32_t entry = symbols[k];
  int strange = 0;
  if (signs & LP_SIGN_LEET) {
    if (entry & (LP_WORD | LP_LEET | LP_INVISIBLE)) {
      w->touching++;
      w->letters += is_letter(entry);
      if ((entry & LP_LEET) && w->leet++ == 0) w->first_leet = k;
    } else {
      end_touching(w, b);
    }
  }
  if (!(signs & ~(uint32_t)(LP_SIGN_LEET | LP_SIGN_REPEATS | LP_SIGN_REFERENCE))) return 0;
  if (entry & LP_INVISIBLE) strange = 1;
  if (entry & LP_WORD) {
    const uint32_t borderless = (entry & LP_BORDERLESS) != 0;
    const int is_same_character = k > 0 && starts[k] == starts[k - 1];
    if (!w->length) {
      if (borderless && w->was_borderless && w->has_spacer && !w->has_blank) strange = 1;
      w->start = k;
    }
    w->length += !is_same_character;
    w->is_borderless = borderless;
    if (entry & LP_SCRIPT) {
      if (w->script && ((w->script ^ entry) & LP_SCRIPT)) strange = 1;
      w->script = entry & LP_SCRIPT;
    }
    // Of what expands to one character only: a small capital or similar form.
    if ((entry & LP_EXPANDS) && !is_same_character && (k + 1 == count || starts[k + 1] != starts[k])) strange = 1;
  } else {
    end_word(w, b);
    if (entry & LP_SPACER) {
      w->has_spacer = 1;
      if (entry & LP_SEPARATOR) {
        uint32_t scalar = text[starts[k]];
        if (scalar >= 0x80) decode(text + starts[k], 4, &scalar);
        if (!is_dash(scalar)) w->has_blank = 1;
      }
    }
  }
  return strange;
}

/// Whether a key may begin with a run: at the beginning of a word, or anywhere.
INLINED int may_begin(const lp_disguise_filter *f, uint8_t notes, uint32_t kind) {
  const uint32_t low = kind & 0xFFFF;
  return (notes & BEGINS_WORD) || (f->anywhere[low >> 6] >> (low & 63) & 1);
}

INLINED uint32_t kind_of(const lp_disguise_filter *f, uint32_t entry) {
  const uint32_t letter = entry & LP_FOLDED;
  return letter < f->kind_count ? f->kinds[letter] : letter;
}

/// Adds a letter to the last run, or begins a new run.
INLINED void add(
    building *b, const lp_disguise_filter *f, uint32_t entry, uint32_t k, int is_same_character, int is_touched) {
  const uint32_t kind = kind_of(f, entry);
  lp_disguise *out = b->out;
  if (!b->runs || out->kinds[b->runs - 1] != kind) {
    out->kinds[b->runs] = kind;
    out->runs[b->runs] = (uint32_t)b->members;
    out->notes[b->runs] = is_touched ? 0 : BEGINS_WORD;
    b->runs++;
  } else if (is_same_character) {
    return;
  } else if (!is_touched) {
    out->notes[b->runs - 1] |= BEGINS_WORD;
  }
  out->members[b->members++] = k;
}

/// Fills in where the next strange run is.
static void find_strange(lp_disguise *out, int has_long_runs) {
  uint32_t next = (uint32_t)out->run_count;
  for (size_t run = out->run_count; run-- > 0;) {
    if ((out->notes[run] & STRANGE) || (has_long_runs && out->runs[run + 1] - out->runs[run] >= LONG_RUN))
      next = (uint32_t)run;
    out->next_strange[run] = next;
  }
}

size_t lp_keep_begins(const lp_disguise_filter *filter, const lp_disguise *reading, uint32_t *candidates) {
  const lp_disguise_filter f = *filter;
  size_t kept = 0;
  for (size_t run = 0; run < reading->run_count; run++) {
    const uint32_t strange = reading->next_strange[run];
    if (strange == reading->run_count) break;
    const uint32_t *kinds = reading->kinds + run;
    if (!may_begin(&f, reading->notes[run], kinds[0])) continue;
    const uint8_t reach = f.reaches[lp_hash_two(kinds[0], kinds[1]) >> 16];
    if (strange > run && strange >= run + reach && reach != UINT8_MAX) continue;
    candidates[kept] = (uint32_t)run;
    kept += (size_t)lp_may_begin_key(&f.keys, LP_PAIR(kinds[0], kinds[1]), LP_PAIR(kinds[2], kinds[3]));
  }
  return kept;
}

INLINED void read_runs(
    building *b, const lp_disguise_filter *filter, const uint32_t *symbols, const uint32_t *starts, size_t count,
    const uint8_t *text, const uint8_t *strange, uint32_t signs) {
  words w = {0};
  int touches = 0, is_touched = 0;
  for (size_t k = 0; k < count; k++) {
    const uint32_t entry = symbols[k];
    const int is_same_character = k > 0 && starts[k] == starts[k - 1];
    const int shows = strange ? strange[k] : is_strange(&w, b, symbols, starts, text, (uint32_t)k, count, signs);
    if (!is_same_character) is_touched = touches;
    touches = is_touching(entry);
    if (!(entry & LEFT_OUT)) add(b, filter, entry, (uint32_t)k, is_same_character, is_touched);
    if (shows) mark(b);
  }
  if (strange) return;
  end_word(&w, b);
  end_touching(&w, b);
}

// MARK: Around spots

/// Whether a symbol and the one before it come from one character.
INLINED int is_same_character(const lp_spelling_scan *scan, size_t k) {
  return (scan->symbols[k] & LP_EXPANDS) && k > 0 && scan->starts[k] == scan->starts[k - 1];
}

/// Whether a letter of a script with spaces stands before the character of a symbol.
INLINED int touches_before(const lp_spelling_scan *scan, size_t k) {
  while (is_same_character(scan, k)) k--;
  return k > 0 && is_touching(scan->symbols[k - 1]);
}

/// Where to begin to read for a spot: with the first run, from `floor` on, at which a key may begin that reaches it. `floor`
/// where a key may begin there or before.
static size_t first_needed(const lp_disguise_filter *f, const lp_spelling_scan *scan, size_t spot, size_t floor) {
  size_t first = spot, run_first = spot;
  // The kinds of the run at hand and of the one behind it, and how far the run is from the spot.
  uint32_t kind = kind_of(f, scan->symbols[spot]), behind = 0, distance = 0;
  int is_needed = 1;
  for (size_t k = spot; k > floor;) {
    const uint32_t entry = scan->symbols[--k];
    if (entry & LEFT_OUT) continue;
    const uint32_t its = kind_of(f, entry);
    if (its != kind) {
      if (is_needed) first = run_first;
      if (++distance >= f->farthest) return first;
      behind = kind;
      kind = its;
      is_needed = 0;
    }
    run_first = k;
    if (is_needed) continue;
    if (may_begin(f, touches_before(scan, k) ? 0 : BEGINS_WORD, kind))
      is_needed = f->reaches[lp_hash_two(kind, behind) >> 16] > distance;
  }
  return floor;
}

/// Reads what lies around the spots of a scan: the runs at which a key may begin that holds one of them, and as many runs
/// behind them as such a key may have.
static void read_spots(building *b, const lp_disguise_filter *filter, const lp_spelling_scan *scan) {
  lp_disguise *out = b->out;
  // The first symbol that is not read, the first run of which is not known how far its keys reach, and how many runs the
  // farthest of them needs.
  size_t next = 0, unasked = 0, needed = 0;
  int touches = 0, is_touched = 0;
  for (size_t s = 0; s < scan->spot_count; s++) {
    const size_t spot = scan->spots[s] >> 32, end = (uint32_t)scan->spots[s];
    const size_t first = spot < next ? next : first_needed(filter, scan, spot, next);
    if (first > next) {
      // Nothing reaches over what is left out.
      if (b->runs) {
        out->kinds[b->runs] = LP_FOLDED;
        out->runs[b->runs] = (uint32_t)b->members;
        out->notes[b->runs++] = 0;
      }
      unasked = needed = b->runs;
      next = first;
      is_touched = touches_before(scan, next);
      touches = next > 0 && is_touching(scan->symbols[next - 1]);
    }
    for (; next < scan->symbol_count; next++) {
      if (next >= end) {
        for (; unasked + 1 < b->runs && out->members[out->runs[unasked]] < end; unasked++) {
          if (!may_begin(filter, out->notes[unasked], out->kinds[unasked])) continue;
          const size_t reach = filter->reaches[lp_hash_two(out->kinds[unasked], out->kinds[unasked + 1]) >> 16];
          if (needed < unasked + reach) needed = unasked + reach;
        }
        if (b->runs >= needed && (unasked == b->runs || out->members[out->runs[unasked]] >= end)) break;
      }
      const uint32_t entry = scan->symbols[next];
      const int is_same = is_same_character(scan, next);
      if (!is_same) is_touched = touches;
      touches = is_touching(entry);
      if (!(entry & LEFT_OUT)) add(b, filter, entry, (uint32_t)next, is_same, is_touched);
    }
    for (size_t run = b->runs; run-- > 0;) {
      // A run ends where the next one begins.
      const size_t behind = run + 1 < b->runs ? out->runs[run + 1] : b->members;
      if (behind > out->runs[run] && out->members[out->runs[run]] < end) out->notes[run] |= STRANGE;
      if (behind > out->runs[run] && out->members[out->runs[run]] <= spot) break;
    }
  }
}

static void finish(building *b, int has_long_runs) {
  lp_disguise *out = b->out;
  out->run_count = b->runs;
  out->runs[b->runs] = (uint32_t)b->members;
  for (size_t k = 0; k < 4; k++) out->kinds[b->runs + k] = 0;
  find_strange(out, has_long_runs);
}

void lp_read_disguise(
    const lp_disguise_filter *filter, const lp_spelling_scan *scan, const uint8_t *text, lp_disguise *out) {
  building b = {out, 0, 0};
  const uint32_t signs = scan->signs, others = signs & ~(uint32_t)(LP_SIGNS_WITH_SPOTS | LP_SIGN_REFERENCE);
  if (others || scan->has_lost_spots || filter->farthest == UINT8_MAX) {
    read_runs(&b, filter, scan->symbols, scan->starts, scan->symbol_count, text, NULL, signs);
  } else {
    read_spots(&b, filter, scan);
  }
  finish(&b, (signs & LP_SIGN_REPEATS) != 0);
}

void lp_read_marked(
    const lp_disguise_filter *filter, const uint32_t *symbols, const uint32_t *starts, size_t count,
    const uint8_t *strange, lp_disguise *out) {
  building b = {out, 0, 0};
  read_runs(&b, filter, symbols, starts, count, NULL, strange, 0);
  finish(&b, 0);
}
