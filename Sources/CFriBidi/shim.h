// The order in which a row of text is shown where it holds Arabic, Hebrew and other scripts that run from right to left.
#ifndef LINSANG_CFRIBIDI_SHIM_H
#define LINSANG_CFRIBIDI_SHIM_H
#include <fribidi/fribidi.h>
#include <stddef.h>
#include <stdint.h>

// The direction of a row.
enum { LF_BY_FIRST_LETTER = 0, LF_LEFT_TO_RIGHT = 1, LF_RIGHT_TO_LEFT = 2 };
// What is left of a letter that is drawn together with the next one.
enum { LF_DRAWN_WITH_NEXT = FRIBIDI_CHAR_FILL };

// Puts `count` characters into the order in which they are shown.
//
// `characters` are replaced by the forms in which they are drawn: Arabic letters as they join, brackets mirrored.
// `order[i]` is the character that is shown in place i from the left. What stands in curly quotation marks is laid out for
// itself. The four arrays have room for `count` items. Answers 0 if memory ran out; then nothing is changed.
static inline int lf_visual_order(
  uint32_t *characters, uint32_t *typeRoom, uint32_t *brackets, int8_t *levels, uint8_t *joining, int32_t *order,
  int32_t count, int direction) {
  // An enumeration of 32 bits, which Swift would see otherwise from version to version.
  FriBidiCharType *types = (FriBidiCharType *)typeRoom;
  fribidi_get_bidi_types(characters, count, types);
  for (FriBidiStrIndex i = 0; i < count; i++) {
    if (characters[i] == 0x201C) types[i] = FRIBIDI_TYPE_FSI;
    if (characters[i] == 0x201D) types[i] = FRIBIDI_TYPE_PDI;
  }
  fribidi_get_bracket_types(characters, count, types, brackets);
  FriBidiParType base = direction == LF_LEFT_TO_RIGHT ? FRIBIDI_PAR_LTR
                      : direction == LF_RIGHT_TO_LEFT ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_ON;
  if (!fribidi_get_par_embedding_levels_ex(types, brackets, count, &base, levels)) return 0;
  fribidi_get_joining_types(characters, count, joining);
  fribidi_join_arabic(types, count, levels, joining);
  for (FriBidiStrIndex i = 0; i < count; i++) order[i] = i;
  if (!fribidi_reorder_line(0, types, count, 0, base, levels, NULL, order)) return 0;
  fribidi_shape(
    FRIBIDI_FLAG_SHAPE_MIRRORING | FRIBIDI_FLAG_SHAPE_ARAB_PRES | FRIBIDI_FLAG_SHAPE_ARAB_LIGA,
    levels, count, joining, characters);
  return 1;
}
#endif
