-- A casebook as version 1 of the file wrote it. Never edited: it stands for the files people have.
PRAGMA application_id = 1280201543;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE event (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  line TEXT NOT NULL CHECK (json_valid(line)),
  hash TEXT NOT NULL CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
  act INTEGER NOT NULL CHECK (act > 0),
  action TEXT NOT NULL CHECK (action <> ''),
  object TEXT NOT NULL,
  time TEXT NOT NULL
    CHECK (time GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]Z'),
  analyst TEXT NOT NULL CHECK (analyst <> '')
) STRICT;
INSERT INTO event VALUES(1,'{"action":"casebook.create","actor":"rk","data":{"act":1,"casebook":"4b0e052988b0b85dbdcdb363a1613687","version":1},"object":"casebook","prev":"0000000000000000000000000000000000000000000000000000000000000000","seq":1,"ts":"2026-11-18T12:00:00Z"}','3a9acd89e1d1c41fa3ba654caa3a475c63ec0eca7a49c810b96fecc0d5224113',1,'casebook.create','casebook','2026-11-18T12:00:00Z','rk');
INSERT INTO event VALUES(2,'{"action":"verdict.file","actor":"rk","data":{"act":2,"before":{"reason":null,"verdict":null},"reason":null,"verdict":"confirmed"},"object":"id:Xianyu/771001","prev":"3a9acd89e1d1c41fa3ba654caa3a475c63ec0eca7a49c810b96fecc0d5224113","seq":2,"ts":"2026-11-18T12:00:00Z"}','14f673b72d49b76f01cbb161d106d7908e1b551a17302fc4b605ee39ad55eadc',2,'verdict.file','id:Xianyu/771001','2026-11-18T12:00:00Z','rk');
INSERT INTO event VALUES(3,'{"action":"verdict.file","actor":"rk","data":{"act":2,"before":{"reason":null,"verdict":null},"reason":null,"verdict":"confirmed"},"object":"url:bazaar.example/i/9?x=1","prev":"14f673b72d49b76f01cbb161d106d7908e1b551a17302fc4b605ee39ad55eadc","seq":3,"ts":"2026-11-18T12:00:00Z"}','7eb50e48c0de3995676e8e157b5e522b69eda1d2c41b86d9b74ef9050a95e9c9',2,'verdict.file','url:bazaar.example/i/9?x=1','2026-11-18T12:00:00Z','rk');
INSERT INTO event VALUES(4,'{"action":"verdict.file","actor":"rk","data":{"act":3,"before":{"reason":null,"verdict":"confirmed"},"reason":"other_material","verdict":"false_positive"},"object":"url:bazaar.example/i/9?x=1","prev":"7eb50e48c0de3995676e8e157b5e522b69eda1d2c41b86d9b74ef9050a95e9c9","seq":4,"ts":"2026-11-18T12:01:00Z"}','b86b7696b4cc5069428338f629deb12c5b0fe816994e8cef6099225abbbd0810',3,'verdict.file','url:bazaar.example/i/9?x=1','2026-11-18T12:01:00Z','rk');
INSERT INTO event VALUES(5,'{"action":"verdict.file","actor":"rk","data":{"act":4,"before":{"reason":null,"verdict":null},"reason":null,"verdict":"unsure"},"object":"text:0a1b","prev":"b86b7696b4cc5069428338f629deb12c5b0fe816994e8cef6099225abbbd0810","seq":5,"ts":"2026-11-18T12:02:00Z"}','cb53bb5cba3f097d67c7db335f2b491ffa8a2e94338c235fca671241c6760ce4',4,'verdict.file','text:0a1b','2026-11-18T12:02:00Z','rk');
INSERT INTO event VALUES(6,'{"action":"verdict.file","actor":"rk","data":{"act":5,"before":{"reason":null,"verdict":"unsure"},"reason":null,"undoes":4,"verdict":null},"object":"text:0a1b","prev":"cb53bb5cba3f097d67c7db335f2b491ffa8a2e94338c235fca671241c6760ce4","seq":6,"ts":"2026-11-18T12:03:00Z"}','4fc71273d844d3c2bed60fad169c57288dbdc2e177b7390e35f487d7aef24499',5,'verdict.file','text:0a1b','2026-11-18T12:03:00Z','rk');
INSERT INTO event VALUES(7,'{"action":"act.undo","actor":"rk","data":{"act":5,"left":0,"listings":1,"undoes":4},"object":"act:4","prev":"4fc71273d844d3c2bed60fad169c57288dbdc2e177b7390e35f487d7aef24499","seq":7,"ts":"2026-11-18T12:03:00Z"}','0ede1e5a05baf9485facc9e98914e9d6e88820f8b897b2dbe1cdfa4158475fa8',5,'act.undo','act:4','2026-11-18T12:03:00Z','rk');
INSERT INTO event VALUES(8,'{"action":"packet.export","actor":"rk","data":{"act":6,"listings":["id:Xianyu/771001"],"version":1},"object":"LNS-2026-000001","prev":"0ede1e5a05baf9485facc9e98914e9d6e88820f8b897b2dbe1cdfa4158475fa8","seq":8,"ts":"2026-11-18T12:04:00Z"}','b642e339993f666171ccceaa8369ddceaf2f3bf679ba9b846d2cc0fc2ecbcc98',6,'packet.export','LNS-2026-000001','2026-11-18T12:04:00Z','rk');
INSERT INTO event VALUES(9,'{"action":"note.write","actor":"rk","data":{"act":7,"before":{"note":null},"note":"\u83b2\u5fc3\u9601: \u8981\u9274\u5b9a"},"object":"id:Xianyu/771001","prev":"b642e339993f666171ccceaa8369ddceaf2f3bf679ba9b846d2cc0fc2ecbcc98","seq":9,"ts":"2026-11-18T12:05:00Z"}','690aecdca9da5f5ef35c73ae9ca037b133ffa14e2fd982a39a7dbc1a4ba3794d',7,'note.write','id:Xianyu/771001','2026-11-18T12:05:00Z','rk');
CREATE TABLE act (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  analyst TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('change', 'undo', 'redo', 'other')),
  reverses INTEGER REFERENCES act (number),
  part TEXT CHECK (part IN ('verdict', 'note', 'no note')),
  verdict TEXT,
  reason TEXT,
  listings INTEGER NOT NULL CHECK (listings >= 0),
  first_event INTEGER NOT NULL REFERENCES event (number),
  last_event INTEGER NOT NULL REFERENCES event (number),
  CHECK ((kind IN ('undo', 'redo')) = (reverses IS NOT NULL)),
  CHECK (first_event <= last_event)
) STRICT;
INSERT INTO act VALUES(1,'rk','other',NULL,NULL,NULL,NULL,0,1,1);
INSERT INTO act VALUES(2,'rk','change',NULL,'verdict','confirmed',NULL,2,2,3);
INSERT INTO act VALUES(3,'rk','change',NULL,'verdict','false_positive','other_material',1,4,4);
INSERT INTO act VALUES(4,'rk','change',NULL,'verdict','unsure',NULL,1,5,5);
INSERT INTO act VALUES(5,'rk','undo',4,NULL,NULL,NULL,1,6,7);
INSERT INTO act VALUES(6,'rk','other',NULL,NULL,NULL,NULL,0,8,8);
INSERT INTO act VALUES(7,'rk','change',NULL,'note',NULL,NULL,1,9,9);
CREATE TABLE standing (
  key TEXT PRIMARY KEY NOT NULL,
  verdict TEXT CHECK (verdict IN ('confirmed', 'false_positive', 'unsure')),
  reason TEXT CHECK (reason IS NULL OR verdict = 'false_positive'),
  verdict_by TEXT,
  note TEXT CHECK (note <> ''),
  note_by TEXT,
  event INTEGER NOT NULL REFERENCES event (number),
  time TEXT NOT NULL,
  analyst TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO standing VALUES('id:Xianyu/771001','confirmed',NULL,'rk','莲心阁: 要鉴定','rk',9,'2026-11-18T12:05:00Z','rk');
INSERT INTO standing VALUES('text:0a1b',NULL,NULL,'rk',NULL,NULL,6,'2026-11-18T12:03:00Z','rk');
INSERT INTO standing VALUES('url:bazaar.example/i/9?x=1','false_positive','other_material','rk',NULL,NULL,4,'2026-11-18T12:01:00Z','rk');
CREATE TABLE listing (
  key TEXT PRIMARY KEY NOT NULL,
  title TEXT,
  platform TEXT,
  url TEXT,
  seller TEXT,
  first_file TEXT NOT NULL,
  first_row INTEGER NOT NULL,
  first_time TEXT NOT NULL,
  last_file TEXT NOT NULL,
  last_row INTEGER NOT NULL,
  last_time TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO listing VALUES('id:Xianyu/771001','果冻 手串','Xianyu',NULL,'莲心阁','week46.csv',12,'2026-11-18T12:00:00Z','week46.csv',12,'2026-11-18T12:00:00Z');
INSERT INTO listing VALUES('url:bazaar.example/i/9?x=1','resin "ring"','Xianyu',NULL,'莲心阁','week46.csv',14,'2026-11-18T12:00:00Z','week46.csv',14,'2026-11-18T12:00:00Z');
CREATE TABLE place (
  dataset TEXT NOT NULL,
  analyst TEXT NOT NULL,
  place TEXT NOT NULL CHECK (json_valid(place)),
  time TEXT NOT NULL,
  PRIMARY KEY (dataset, analyst)
) STRICT, WITHOUT ROWID;
INSERT INTO place VALUES('demo','rk','{"row":3}','2026-11-18T12:05:00Z');
CREATE TABLE packet (
  id TEXT NOT NULL CHECK (id GLOB 'LNS-[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9][0-9][0-9]*'),
  version INTEGER NOT NULL CHECK (version > 0),
  created TEXT NOT NULL,
  analyst TEXT NOT NULL,
  event INTEGER REFERENCES event (number),
  PRIMARY KEY (id, version)
) STRICT;
INSERT INTO packet VALUES('LNS-2026-000001',1,'2026-11-18T12:04:00Z','rk',8);
CREATE TABLE packet_listing (
  packet TEXT NOT NULL,
  version INTEGER NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (packet, version, key),
  FOREIGN KEY (packet, version) REFERENCES packet (id, version)
) STRICT, WITHOUT ROWID;
INSERT INTO packet_listing VALUES('LNS-2026-000001',1,'id:Xianyu/771001');
CREATE INDEX event_by_object ON event (object);
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
CREATE TRIGGER event_follows_the_last BEFORE INSERT ON event
  WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM event)
  BEGIN SELECT RAISE(ABORT, 'an event follows the last one'); END;
CREATE TRIGGER event_is_bound_to_the_last BEFORE INSERT ON event
  WHEN json_extract(NEW.line, '$.prev') IS NOT
    coalesce((SELECT hash FROM event WHERE number = NEW.number - 1), printf('%.64d', 0))
    OR json_extract(NEW.line, '$.seq') IS NOT NEW.number
  BEGIN SELECT RAISE(ABORT, 'an event is bound to the last one'); END;
CREATE INDEX act_by_analyst ON act (analyst);
CREATE TRIGGER act_is_never_changed BEFORE UPDATE ON act
  BEGIN SELECT RAISE(ABORT, 'an act is never changed'); END;
CREATE TRIGGER act_is_never_deleted BEFORE DELETE ON act
  BEGIN SELECT RAISE(ABORT, 'an act is never deleted'); END;
CREATE INDEX packet_listing_by_key ON packet_listing (key);
COMMIT;
