#!/usr/bin/perl
# Writes GlyphClassTable.swift from perl's copy of the Unicode Character Database:
#   perl .make-glyph-classes.pl > GlyphClassTable.swift
# A letter per code point; Glyph.swift says what each means. Only what Unicode 13 knew is drawn as itself,
# because on anything newer glibc, tmux and xterm disagree about the width.
use strict; use warnings;

sub class_of {
  my $c = shift; my $s = chr $c;
  return 'x' if $c >= 0xD800 && $c <= 0xDFFF;
  return 'b' if $c == 9 || $c == 10 || $c == 13;
  return 'c' if $s =~ /\p{gc=Cc}/;
  return 'x' unless $s =~ /\p{Present_In: 13.0}/ && $s !~ /\p{gc=Cn}|\p{gc=Co}/;
  return 'j' if $c == 0x200C || $c == 0x200D;
  return 's' if $s =~ /\p{Variation_Selector}/;
  return 't' if $c >= 0x1F3FB && $c <= 0x1F3FF;
  return 'r' if $c >= 0x1F1E6 && $c <= 0x1F1FF;
  # Takes no room, or room without ink: soft hyphen, joiners, bidi, fillers, the Braille blank.
  return 'h' if $s =~ /\p{Default_Ignorable_Code_Point}|\p{gc=Zl}|\p{gc=Zp}/ || $c == 0x2800;
  # glibc counts these otherwise than xterm: Arabic number signs, hexagrams, circled numbers, Hangul tone marks.
  return 'x' if $s =~ /\p{gc=Cf}/;
  return 'x' if ($c >= 0x4DC0 && $c <= 0x4DFF) || ($c >= 0x3248 && $c <= 0x324F);
  return 'x' if $c == 0x302E || $c == 0x302F || $c == 0x16FF0 || $c == 0x16FF1;
  return 'w' if $c == 0x3000;
  return 'b' if $s =~ /\p{gc=Zs}/ && $c != 0x1680 && $c != 0x20;
  my $joins = $s =~ /\p{Arabic}|\p{Syriac}|\p{Mongolian}|\p{Nko}|\p{Thaana}|\p{Devanagari}|\p{Bengali}|\p{Gurmukhi}|\p{Gujarati}|\p{Oriya}|\p{Tamil}|\p{Telugu}|\p{Kannada}|\p{Malayalam}|\p{Sinhala}|\p{Khmer}|\p{Myanmar}|\p{Tibetan}/;
  $joins = 1 if $c >= 0x064B && $c <= 0x0655;    # harakat, shared by Arabic and Syriac
  return $joins ? 'v' : 'm' if $s =~ /\p{gc=Mn}|\p{gc=Me}/;
  # Follows its base and takes a cell of its own: vowels behind consonants, Thai sara am.
  return 'g' if $s =~ /\p{gc=Mc}|\p{GCB=SM}/;
  return 'm' if ($c >= 0x1160 && $c <= 0x11FF) || ($c >= 0xD7B0 && $c <= 0xD7FB);
  my $wide = $s =~ /\p{East_Asian_Width=W}|\p{East_Asian_Width=F}/;
  my $pictographic = $s =~ /\p{Extended_Pictographic}/;
  return $pictographic ? 'P' : 'w' if $wide;
  return $pictographic ? 'p' : $joins ? 'a' : 'n';
}

my (%number, @blocks, $index);
for my $block (0 .. 0x3FF) {
  my $letters = join '', map { class_of($block * 256 + $_) } 0 .. 255;
  push @blocks, $letters unless exists $number{$letters};
  $number{$letters} //= $#blocks;
  $index .= chr(97 + ($number{$letters} >> 4)) . chr(97 + ($number{$letters} & 15));
}
sub literal { join "\\\n", map { "    $_" } unpack '(A112)*', shift }
print <<"END";
/// The class letter of every code point below U+40000, in two stages.
///
/// Shape:  `index` has two letters per block of 256 code points, which are the number of the block in base 16,
///         written `a`...`p`; `blocks` has one class letter per code point of each different block.
/// Cost:   text in the read-only part of the program: nothing is built when it starts.
/// Source: Unicode Character Database 14, restricted to what Unicode 13 assigned. Made by
///         `.make-glyph-classes.pl` beside this file; do not edit.
enum GlyphClassTable {
  static let index: StaticString = """
@{[literal($index)]}
    """

  static let blocks: StaticString = """
@{[literal(join '', @blocks)]}
    """
}
END
