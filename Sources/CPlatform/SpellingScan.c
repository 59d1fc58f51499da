#include "SpellingScan.h"

#include <string.h>

#include "SpellingBlock.h"
#include "SpellingSigns.h"

static inline uint32_t rare_entry(uint32_t scalar) {
  if (scalar < 0x40000) return scalar | LP_WORD | LP_BORDERLESS;
  if (scalar >= 0xE0100 && scalar <= 0xE01EF) return scalar | LP_ATTACHED | LP_INVISIBLE;
  return scalar | (scalar >= 0xE0000 && scalar <= 0xE007F ? LP_INVISIBLE : 0);
}

size_t lp_keep_candidates(const lp_key_filter *filter, const lp_spelling_scan *scan, uint32_t *candidates) {
  const uint64_t folded = LP_PAIR(LP_FOLDED, LP_FOLDED);
  const lp_key_filter f = *filter;
  const uint32_t *restrict symbols = scan->symbols, *restrict anchors = scan->anchors;
  uint32_t *restrict kept = candidates;
  for (size_t k = 0; k < scan->anchor_count; k++) {
    // Two characters a load, and halves of hashes shared.
    uint64_t first, second;
    memcpy(&first, symbols + anchors[k], sizeof first);
    memcpy(&second, symbols + anchors[k] + 2, sizeof second);
    *kept = anchors[k];
    kept += lp_may_begin_key(&f, first & folded, second & folded);
  }
  return (size_t)(kept - candidates);
}

int lp_scan_spellings(
    const lp_scan_tables *tables, const uint8_t *text, size_t length, size_t room, lp_spelling_scan *scan) {
  const uint32_t *entries = tables->entries;
  uint32_t *symbols = scan->symbols, *starts = scan->starts, *anchors = scan->anchors;
  size_t count = 0, anchor_count = 0;
  clues c = {0, 0, 0, 0, 0};
  noted n = {scan, text, length, 0, 0};
  scan->signs = 0;
  scan->spot_count = 0;
  scan->has_lost_spots = 0;

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
        run = (uint32_t)(length - i);
        x = load_rest(text + i, run);
        const uint32_t beyond = mask(x);
        if (beyond) run = (uint32_t)__builtin_ctz(beyond);
      }
      if (run < SHORTEST_RUN) break;
      if (run < BLOCK) x = first_bytes(x, run);
      const uint32_t taken = take_block(tables, x, run, (uint32_t)i, scan, &count, &anchor_count, &c, &n);
      if (taken == 0) {
        // A separator behind another one adds nothing.
        c.before = c.previous;
        c.previous = entries[text[i]];
      }
      i += taken ? taken : 1;
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
      anchor_count += (size_t)(!is_touching(c.previous) | bit(tables->anywhere, entry & 0xFFFF));
      symbols[count] = entry;
      starts[count] = (uint32_t)i;
      follow_letter(&c, &n, (uint32_t)count++, entry);
      i += bytes;
    }
    if (i >= length) break;
    uint32_t scalar;
    const size_t bytes = decode(text + i, length - i, &scalar);
    const uint32_t entry = scalar < tables->direct ? entries[scalar] : rare_entry(scalar);
    const uint32_t at = (uint32_t)i, place = (uint32_t)count;
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
      const uint32_t *expansion = tables->expansions + (entry & LP_FOLDED);
      c.signs |= expansion[0] >> 16;
      const uint32_t parts = expansion[0] & 0xFFFF;
      const int anchors_here =
          !is_touching(c.previous) || !(entry & LP_WORD) || bit(tables->anywhere, expansion[1] & 0xFFFF);
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
      anchor_count += (size_t)(begins | bit(tables->anywhere, entry & 0xFFFF));
      symbols[count] = entry;
      starts[count++] = at;
    }
    follow(&c, &n, place, scalar, entry);
  }
  if (c.word_length == 1) note_single(&n, (uint32_t)count - 1);
  for (size_t k = 0; k < 4; k++) symbols[count + k] = 0;
  starts[count] = (uint32_t)length;

  scan->symbol_count = count;
  scan->anchor_count = anchor_count;
  scan->signs |= c.signs;
  if (scan->spot_count) settle_spots(scan);
  if (scan->has_lost_spots) scan->signs |= LP_SIGNS_WITH_SPOTS;
  if ((scan->signs & LP_SIGN_REFERENCE) && !has_reference(text, length)) scan->signs &= ~(uint32_t)LP_SIGN_REFERENCE;
  return 0;
}
