/// `data/readings.schema.json`: the fields of `readings.json`, for readers without this program.
///
/// Source: JSON Schema 2020-12; closed everywhere, like the packet's own schema.
enum ReadingsSchema {
  /// Where it lies in the packet, beside `data/readings.json`.
  static let path = "data/readings.schema.json"
  /// The whole file in UTF-8, the same in every packet.
  static var bytes: [UInt8] { Array(text.utf8) }

  private static let text = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:linsang:readings:1",
      "title": "What lexicons and taxon tables say about the listings of a Linsang packet",
      "type": "object",
      "additionalProperties": false,
      "required": ["schema", "packet", "read_by", "caveat", "places", "rule", "lexicons", "lexicons_off", "tables", "appendices", "term_sources", "taxon_sources", "groups", "terms", "listings"],
      "properties": {
        "schema": {"const": "urn:linsang:readings:1"},
        "packet": {"type": "string", "description": "the packet's folder"},
        "read_by": {"type": "string"},
        "caveat": {"type": "string"},
        "places": {"type": "string", "description": "what start and end count"},
        "rule": {"$ref": "#/$defs/texts", "description": "how risk is reckoned"},
        "lexicons": {"type": "array", "items": {"$ref": "#/$defs/file"}, "description": "those that were on"},
        "lexicons_off": {"$ref": "#/$defs/texts"},
        "tables": {"type": "array", "items": {"$ref": "#/$defs/file"}},
        "appendices": {"type": "object", "additionalProperties": false, "required": ["known_up_to", "warning"], "properties": {"known_up_to": {"$ref": "#/$defs/text_or_null", "description": "the day up to which the CITES table is known as a whole"}, "warning": {"$ref": "#/$defs/text_or_null"}}},
        "term_sources": {"type": "array", "items": {"$ref": "#/$defs/source"}},
        "taxon_sources": {"type": "array", "items": {"$ref": "#/$defs/source"}},
        "groups": {"type": "object", "additionalProperties": {"$ref": "#/$defs/texts"}, "description": "the words of each group to which terms refer as @group"},
        "terms": {"type": "array", "items": {"$ref": "#/$defs/term"}},
        "listings": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/listing"}}
      },
      "$defs": {
        "texts": {"type": "array", "items": {"type": "string"}},
        "text_or_null": {"type": ["string", "null"], "minLength": 1},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "count": {"type": "integer", "minimum": 0},
        "numbers": {"type": "array", "items": {"type": "integer", "minimum": 1}, "description": "hits of this listing"},
        "file": {"type": "object", "additionalProperties": false, "required": ["role", "name", "layer", "sha256", "bytes", "rows"], "properties": {"role": {"enum": ["lexicon", "groups of exclusions", "sources of lexicons", "switches", "taxon table"]}, "name": {"type": "string"}, "layer": {"enum": ["shipped", "own", "named"], "description": "with the program, the user's own, named for this packet"}, "sha256": {"$ref": "#/$defs/sha256"}, "bytes": {"$ref": "#/$defs/count"}, "rows": {"type": ["integer", "null"], "description": "terms read from a lexicon"}}},
        "source": {"type": "object", "additionalProperties": false, "required": ["id", "citation", "url", "day", "note"], "properties": {"id": {"type": "string"}, "citation": {"type": "string"}, "url": {"$ref": "#/$defs/text_or_null"}, "day": {"$ref": "#/$defs/text_or_null", "description": "looked at, or speaking for this day"}, "note": {"$ref": "#/$defs/text_or_null"}}},
        "term": {
          "type": "object",
          "additionalProperties": false,
          "required": ["id", "name", "writings", "language", "kind", "denotes", "taxon", "product", "weight", "needs", "unless", "borders", "not_seen_through", "source", "note", "reviewed", "lexicon", "file", "file_sha256", "line"],
          "properties": {
            "id": {"type": "string", "pattern": "^T\\d{4,}$"},
            "name": {"type": "string"},
            "writings": {"$ref": "#/$defs/texts"},
            "language": {"type": "string", "description": "ISO 639-1; la scientific, mul none"},
            "kind": {"enum": ["species name", "product", "code word", "euphemism", "emoji", "transaction cue", "harmless", "context"]},
            "denotes": {"$ref": "#/$defs/text_or_null"},
            "taxon": {"$ref": "#/$defs/text_or_null"},
            "product": {"$ref": "#/$defs/text_or_null", "description": "CITES trade term code"},
            "weight": {"type": "integer", "minimum": 0, "maximum": 100},
            "needs": {"$ref": "#/$defs/texts", "description": "one must be near, or a hit is weak"},
            "unless": {"$ref": "#/$defs/texts", "description": "one near makes a hit void"},
            "borders": {"enum": ["by-script", "word", "stem", "inside"]},
            "not_seen_through": {"$ref": "#/$defs/texts"},
            "source": {"$ref": "#/$defs/text_or_null", "description": "an id of term_sources, or unverified; then note says on what grounds"},
            "note": {"$ref": "#/$defs/text_or_null"},
            "reviewed": {"$ref": "#/$defs/text_or_null"},
            "lexicon": {"type": "string"},
            "file": {"type": "string"},
            "file_sha256": {"anyOf": [{"$ref": "#/$defs/sha256"}, {"type": "null"}]},
            "line": {"$ref": "#/$defs/count"}
          }
        },
        "hit": {
          "type": "object",
          "additionalProperties": false,
          "required": ["number", "term", "name", "field", "start", "end", "text", "found_as", "folded", "seen_through", "standing", "why", "because"],
          "properties": {
            "number": {"type": "integer", "minimum": 1},
            "term": {"type": "string", "pattern": "^T\\d{4,}$"},
            "name": {"type": "string"},
            "field": {"enum": ["title", "description"]},
            "start": {"$ref": "#/$defs/count"},
            "end": {"$ref": "#/$defs/count"},
            "text": {"type": "string", "description": "the bytes from start to end"},
            "found_as": {"$ref": "#/$defs/text_or_null", "description": "the writing of the term that was recognised"},
            "folded": {"$ref": "#/$defs/text_or_null", "description": "that writing after folding: what it and the text have in common"},
            "seen_through": {"$ref": "#/$defs/texts", "description": "the differences between text and writing"},
            "standing": {"enum": ["counted", "weak", "void"]},
            "why": {"type": "string"},
            "because": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/ground"}]}
          }
        },
        "ground": {"type": "object", "additionalProperties": false, "required": ["kind", "condition", "field", "start", "end", "text"], "properties": {"kind": {"enum": ["need met", "near", "part of a longer word", "part of a longer term"]}, "condition": {"type": "string"}, "field": {"enum": ["title", "description"]}, "start": {"$ref": "#/$defs/count"}, "end": {"$ref": "#/$defs/count"}, "text": {"type": "string"}}},
        "protection": {"anyOf": [{"type": "null", "description": "unknown"}, {"type": "object", "additionalProperties": false, "required": ["level", "since", "as_of", "listed_as", "source", "verified", "note", "words"], "properties": {"level": {"type": "string"}, "since": {"$ref": "#/$defs/text_or_null"}, "as_of": {"$ref": "#/$defs/text_or_null"}, "listed_as": {"type": "string"}, "source": {"$ref": "#/$defs/text_or_null"}, "verified": {"type": "boolean"}, "note": {"$ref": "#/$defs/text_or_null"}, "words": {"type": "string"}}}]},
        "taxon": {
          "type": "object",
          "additionalProperties": false,
          "required": ["accepted_name", "rank", "order", "family", "named_by", "cites", "china", "cites_on_day_of_advert"],
          "properties": {
            "accepted_name": {"type": "string"},
            "rank": {"type": "string"},
            "order": {"$ref": "#/$defs/text_or_null"},
            "family": {"$ref": "#/$defs/text_or_null"},
            "named_by": {"type": "array", "minItems": 1, "items": {"type": "object", "additionalProperties": false, "required": ["by", "written", "name_is", "hits"], "properties": {"by": {"enum": ["species cell", "terms"]}, "written": {"$ref": "#/$defs/text_or_null"}, "name_is": {"$ref": "#/$defs/text_or_null"}, "hits": {"$ref": "#/$defs/numbers"}}}},
            "cites": {"$ref": "#/$defs/protection"},
            "china": {"$ref": "#/$defs/protection"},
            "cites_on_day_of_advert": {"anyOf": [{"type": "null"}, {"type": "object", "additionalProperties": false, "required": ["day", "cites"], "properties": {"day": {"type": "string"}, "cites": {"$ref": "#/$defs/protection"}}}]}
          }
        },
        "listing": {
          "type": "object",
          "additionalProperties": false,
          "required": ["id", "texts", "text_notes", "is_read", "not_read_because", "risk", "points", "hits", "hits_left_out", "taxa", "unresolved_names"],
          "properties": {
            "id": {"type": "string", "pattern": "^L\\d{4,}$"},
            "texts": {"type": "object", "additionalProperties": false, "required": ["title", "description"], "properties": {"title": {"type": "string"}, "description": {"type": "string"}}},
            "text_notes": {"$ref": "#/$defs/texts"},
            "is_read": {"type": "boolean"},
            "not_read_because": {"$ref": "#/$defs/text_or_null"},
            "risk": {"type": ["integer", "null"], "minimum": 0, "maximum": 100, "description": "null is unknown, not 0"},
            "points": {"type": "array", "items": {"type": "object", "additionalProperties": false, "required": ["points", "why", "hits"], "properties": {"points": {"type": "integer"}, "why": {"type": "string"}, "hits": {"$ref": "#/$defs/numbers"}}}},
            "hits": {"type": "array", "items": {"$ref": "#/$defs/hit"}},
            "hits_left_out": {"$ref": "#/$defs/count"},
            "taxa": {"type": "array", "items": {"$ref": "#/$defs/taxon"}},
            "unresolved_names": {"type": "array", "items": {"type": "object", "additionalProperties": false, "required": ["written", "why"], "properties": {"written": {"type": "string"}, "why": {"type": "string"}}}}
          }
        }
      }
    }

    """#
}
