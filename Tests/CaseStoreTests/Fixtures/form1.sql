-- A casebook as a linsang with keys of form 1 left it, after decisions about the files in the folder form1. Never edited.
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
INSERT INTO event VALUES(1,'{"action":"casebook.create","actor":"rk","data":{"act":1,"casebook":"6dbba9fa3188657154049f6aae3a1da9","version":1},"object":"casebook","prev":"0000000000000000000000000000000000000000000000000000000000000000","seq":1,"ts":"2026-11-29T10:56:25Z"}','8912ed3d12b7e21ec72aee35e2be358384052eb6ac2b8a6f201d48b0a59ad9ff',1,'casebook.create','casebook','2026-11-29T10:56:25Z','rk');
INSERT INTO event VALUES(2,'{"action":"verdict.file","actor":"rk","data":{"act":2,"before":{"reason":null,"verdict":null},"reason":null,"verdict":"confirmed"},"object":"url:facebook.com/marketplace/item/150200300?ref=browse_tab&referral_code=top&__tn__=x","prev":"8912ed3d12b7e21ec72aee35e2be358384052eb6ac2b8a6f201d48b0a59ad9ff","seq":2,"ts":"2026-11-29T10:56:41Z"}','e23c469067a2c7027286d7d0d6a13420b6384590f6bdb250d1a51af1a4e2b5fe',2,'verdict.file','url:facebook.com/marketplace/item/150200300?ref=browse_tab&referral_code=top&__tn__=x','2026-11-29T10:56:41Z','rk');
INSERT INTO event VALUES(3,'{"action":"verdict.file","actor":"rk","data":{"act":3,"before":{"reason":null,"verdict":null},"reason":null,"verdict":"false_positive"},"object":"url:etsy.com/listing/246000001/horn-comb?ga_order=most_relevant&ref=sr_gallery-1-1","prev":"e23c469067a2c7027286d7d0d6a13420b6384590f6bdb250d1a51af1a4e2b5fe","seq":3,"ts":"2026-11-29T10:56:42Z"}','503513e663d91977f15ec3d397c6b29def7a7ed902384feaf9bd95d4c7cae708',3,'verdict.file','url:etsy.com/listing/246000001/horn-comb?ga_order=most_relevant&ref=sr_gallery-1-1','2026-11-29T10:56:42Z','rk');
INSERT INTO event VALUES(4,'{"action":"verdict.file","actor":"rk","data":{"act":4,"before":{"reason":null,"verdict":null},"reason":null,"verdict":"unsure"},"object":"url:bazaar.example/item/9?x=1","prev":"503513e663d91977f15ec3d397c6b29def7a7ed902384feaf9bd95d4c7cae708","seq":4,"ts":"2026-11-29T10:56:43Z"}','28dc3b8dddf4181f573e4f33d186e97ef2bcce23ffe9e818d0c87f3a6a4b782f',4,'verdict.file','url:bazaar.example/item/9?x=1','2026-11-29T10:56:43Z','rk');
INSERT INTO event VALUES(5,'{"action":"verdict.file","actor":"rk","data":{"act":5,"before":{"reason":null,"verdict":null},"reason":null,"verdict":"confirmed"},"object":"id:ebay/A-7781","prev":"28dc3b8dddf4181f573e4f33d186e97ef2bcce23ffe9e818d0c87f3a6a4b782f","seq":5,"ts":"2026-11-29T10:56:45Z"}','aa05bac4408da0db0b015a8dabfec14bc9aa949e1ad988b6188fc5c974ce47e2',5,'verdict.file','id:ebay/A-7781','2026-11-29T10:56:45Z','rk');
INSERT INTO event VALUES(6,'{"action":"note.write","actor":"rk","data":{"act":6,"before":{"note":null},"note":"ask for papers"},"object":"id:ebay/A-7781","prev":"aa05bac4408da0db0b015a8dabfec14bc9aa949e1ad988b6188fc5c974ce47e2","seq":6,"ts":"2026-11-29T10:56:47Z"}','84d62b093dddfb75db1d0df89293f7c1af9a84da3bafda547ed97cf8c661d1b6',6,'note.write','id:ebay/A-7781','2026-11-29T10:56:47Z','rk');
INSERT INTO event VALUES(7,'{"action":"verdict.file","actor":"rk","data":{"act":7,"before":{"reason":null,"verdict":null},"reason":null,"verdict":"false_positive"},"object":"id:larets/A-7799","prev":"84d62b093dddfb75db1d0df89293f7c1af9a84da3bafda547ed97cf8c661d1b6","seq":7,"ts":"2026-11-29T10:56:49Z"}','e9e27b1b0d104ad3da875df208c4eb060d5bde29ae7c5b87a86a52b3213a7e1e',7,'verdict.file','id:larets/A-7799','2026-11-29T10:56:49Z','rk');
INSERT INTO event VALUES(8,'{"action":"verdict.file","actor":"rk","data":{"act":8,"before":{"reason":null,"verdict":null},"reason":null,"verdict":"confirmed"},"object":"text:73ed88ad8075db68c92ccc05a81df3ec","prev":"e9e27b1b0d104ad3da875df208c4eb060d5bde29ae7c5b87a86a52b3213a7e1e","seq":8,"ts":"2026-11-29T10:56:50Z"}','16866ae0d3b7bee597479c63827928d4a7e7cfa8370b4f80dfde3f10d7c2a30e',8,'verdict.file','text:73ed88ad8075db68c92ccc05a81df3ec','2026-11-29T10:56:50Z','rk');
INSERT INTO event VALUES(9,'{"action":"verdict.file","actor":"rk","data":{"act":9,"before":{"reason":null,"verdict":null},"reason":null,"verdict":"confirmed"},"object":"url:View item","prev":"16866ae0d3b7bee597479c63827928d4a7e7cfa8370b4f80dfde3f10d7c2a30e","seq":9,"ts":"2026-11-29T10:56:52Z"}','390748c4e1479b4e8ad20bdfa4a768d39bcebe478edb19420ddd197080d677d0',9,'verdict.file','url:View item','2026-11-29T10:56:52Z','rk');
INSERT INTO event VALUES(10,'{"action":"verdict.file","actor":"rk","data":{"act":10,"before":{"reason":null,"verdict":null},"reason":null,"verdict":"false_positive"},"object":"row:b73875f07f5cb8d7/1","prev":"390748c4e1479b4e8ad20bdfa4a768d39bcebe478edb19420ddd197080d677d0","seq":10,"ts":"2026-11-29T10:56:54Z"}','a01efeb2aa294e34716d44f75303111732ab336eb1bf36685f460909aa5cccfc',10,'verdict.file','row:b73875f07f5cb8d7/1','2026-11-29T10:56:54Z','rk');
INSERT INTO event VALUES(11,'{"action":"verdict.file","actor":"rk","data":{"act":11,"before":{"reason":null,"verdict":null},"reason":null,"verdict":"confirmed"},"object":"text:6a8a999a7a056d8ac328b39e8ce04678","prev":"a01efeb2aa294e34716d44f75303111732ab336eb1bf36685f460909aa5cccfc","seq":11,"ts":"2026-11-29T10:56:57Z"}','6ac72eaaa8f1ac8129998cfc633185680f9f46b12f328e3ec234df36e995a9a2',11,'verdict.file','text:6a8a999a7a056d8ac328b39e8ce04678','2026-11-29T10:56:57Z','rk');
INSERT INTO event VALUES(12,'{"action":"verdict.file","actor":"rk","data":{"act":12,"before":{"reason":null,"verdict":null},"reason":null,"verdict":"unsure"},"object":"text:b5ef4c99c5c20707b38829197bd5b7f5","prev":"6ac72eaaa8f1ac8129998cfc633185680f9f46b12f328e3ec234df36e995a9a2","seq":12,"ts":"2026-11-29T10:56:58Z"}','051ca950491b550358616befaaacc8182dbb46a6699a2bb05be48a70578b7ee4',12,'verdict.file','text:b5ef4c99c5c20707b38829197bd5b7f5','2026-11-29T10:56:58Z','rk');
INSERT INTO event VALUES(13,'{"action":"verdict.file","actor":"rk","data":{"act":13,"before":{"reason":null,"verdict":"unsure"},"reason":null,"undoes":12,"verdict":null},"object":"text:b5ef4c99c5c20707b38829197bd5b7f5","prev":"051ca950491b550358616befaaacc8182dbb46a6699a2bb05be48a70578b7ee4","seq":13,"ts":"2026-11-29T10:56:59Z"}','89f52321ac847c8e2b2b7ca4e865348fb1d8196b0c02609d0075f08cb2163d67',13,'verdict.file','text:b5ef4c99c5c20707b38829197bd5b7f5','2026-11-29T10:56:59Z','rk');
INSERT INTO event VALUES(14,'{"action":"act.undo","actor":"rk","data":{"act":13,"left":0,"listings":1,"undoes":12},"object":"act:12","prev":"89f52321ac847c8e2b2b7ca4e865348fb1d8196b0c02609d0075f08cb2163d67","seq":14,"ts":"2026-11-29T10:56:59Z"}','99399e57eab59cadb913a32f1089ce9f444a3324cbbd8f04ebaace08db3a6e43',13,'act.undo','act:12','2026-11-29T10:56:59Z','rk');
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
INSERT INTO act VALUES(2,'rk','change',NULL,'verdict','confirmed',NULL,1,2,2);
INSERT INTO act VALUES(3,'rk','change',NULL,'verdict','false_positive',NULL,1,3,3);
INSERT INTO act VALUES(4,'rk','change',NULL,'verdict','unsure',NULL,1,4,4);
INSERT INTO act VALUES(5,'rk','change',NULL,'verdict','confirmed',NULL,1,5,5);
INSERT INTO act VALUES(6,'rk','change',NULL,'note',NULL,NULL,1,6,6);
INSERT INTO act VALUES(7,'rk','change',NULL,'verdict','false_positive',NULL,1,7,7);
INSERT INTO act VALUES(8,'rk','change',NULL,'verdict','confirmed',NULL,1,8,8);
INSERT INTO act VALUES(9,'rk','change',NULL,'verdict','confirmed',NULL,1,9,9);
INSERT INTO act VALUES(10,'rk','change',NULL,'verdict','false_positive',NULL,1,10,10);
INSERT INTO act VALUES(11,'rk','change',NULL,'verdict','confirmed',NULL,1,11,11);
INSERT INTO act VALUES(12,'rk','change',NULL,'verdict','unsure',NULL,1,12,12);
INSERT INTO act VALUES(13,'rk','undo',12,NULL,NULL,NULL,1,13,14);
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
INSERT INTO standing VALUES('id:ebay/A-7781','confirmed',NULL,'rk','ask for papers','rk',6,'2026-11-29T10:56:47Z','rk');
INSERT INTO standing VALUES('id:larets/A-7799','false_positive',NULL,'rk',NULL,NULL,7,'2026-11-29T10:56:49Z','rk');
INSERT INTO standing VALUES('row:b73875f07f5cb8d7/1','false_positive',NULL,'rk',NULL,NULL,10,'2026-11-29T10:56:54Z','rk');
INSERT INTO standing VALUES('text:6a8a999a7a056d8ac328b39e8ce04678','confirmed',NULL,'rk',NULL,NULL,11,'2026-11-29T10:56:57Z','rk');
INSERT INTO standing VALUES('text:73ed88ad8075db68c92ccc05a81df3ec','confirmed',NULL,'rk',NULL,NULL,8,'2026-11-29T10:56:50Z','rk');
INSERT INTO standing VALUES('text:b5ef4c99c5c20707b38829197bd5b7f5',NULL,NULL,'rk',NULL,NULL,13,'2026-11-29T10:56:59Z','rk');
INSERT INTO standing VALUES('url:View item','confirmed',NULL,'rk',NULL,NULL,9,'2026-11-29T10:56:52Z','rk');
INSERT INTO standing VALUES('url:bazaar.example/item/9?x=1','unsure',NULL,'rk',NULL,NULL,4,'2026-11-29T10:56:43Z','rk');
INSERT INTO standing VALUES('url:etsy.com/listing/246000001/horn-comb?ga_order=most_relevant&ref=sr_gallery-1-1','false_positive',NULL,'rk',NULL,NULL,3,'2026-11-29T10:56:42Z','rk');
INSERT INTO standing VALUES('url:facebook.com/marketplace/item/150200300?ref=browse_tab&referral_code=top&__tn__=x','confirmed',NULL,'rk',NULL,NULL,2,'2026-11-29T10:56:41Z','rk');
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
INSERT INTO listing VALUES('id:ebay/A-7781','Claw pendant','eBay','https://www.ebay.com/itm/110554919742?hash=item19','lena','ids.csv',1,'2026-11-29T10:56:45Z','ids.csv',1,'2026-11-29T10:56:47Z');
INSERT INTO listing VALUES('id:larets/A-7799','Bone frame','Larets',NULL,'ostap','ids.csv',2,'2026-11-29T10:56:49Z','ids.csv',2,'2026-11-29T10:56:49Z');
INSERT INTO listing VALUES('row:b73875f07f5cb8d7/1','Feather fan',NULL,NULL,NULL,'counted.csv',1,'2026-11-29T10:56:54Z','counted.csv',1,'2026-11-29T10:56:54Z');
INSERT INTO listing VALUES('text:6a8a999a7a056d8ac328b39e8ce04678',NULL,NULL,NULL,NULL,'unknown.csv',1,'2026-11-29T10:56:57Z','unknown.csv',1,'2026-11-29T10:56:57Z');
INSERT INTO listing VALUES('text:73ed88ad8075db68c92ccc05a81df3ec','Parrot eggs',NULL,NULL,'bao','words.csv',1,'2026-11-29T10:56:50Z','words.csv',1,'2026-11-29T10:56:50Z');
INSERT INTO listing VALUES('text:b5ef4c99c5c20707b38829197bd5b7f5','Lamp',NULL,NULL,'rosa','words.csv',2,'2026-11-29T10:56:58Z','words.csv',2,'2026-11-29T10:56:58Z');
INSERT INTO listing VALUES('url:View item','Tusk ring',NULL,'View item','vera','shown.csv',1,'2026-11-29T10:56:52Z','shown.csv',1,'2026-11-29T10:56:52Z');
INSERT INTO listing VALUES('url:bazaar.example/item/9?x=1','Shell box','bazaar.example','https://bazaar.example/item/9?utm_source=mail&x=1','otto','addresses.csv',3,'2026-11-29T10:56:43Z','addresses.csv',3,'2026-11-29T10:56:43Z');
INSERT INTO listing VALUES('url:etsy.com/listing/246000001/horn-comb?ga_order=most_relevant&ref=sr_gallery-1-1','Horn comb','Etsy','https://www.etsy.com/listing/246000001/horn-comb?ga_order=most_relevant&ref=sr_gallery-1-1','ines','addresses.csv',2,'2026-11-29T10:56:42Z','addresses.csv',2,'2026-11-29T10:56:42Z');
INSERT INTO listing VALUES('url:facebook.com/marketplace/item/150200300?ref=browse_tab&referral_code=top&__tn__=x','Whale tooth old','Facebook','https://www.facebook.com/marketplace/item/150200300/?ref=browse_tab&referral_code=top&__tn__=x','mara','addresses.csv',1,'2026-11-29T10:56:41Z','addresses.csv',1,'2026-11-29T10:56:41Z');
CREATE TABLE place (
  dataset TEXT NOT NULL,
  analyst TEXT NOT NULL,
  place TEXT NOT NULL CHECK (json_valid(place)),
  time TEXT NOT NULL,
  PRIMARY KEY (dataset, analyst)
) STRICT, WITHOUT ROWID;
INSERT INTO place VALUES(replace('files:/scrapes/addresses.csv\n/scrapes/ids.csv\n/scrapes/words.csv\n/scrapes/shown.csv\n/scrapes/counted.csv\n/scrapes/unknown.csv','\n',char(10)),'rk','{"draft of text:73ed88ad8075db68c92ccc05a81df3ec":"half a thought","filter":"","listing":"text:73ed88ad8075db68c92ccc05a81df3ec","sort":"file"}','2026-11-29T10:57:02Z');
CREATE TABLE packet (
  id TEXT NOT NULL CHECK (id GLOB 'LNS-[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9][0-9][0-9]*'),
  version INTEGER NOT NULL CHECK (version > 0),
  created TEXT NOT NULL,
  analyst TEXT NOT NULL,
  event INTEGER REFERENCES event (number),
  PRIMARY KEY (id, version)
) STRICT;
CREATE TABLE packet_listing (
  packet TEXT NOT NULL,
  version INTEGER NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (packet, version, key),
  FOREIGN KEY (packet, version) REFERENCES packet (id, version)
) STRICT, WITHOUT ROWID;
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
