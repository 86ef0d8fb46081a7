PRAGMA application_id = 1886339690;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE applied (
        seq INTEGER PRIMARY KEY,
        order_key TEXT NOT NULL,
        plan INTEGER NOT NULL REFERENCES plan,
        document TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "applied" VALUES(1,'Fjäll & Sons/65f0%2Fa%251',1,'{"at":"2026-03-01T10:30:00.250000Z","causes":["a question is open"],"content":"c0ffee","lines":[{"cost":"12.50000","count":"1","due_on":"2026-04-30","line":"Fjäll & Sons/5f3/Röd%2FBlå/M","product_id":"p-1","purchase_order":"po-8"},{"cost":null,"count":"2.0","due_on":null,"line":"Fjäll & Sons/5f4//OS","product_id":"p-1","purchase_order":""}],"number":"1318034-A","order":"Fjäll & Sons/65f0%2Fa%251","plan":"ebf85311b20a36b5d8544f092257edd5fe1ece6372a8ab2734b6e5d13af8c375","purchase_orders":["po-8"],"round":1,"status":"halted"}');
CREATE TABLE decision (
        seq INTEGER PRIMARY KEY,
        key TEXT NOT NULL,
        choice TEXT,
        product_id TEXT NOT NULL,
        answer TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        why TEXT NOT NULL,
        ended TEXT,
        ended_at TEXT,
        ended_by TEXT,
        ended_why TEXT
    ) STRICT
    ;
INSERT INTO "decision" VALUES(1,'line:Fjäll & Sons/5f3/Röd%2FBlå/M','link','p-0','','2026-03-01T09:30:00.250000Z','Ann','gesehen','replaced','2026-03-01T09:30:00.250000Z','Ann','');
INSERT INTO "decision" VALUES(2,'line:Fjäll & Sons/5f3/Röd%2FBlå/M','link','p-2','','2026-03-01T09:30:00.250000Z','Ann','gesehen',NULL,NULL,NULL,NULL);
INSERT INTO "decision" VALUES(3,'style:Fjäll & Sons/5f4','create','','','2026-03-01T09:30:00.250000Z','rule: new','',NULL,NULL,NULL,NULL);
INSERT INTO "decision" VALUES(4,'line:gone','skip','','','2026-03-01T09:30:00.250000Z','','',NULL,NULL,NULL,NULL);
INSERT INTO "decision" VALUES(5,'existing:1318034-A',NULL,'','adopt','2026-03-01T09:30:00.250000Z','Ann','',NULL,NULL,NULL,NULL);
CREATE TABLE entry (
        seq INTEGER PRIMARY KEY,
        plan INTEGER NOT NULL REFERENCES plan,
        step TEXT NOT NULL,
        mark TEXT NOT NULL,
        at TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        sent_at TEXT,
        not_before TEXT,
        detail TEXT
    ) STRICT
    ;
INSERT INTO "entry" VALUES(1,1,'0000000000000000','intended','2026-03-01T09:30:00.250000Z',1,'2026-03-01T09:30:00.250000Z',NULL,NULL);
INSERT INTO "entry" VALUES(2,1,'0000000000000000','done','2026-03-01T09:30:01.250000Z',1,'2026-03-01T09:30:00.250000Z',NULL,'{"found":true,"made":{"supplier:Fjäll":"supplier-9"},"notes":["was there"],"type":"Receipt"}');
INSERT INTO "entry" VALUES(3,1,'0000000000000001','intended','2026-03-01T09:30:01.250000Z',1,'2026-03-01T09:30:00.250000Z',NULL,NULL);
INSERT INTO "entry" VALUES(4,1,'0000000000000001','refused','2026-03-01T09:30:02.250000Z',1,'2026-03-01T09:30:00.250000Z','2026-03-01T09:35:00.250000Z','{"again":true,"mend":"wait","retry_at":"2026-03-01T09:35:00.250000Z","status":429,"type":"Refusal","words":"langsam"}');
INSERT INTO "entry" VALUES(5,1,'0000000000000001','intended','2026-03-01T09:35:01.250000Z',2,'2026-03-01T09:30:00.250000Z',NULL,NULL);
INSERT INTO "entry" VALUES(6,1,'0000000000000001','unknown','2026-03-01T09:35:02.250000Z',2,'2026-03-01T09:30:00.250000Z',NULL,'{"type":"Doubt","why":"no answer"}');
INSERT INTO "entry" VALUES(7,1,'0000000000000001','asked','2026-03-01T09:36:40.250000Z',2,'2026-03-01T09:30:00.250000Z',NULL,'{"answers":["adopt","create","skip"],"key":"existing:1318034-A","line":"Fjäll & Sons/5f3/Röd%2FBlå/M","order":"Fjäll & Sons/65f0%2Fa%251","stops":"order","text":"Adopt?","type":"Question"}');
INSERT INTO "entry" VALUES(8,1,'0000000000000009','split','2026-03-01T09:36:41.250000Z',1,'2026-03-01T09:30:00.250000Z',NULL,'{"receipt":{"found":false,"made":{"product:coat/M":"p-1"},"notes":[]},"type":"Rest","writes":[{"name":"Fjäll","slot":{"kind":"supplier","name":"Fjäll"},"type":"CreateSupplier"},{"name":"Fjäll","slot":{"kind":"brand","name":"Fjäll"},"type":"CreateBrand"},{"name":"spring","slot":{"kind":"tag","name":"spring"},"type":"CreateTag"},{"options":[{"name":"Size","slot":{"kind":"option","name":"Size"}}],"type":"CreateOptions"},{"active":false,"brand":{"kind":"brand","name":"Fjäll","type":"Slot"},"description":"<p>Warm</p>","members":[{"codes":[{"kind":"UPC","text":"012345678905"},{"kind":"CUSTOM","text":"FJALLCOATM"}],"retail_price":null,"slot":{"kind":"product","name":"coat/M"},"supplier_code":"COAT-M","supply_price":"12.50","values":["M","Röd"]}],"name":"Coat","options":[{"name":"Size","ref":{"kind":"option","name":"Size","type":"Slot"}},{"name":"Color","ref":{"id":"option-1","type":"Known"}}],"slot":{"kind":"family","name":"coat"},"source_id":"5f3","supplier":{"kind":"supplier","name":"Fjäll","type":"Slot"},"tags":[{"kind":"tag","name":"spring","type":"Slot"},{"id":"tag-1","type":"Known"}],"type":"CreateFamily"},{"active":true,"brand":null,"family":{"id":"family-3","type":"Known"},"family_name":"Coat","members":[{"codes":[{"kind":"UPC","text":"012345678905"},{"kind":"CUSTOM","text":"FJALLCOATM"}],"retail_price":null,"slot":{"kind":"product","name":"coat/L"},"supplier_code":"COAT-L","supply_price":"12.50","values":["L","Röd"]}],"options":[{"name":"Size","ref":{"kind":"option","name":"Size","type":"Slot"}},{"name":"Color","ref":{"id":"option-1","type":"Known"}}],"supplier":{"id":"supplier-1","type":"Known"},"type":"AddMembers"},{"after":{"active":true,"codes":[{"kind":"UPC","text":"012345678905"},{"kind":"CUSTOM","text":"FJALLCOATM"}],"description":"<p>Warm</p>","name":"Coat","retail_price":"30","supplier_code":"COAT-M","supplier_id":"supplier-1","supply_price":"12.50"},"before":{"active":null,"codes":[],"description":"","name":null,"retail_price":null,"supplier_code":null,"supplier_id":null,"supply_price":null},"product":{"id":"0af7","type":"Known"},"type":"UpdateProduct"},{"address":"https://images.example/coat.png?a=1&b=2","product":{"kind":"product","name":"coat/M","type":"Slot"},"slot":{"kind":"image","name":"coat/1"},"type":"AttachImage"},{"draft":{"created_at":"2026-03-01T09:30:00.250000Z","due_on":"2026-04-30","note":"Synced, \"as is\"","number":"1318034-A","ordered_by":"Ann","supplier":"Fjäll","total_cost":"37.50000","total_quantity":"3.0"},"due_at":"2026-03-01T09:30:00.250000Z","known":["po-7"],"others":[{"id":"po-7","type":"Known"}],"outlet_id":"outlet-1","slot":{"kind":"order","name":"Fjäll & Sons/65f0%2Fa%251"},"supplier":{"kind":"supplier","name":"Fjäll","type":"Slot"},"type":"CreateOrder"},{"lines":[{"before":"0","cost":null,"count":"1.5","product":{"kind":"product","name":"coat/L","type":"Slot"}}],"order":{"kind":"order","name":"Fjäll & Sons/65f0%2Fa%251","type":"Slot"},"type":"AddLines"},{"before":"2","cost":"12.5","cost_before":null,"count":"3","order":{"id":"po-7","type":"Known"},"product":{"id":"0af7","type":"Known"},"type":"SetLine"},{"after":"sent","before":"open","order":{"kind":"order","name":"Fjäll & Sons/65f0%2Fa%251","type":"Slot"},"type":"SetStatus"},{"before":"2","kind":"product","target":{"id":"0af7","type":"Known"},"type":"Remove","within":{"id":"po-7","type":"Known"}}]}');
CREATE TABLE fence (last INTEGER NOT NULL) STRICT;
INSERT INTO "fence" VALUES(2);
CREATE TABLE folded (
        plan INTEGER PRIMARY KEY REFERENCES plan,
        at TEXT NOT NULL,
        entries INTEGER NOT NULL,
        made TEXT NOT NULL
    ) STRICT
    ;
CREATE TABLE lease (
        key TEXT PRIMARY KEY,
        fence INTEGER NOT NULL,
        host TEXT NOT NULL,
        pid INTEGER NOT NULL,
        started TEXT NOT NULL,
        worker TEXT NOT NULL,
        since TEXT NOT NULL,
        until TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "lease" VALUES('order',2,'shop.example',7,'abc','w','2026-03-01T09:30:00.250000Z','2026-03-01T09:31:00.250000Z');
INSERT INTO "lease" VALUES('supplier',2,'shop.example',7,'abc','w','2026-03-01T09:30:00.250000Z','2026-03-01T09:31:00.250000Z');
CREATE TABLE link (
        seq INTEGER PRIMARY KEY,
        line TEXT NOT NULL,
        product_id TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        ended TEXT,
        ended_at TEXT,
        ended_by TEXT,
        ended_why TEXT
    ) STRICT
    ;
INSERT INTO "link" VALUES(1,'Fjäll & Sons/5f3/Röd%2FBlå/M','p-1','2026-03-01T11:30:00.250000Z','plan ebf85311b20a36b5d8544f092257edd5fe1ece6372a8ab2734b6e5d13af8c375',NULL,NULL,NULL,NULL);
INSERT INTO "link" VALUES(2,'Fjäll & Sons/5f4//OS','p-1','2026-03-01T11:30:00.250000Z','plan ebf85311b20a36b5d8544f092257edd5fe1ece6372a8ab2734b6e5d13af8c375','revoked','2026-03-01T11:30:00.250000Z','Ann','wrong');
CREATE TABLE plan (
        id INTEGER PRIMARY KEY,
        digest TEXT NOT NULL UNIQUE,
        opened_at TEXT NOT NULL,
        closed_at TEXT,
        since TEXT NOT NULL,
        document TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "plan" VALUES(1,'ebf85311b20a36b5d8544f092257edd5fe1ece6372a8ab2734b6e5d13af8c375','2026-03-01T09:30:00.250000Z',NULL,'{"orders":"","products":"42"}','{"basis":[{"value":"true","where":"product 0af7 alive"}],"changes":[{"name":"Fjäll","orders":["Fjäll & Sons/65f0%2Fa%251"],"slot":{"kind":"supplier","name":"Fjäll"},"type":"NewRecord"},{"active":false,"brand":{"kind":"brand","name":"Fjäll","type":"Slot"},"description":"<p>Warm</p>","images":[{"address":"https://images.example/coat.png","slot":{"kind":"image","name":"coat/1"}}],"members":[{"codes":[{"kind":"UPC","text":"012345678905"},{"kind":"CUSTOM","text":"FJALLCOATM"}],"retail_price":null,"slot":{"kind":"product","name":"coat/M"},"supplier_code":"COAT-M","supply_price":"12.50","values":["M","Röd"]}],"name":"Coat","options":[{"name":"Size","ref":{"kind":"option","name":"Size","type":"Slot"}},{"name":"Color","ref":{"id":"option-1","type":"Known"}}],"orders":["Fjäll & Sons/65f0%2Fa%251"],"slot":{"kind":"family","name":"coat"},"source_id":"5f3","supplier":{"kind":"supplier","name":"Fjäll","type":"Slot"},"tags":[{"kind":"tag","name":"spring","type":"Slot"}],"type":"NewFamily"},{"active":true,"brand":null,"family":{"id":"family-3"},"family_name":"Coat","members":[{"codes":[{"kind":"UPC","text":"012345678905"},{"kind":"CUSTOM","text":"FJALLCOATM"}],"retail_price":null,"slot":{"kind":"product","name":"coat/L"},"supplier_code":"COAT-L","supply_price":"12.50","values":["L","Röd"]}],"options":[{"name":"Size","ref":{"kind":"option","name":"Size","type":"Slot"}},{"name":"Color","ref":{"id":"option-1","type":"Known"}}],"orders":["Fjäll & Sons/65f0%2Fa%251"],"supplier":{"kind":"supplier","name":"Fjäll","type":"Slot"},"type":"MoreMembers"},{"after":{"active":true,"codes":[{"kind":"UPC","text":"012345678905"},{"kind":"CUSTOM","text":"FJALLCOATM"}],"description":"<p>Warm</p>","name":"Coat","retail_price":"30","supplier_code":"COAT-M","supplier_id":"supplier-1","supply_price":"12.50"},"before":{"active":null,"codes":[],"description":"","name":null,"retail_price":null,"supplier_code":null,"supplier_id":null,"supply_price":null},"name":"Coat M","orders":["Fjäll & Sons/65f0%2Fa%251"],"product":{"id":"0af7"},"type":"ProductChange"},{"image":{"address":"https://images.example/coat.png","slot":{"kind":"image","name":"coat/1"}},"name":"Coat M","orders":["Fjäll & Sons/65f0%2Fa%251"],"product":{"id":"0af7"},"type":"NewPicture"},{"draft":{"created_at":"2026-03-01T09:30:00.250000Z","due_on":"2026-04-30","note":"Synced, \"as is\"","number":"1318034-A","ordered_by":"Ann","supplier":"Fjäll","total_cost":"37.50000","total_quantity":"3.0"},"due_at":null,"known":["po-7"],"lines":[{"cost":"12.50000","count":"3","name":"Coat M","product":{"kind":"product","name":"coat/M","type":"Slot"}}],"orders":["Fjäll & Sons/65f0%2Fa%251"],"others":[{"id":"po-7","type":"Known"}],"outlet":"Main","outlet_id":"outlet-1","slot":{"kind":"order","name":"Fjäll & Sons/65f0%2Fa%251"},"status":"sent","supplier":{"kind":"supplier","name":"Fjäll","type":"Slot"},"type":"NewOrder"},{"added":[{"before":"0","cost":null,"count":"1.5","product":{"kind":"product","name":"coat/L","type":"Slot"}}],"changed":[{"before":"2","cost":"12.5","cost_before":null,"count":"3","name":"Coat M","product":{"id":"0af7"}}],"names":["Coat L"],"number":"1318034-A","order":{"id":"po-7"},"orders":["Fjäll & Sons/65f0%2Fa%251"],"removed":[{"before":"2","cost":"12.5","cost_before":null,"count":"0","name":"Coat M","product":{"id":"0af7"}}],"type":"OrderRevision"}],"digest":"ebf85311b20a36b5d8544f092257edd5fe1ece6372a8ab2734b6e5d13af8c375","estimate":{"calls":17,"seconds":12.5},"format":1,"goals":[{"content":"c0ffee","created":2,"expected":[],"lines":[{"cost":"12.50000","count":"3","due_on":"2026-04-30","lines":[["Fjäll & Sons/5f3/Röd%2FBlå/M","1"],["Fjäll & Sons/5f4//OS","2.0"]],"order":{"kind":"order","name":"Fjäll & Sons/65f0%2Fa%251","type":"Slot"},"product":{"kind":"product","name":"coat/M","type":"Slot"}},{"cost":null,"count":"1","due_on":null,"lines":[],"order":null,"product":{"id":"0af7","type":"Known"}}],"matched":1,"number":"1318034-A","order":"Fjäll & Sons/65f0%2Fa%251","purchase_orders":[{"kind":"order","name":"Fjäll & Sons/65f0%2Fa%251","type":"Slot"}],"round":1,"skipped":0}],"losses":[{"order":"Fjäll & Sons/65f0%2Fa%251","value":"4.20","what":"freight","why":"no field"}],"questions":[{"answers":["adopt","create","skip"],"key":"existing:1318034-A","line":"Fjäll & Sons/5f3/Röd%2FBlå/M","order":"Fjäll & Sons/65f0%2Fa%251","stops":"order","text":"Adopt?"}],"steps":[{"change":"family:coat","key":"0000000000000000","needs":[],"orders":["Fjäll & Sons/65f0%2Fa%251"],"write":{"name":"Fjäll","slot":{"kind":"supplier","name":"Fjäll"},"type":"CreateSupplier"}},{"change":"family:coat","key":"0000000000000001","needs":["0000000000000000"],"orders":["Fjäll & Sons/65f0%2Fa%251"],"write":{"name":"Fjäll","slot":{"kind":"brand","name":"Fjäll"},"type":"CreateBrand"}},{"change":"family:coat","key":"0000000000000002","needs":["0000000000000001"],"orders":["Fjäll & Sons/65f0%2Fa%251"],"write":{"name":"spring","slot":{"kind":"tag","name":"spring"},"type":"CreateTag"}},{"change":"family:coat","key":"0000000000000003","needs":["0000000000000002"],"orders":["Fjäll & Sons/65f0%2Fa%251"],"write":{"options":[{"name":"Size","slot":{"kind":"option","name":"Size"}}],"type":"CreateOptions"}},{"change":"family:coat","key":"0000000000000004","needs":["0000000000000003"],"orders":["Fjäll & Sons/65f0%2Fa%251"],"write":{"active":false,"brand":{"kind":"brand","name":"Fjäll","type":"Slot"},"description":"<p>Warm</p>","members":[{"codes":[{"kind":"UPC","text":"012345678905"},{"kind":"CUSTOM","text":"FJALLCOATM"}],"retail_price":null,"slot":{"kind":"product","name":"coat/M"},"supplier_code":"COAT-M","supply_price":"12.50","values":["M","Röd"]}],"name":"Coat","options":[{"name":"Size","ref":{"kind":"option","name":"Size","type":"Slot"}},{"name":"Color","ref":{"id":"option-1","type":"Known"}}],"slot":{"kind":"family","name":"coat"},"source_id":"5f3","supplier":{"kind":"supplier","name":"Fjäll","type":"Slot"},"tags":[{"kind":"tag","name":"spring","type":"Slot"},{"id":"tag-1","type":"Known"}],"type":"CreateFamily"}},{"change":"family:coat","key":"0000000000000005","needs":["0000000000000004"],"orders":["Fjäll & Sons/65f0%2Fa%251"],"write":{"active":true,"brand":null,"family":{"id":"family-3","type":"Known"},"family_name":"Coat","members":[{"codes":[{"kind":"UPC","text":"012345678905"},{"kind":"CUSTOM","text":"FJALLCOATM"}],"retail_price":null,"slot":{"kind":"product","name":"coat/L"},"supplier_code":"COAT-L","supply_price":"12.50","values":["L","Röd"]}],"options":[{"name":"Size","ref":{"kind":"option","name":"Size","type":"Slot"}},{"name":"Color","ref":{"id":"option-1","type":"Known"}}],"supplier":{"id":"supplier-1","type":"Known"},"type":"AddMembers"}},{"change":"family:coat","key":"0000000000000006","needs":["0000000000000005"],"orders":["Fjäll & Sons/65f0%2Fa%251"],"write":{"after":{"active":true,"codes":[{"kind":"UPC","text":"012345678905"},{"kind":"CUSTOM","text":"FJALLCOATM"}],"description":"<p>Warm</p>","name":"Coat","retail_price":"30","supplier_code":"COAT-M","supplier_id":"supplier-1","supply_price":"12.50"},"before":{"active":null,"codes":[],"description":"","name":null,"retail_price":null,"supplier_code":null,"supplier_id":null,"supply_price":null},"product":{"id":"0af7","type":"Known"},"type":"UpdateProduct"}},{"change":"family:coat","key":"0000000000000007","needs":["0000000000000006"],"orders":["Fjäll & Sons/65f0%2Fa%251"],"write":{"address":"https://images.example/coat.png?a=1&b=2","product":{"kind":"product","name":"coat/M","type":"Slot"},"slot":{"kind":"image","name":"coat/1"},"type":"AttachImage"}},{"change":"family:coat","key":"0000000000000008","needs":["0000000000000007"],"orders":["Fjäll & Sons/65f0%2Fa%251"],"write":{"draft":{"created_at":"2026-03-01T09:30:00.250000Z","due_on":"2026-04-30","note":"Synced, \"as is\"","number":"1318034-A","ordered_by":"Ann","supplier":"Fjäll","total_cost":"37.50000","total_quantity":"3.0"},"due_at":"2026-03-01T09:30:00.250000Z","known":["po-7"],"others":[{"id":"po-7","type":"Known"}],"outlet_id":"outlet-1","slot":{"kind":"order","name":"Fjäll & Sons/65f0%2Fa%251"},"supplier":{"kind":"supplier","name":"Fjäll","type":"Slot"},"type":"CreateOrder"}},{"change":"family:coat","key":"0000000000000009","needs":["0000000000000008"],"orders":["Fjäll & Sons/65f0%2Fa%251"],"write":{"lines":[{"before":"0","cost":null,"count":"1.5","product":{"kind":"product","name":"coat/L","type":"Slot"}}],"order":{"kind":"order","name":"Fjäll & Sons/65f0%2Fa%251","type":"Slot"},"type":"AddLines"}},{"change":"family:coat","key":"000000000000000a","needs":["0000000000000009"],"orders":["Fjäll & Sons/65f0%2Fa%251"],"write":{"before":"2","cost":"12.5","cost_before":null,"count":"3","order":{"id":"po-7","type":"Known"},"product":{"id":"0af7","type":"Known"},"type":"SetLine"}},{"change":"family:coat","key":"000000000000000b","needs":["000000000000000a"],"orders":["Fjäll & Sons/65f0%2Fa%251"],"write":{"after":"sent","before":"open","order":{"kind":"order","name":"Fjäll & Sons/65f0%2Fa%251","type":"Slot"},"type":"SetStatus"}},{"change":"family:coat","key":"000000000000000c","needs":["000000000000000b"],"orders":["Fjäll & Sons/65f0%2Fa%251"],"write":{"before":"2","kind":"product","target":{"id":"0af7","type":"Known"},"type":"Remove","within":{"id":"po-7","type":"Known"}}}],"store":"store-1"}');
CREATE TABLE round (
        order_key TEXT NOT NULL,
        number INTEGER NOT NULL,
        plan INTEGER NOT NULL REFERENCES plan,
        PRIMARY KEY (order_key, number)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "round" VALUES('Fjäll & Sons/65f0%2Fa%251',1,1);
CREATE INDEX entry_of_step ON entry (plan, step);
CREATE INDEX applied_of_order ON applied (order_key, seq);
CREATE INDEX link_of_line ON link (line, seq);
CREATE UNIQUE INDEX link_in_force ON link (line) WHERE ended IS NULL;
CREATE INDEX decision_of_key ON decision (key, seq);
CREATE UNIQUE INDEX decision_in_force ON decision (key) WHERE ended IS NULL;
CREATE INDEX lease_of_fence ON lease (fence);
COMMIT;
