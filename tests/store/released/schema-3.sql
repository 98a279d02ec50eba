BEGIN TRANSACTION;
CREATE TABLE article (
	id INTEGER NOT NULL, 
	uid VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	fingerprint VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	outlet VARCHAR, 
	published VARCHAR, 
	language VARCHAR NOT NULL, 
	country VARCHAR, 
	url VARCHAR, 
	author VARCHAR, 
	furniture VARCHAR NOT NULL, 
	path VARCHAR, 
	claims INTEGER NOT NULL, 
	voice BIGINT, 
	run BIGINT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (uid)
);
INSERT INTO "article" VALUES(1,'post','11a5497ebbd70eb27bde2ee84647390f','test','','one','The Harbour Post','2022-01-18','en',NULL,NULL,NULL,'[]',NULL,2,NULL,1);
INSERT INTO "article" VALUES(2,'times','79cc5a03d3adbe62123e90a2ad7e28ba','test','','two','Norland Times',NULL,'en',NULL,NULL,NULL,'[]',NULL,2,NULL,1);
CREATE TABLE claim (
	id INTEGER NOT NULL, 
	uid VARCHAR NOT NULL, 
	article INTEGER NOT NULL, 
	question BIGINT NOT NULL, 
	value_class BIGINT NOT NULL, 
	origin VARCHAR NOT NULL, 
	sentence VARCHAR NOT NULL, 
	sentence_start INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	value_text VARCHAR NOT NULL, 
	low VARCHAR, 
	high VARCHAR, 
	qualifier VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	change VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	entity VARCHAR NOT NULL, 
	year INTEGER, 
	period VARCHAR, 
	source VARCHAR, 
	status VARCHAR NOT NULL, 
	relation_type VARCHAR, 
	relation_target VARCHAR, 
	confidence FLOAT NOT NULL, 
	evidence VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (uid), 
	FOREIGN KEY(article) REFERENCES article (id)
);
INSERT INTO "claim" VALUES(1,'post-0',1,7,1078113968222783248,'harbour post','A total of 196 people were killed in Norland.',0,11,14,'196','196','196','exact','count','person','level','people killed','["Norland"]',2021,'2021',NULL,'asserted',NULL,NULL,0.5,'[["unit","test.rule",11,13]]');
INSERT INTO "claim" VALUES(2,'post-1',1,8,8863666606834761230,'harbour post','The year before 67 people were killed.',100,111,113,'67','67','67','exact','count','person','level','people killed','["Norland"]',2020,'2020',NULL,'asserted',NULL,NULL,0.5,'[["unit","test.rule",111,113]]');
INSERT INTO "claim" VALUES(3,'times-0',2,9,9056152360429923941,'norland tim','About 800 people were killed.',0,11,14,'800','800','800','approximately','count','person','level','people killed','["Norland"]',2021,'2021',NULL,'asserted',NULL,NULL,0.5,'[["unit","test.rule",11,13]]');
INSERT INTO "claim" VALUES(4,'times-1',2,8,8863666606834761230,'norland tim','In 2020, 67 people were killed.',100,111,113,'67','67','67','exact','count','person','level','people killed','["Norland"]',2020,'2020',NULL,'asserted',NULL,NULL,0.5,'[["unit","test.rule",111,113]]');
CREATE TABLE copy (
	a BIGINT NOT NULL, 
	b BIGINT NOT NULL, 
	PRIMARY KEY (a, b)
)
 WITHOUT ROWID

;
CREATE TABLE failure (
	article VARCHAR NOT NULL, 
	stage VARCHAR NOT NULL, 
	problem VARCHAR NOT NULL, 
	digest VARCHAR, 
	fingerprint VARCHAR NOT NULL, 
	path VARCHAR, 
	run BIGINT NOT NULL, 
	PRIMARY KEY (article)
);
CREATE TABLE file (
	id INTEGER NOT NULL, 
	path VARCHAR NOT NULL, 
	state BIGINT NOT NULL, 
	articles INTEGER NOT NULL, 
	failures INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (path)
);
CREATE TABLE fingerprint (
	hash BIGINT NOT NULL, 
	article BIGINT NOT NULL, 
	PRIMARY KEY (hash, article)
)
 WITHOUT ROWID

;
CREATE TABLE judgement (
	id INTEGER NOT NULL, 
	uid VARCHAR NOT NULL, 
	ruling VARCHAR NOT NULL, 
	author VARCHAR NOT NULL, 
	made VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	a_article VARCHAR NOT NULL, 
	a_start INTEGER NOT NULL, 
	a_end INTEGER NOT NULL, 
	a_sentence VARCHAR NOT NULL, 
	a_value_text VARCHAR NOT NULL, 
	b_article VARCHAR, 
	b_start INTEGER, 
	b_end INTEGER, 
	b_sentence VARCHAR, 
	b_value_text VARCHAR, 
	PRIMARY KEY (id), 
	UNIQUE (uid)
);
CREATE TABLE meta (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "meta" VALUES('schema','3');
INSERT INTO "meta" VALUES('graph','d9564dcd2d97b72b');
CREATE TABLE observation (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	entity VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	change VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	year INTEGER, 
	period VARCHAR, 
	claims INTEGER NOT NULL, 
	articles INTEGER NOT NULL, 
	outlets INTEGER NOT NULL, 
	origins INTEGER NOT NULL, 
	classes INTEGER NOT NULL, 
	agreeing INTEGER NOT NULL, 
	updating INTEGER NOT NULL, 
	contradicting INTEGER NOT NULL, 
	gap FLOAT NOT NULL, 
	support INTEGER NOT NULL, 
	score FLOAT NOT NULL, 
	worst VARCHAR, 
	published VARCHAR, 
	outlet_names VARCHAR NOT NULL, 
	run BIGINT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE ("key")
);
INSERT INTO "observation" VALUES(4,'7ac3945e8fb2d016','people killed','["Norland"]','count','person','level','asserted',2021,'2021',2,2,2,2,2,0,0,1,0.755,1,3.43173,'{"sides": [{"claim": "post-0", "claims": 1, "carriers": 1, "origins": 1, "outlets": ["The Harbour Post"], "side_carriers": 1, "side_origins": 1}, {"claim": "times-0", "claims": 1, "carriers": 1, "origins": 1, "outlets": ["Norland Times"], "side_carriers": 1, "side_origins": 1}], "confidence": 0.931, "reason": "“about 800” covers 750–850; 196 lies outside; both speak of 2021"}','2022-01-18','["Norland Times", "The Harbour Post"]',0);
INSERT INTO "observation" VALUES(5,'fde3e3b5fa253b86','people killed','["Norland"]','count','person','level','asserted',2020,'2020',2,2,2,2,1,1,0,0,0.0,0,0.0,NULL,'2022-01-18','["Norland Times", "The Harbour Post"]',0);
CREATE TABLE question (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	facets VARCHAR NOT NULL, 
	observation BIGINT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE ("key")
);
INSERT INTO "question" VALUES(7,'a25ed4c756fecad7','{"key": "a25ed4c756fecad7", "measure": "death", "concepts": ["death"], "terms": ["person"], "noun": "person", "context": [], "modifiers": [], "entities": ["norland"], "period_start": "2021-01-01", "period_end": "2021-12-31", "grain": "year", "year": 2021, "kind": "count", "unit": "", "dimension": "count", "change": "level", "base": "", "status": "outcome", "voice": "", "vintage": "", "tenor": "", "undated": false, "moves": "", "low": "195.5", "high": "196.5", "stated": "196", "aside": false, "digits": 3, "blocks": ["count|death|norland|2021", "count|~4|norland|2021", "count|~5|norland|2021", "count|=196|2021|death", "count|=196|2021|norland", "count|=196|2021"]}',4);
INSERT INTO "question" VALUES(8,'fde3e3b5fa253b86','{"key": "fde3e3b5fa253b86", "measure": "death", "concepts": ["death"], "terms": ["person"], "noun": "person", "context": [], "modifiers": [], "entities": ["norland"], "period_start": "2020-01-01", "period_end": "2020-12-31", "grain": "year", "year": 2020, "kind": "count", "unit": "", "dimension": "count", "change": "level", "base": "", "status": "outcome", "voice": "", "vintage": "", "tenor": "", "undated": false, "moves": "", "low": "67", "high": "67", "stated": "67", "aside": false, "digits": 2, "blocks": ["count|death|norland|2020", "count|~3|norland|2020", "count|~4|norland|2020", "count|=67|2020|death", "count|=67|2020|norland"]}',5);
INSERT INTO "question" VALUES(9,'7ac3945e8fb2d016','{"key": "7ac3945e8fb2d016", "measure": "death", "concepts": ["death"], "terms": ["person"], "noun": "person", "context": [], "modifiers": [], "entities": ["norland"], "period_start": "2021-01-01", "period_end": "2021-12-31", "grain": "year", "year": 2021, "kind": "count", "unit": "", "dimension": "count", "change": "level", "base": "", "status": "outcome", "voice": "", "vintage": "", "tenor": "", "undated": false, "moves": "", "low": "750", "high": "850", "stated": "800", "aside": false, "digits": 2, "blocks": ["count|death|norland|2021", "count|~5|norland|2021", "count|~6|norland|2021", "count|=800|2021|death", "count|=800|2021|norland"]}',4);
CREATE TABLE question_block (
	block BIGINT NOT NULL, 
	question BIGINT NOT NULL, 
	PRIMARY KEY (block, question)
)
 WITHOUT ROWID

;
INSERT INTO "question_block" VALUES(1461934333470589810,7);
INSERT INTO "question_block" VALUES(3416267838314076524,7);
INSERT INTO "question_block" VALUES(4254280767821870447,7);
INSERT INTO "question_block" VALUES(6360809650145745103,7);
INSERT INTO "question_block" VALUES(8919167506757577674,7);
INSERT INTO "question_block" VALUES(9215850340469779643,7);
INSERT INTO "question_block" VALUES(4046645082071339156,8);
INSERT INTO "question_block" VALUES(6168536470654816523,8);
INSERT INTO "question_block" VALUES(7041775957993341758,8);
INSERT INTO "question_block" VALUES(8793075139513661704,8);
INSERT INTO "question_block" VALUES(8904061698184469817,8);
INSERT INTO "question_block" VALUES(910581153157299517,9);
INSERT INTO "question_block" VALUES(3416267838314076524,9);
INSERT INTO "question_block" VALUES(6757760828717944590,9);
INSERT INTO "question_block" VALUES(8892762844553624640,9);
INSERT INTO "question_block" VALUES(8919167506757577674,9);
CREATE TABLE question_edge (
	a BIGINT NOT NULL, 
	b BIGINT NOT NULL, 
	confidence FLOAT NOT NULL, 
	PRIMARY KEY (a, b)
)
 WITHOUT ROWID

;
INSERT INTO "question_edge" VALUES(7,9,0.5711);
INSERT INTO "question_edge" VALUES(9,7,0.5711);
CREATE TABLE question_sketch (
	question INTEGER NOT NULL, 
	sketch BLOB NOT NULL, 
	PRIMARY KEY (question)
);
INSERT INTO "question_sketch" VALUES(7,X'0000000000400000000000000000000000000000000000000000000000000000000000000040000000000000000000000000000000000000000000000000000000000000004000000000000004000000000000000000000000000000040000000000000000000000000000000070684000000000009068400000000000806840FF410B006B430B006244D98576D1DC3400000000C26DBC30377382BB00000000010103000001000000');
INSERT INTO "question_sketch" VALUES(8,X'00000000004000000000000000000000000000000000000000000000000000000000000000400000000000000000000000000000000000000000000000000000000000000040000000000000040000000000000000000000000000000400000000000000000000000000000000C050400000000000C050400000000000C0504091400B00FE410B006244D98576D1DC3400000000C26DBC30377382BB00000000010102000001000000');
INSERT INTO "question_sketch" VALUES(9,X'000000000040000000000000000000000000000000000000000000000000000000000000004000000000000000000000000000000000000000000000000000000000000000400000000000000400000000000000000000000000000004000000000000000000000000000000007087400000000000908A400000000000008940FF410B006B430B006244D98576D1DC3400000000C26DBC30377382BB00000000010102000001000000');
CREATE TABLE question_word (
	word VARCHAR NOT NULL, 
	year INTEGER NOT NULL, 
	question BIGINT NOT NULL, 
	PRIMARY KEY (word, year, question)
)
 WITHOUT ROWID

;
INSERT INTO "question_word" VALUES('death',2021,7);
INSERT INTO "question_word" VALUES('norland',2021,7);
INSERT INTO "question_word" VALUES('person',2021,7);
INSERT INTO "question_word" VALUES('death',2020,8);
INSERT INTO "question_word" VALUES('norland',2020,8);
INSERT INTO "question_word" VALUES('person',2020,8);
INSERT INTO "question_word" VALUES('death',2021,9);
INSERT INTO "question_word" VALUES('norland',2021,9);
INSERT INTO "question_word" VALUES('person',2021,9);
CREATE TABLE ruling (
	a BIGINT NOT NULL, 
	b BIGINT NOT NULL, 
	judgement VARCHAR NOT NULL, 
	must BOOLEAN NOT NULL, 
	PRIMARY KEY (a, b, judgement)
)
 WITHOUT ROWID

;
CREATE TABLE run (
	id INTEGER NOT NULL, 
	started VARCHAR, 
	fingerprint VARCHAR NOT NULL, 
	report VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "run" VALUES(1,'2022-01-20T06:00:00','test',NULL);
CREATE TABLE stale (
	observation BIGINT NOT NULL, 
	PRIMARY KEY (observation)
);
CREATE TABLE standing (
	observation BIGINT NOT NULL, 
	origin VARCHAR NOT NULL, 
	confirmed BOOLEAN NOT NULL, 
	PRIMARY KEY (observation, origin)
)
 WITHOUT ROWID

;
INSERT INTO "standing" VALUES(4,'harbour post',0);
INSERT INTO "standing" VALUES(5,'harbour post',1);
INSERT INTO "standing" VALUES(4,'norland tim',0);
INSERT INTO "standing" VALUES(5,'norland tim',1);
CREATE TABLE ungrouped (
	question BIGINT NOT NULL, 
	PRIMARY KEY (question)
);
CREATE INDEX article_outlet ON article (outlet, uid);
CREATE INDEX article_voice ON article (voice);
CREATE INDEX question_observation ON question (observation);
CREATE INDEX question_block_question ON question_block (question);
CREATE INDEX question_word_question ON question_word (question);
CREATE INDEX observation_run ON observation (run);
CREATE INDEX observation_subject ON observation (subject, year);
CREATE INDEX observation_score ON observation (score DESC);
CREATE INDEX fingerprint_article ON fingerprint (article);
CREATE INDEX claim_question ON claim (question, value_class);
CREATE INDEX claim_article ON claim (article);
CREATE INDEX judgement_b ON judgement (b_article);
CREATE INDEX judgement_a ON judgement (a_article);
CREATE INDEX ruling_judgement ON ruling (judgement);
CREATE INDEX standing_origin ON standing (origin, confirmed);
CREATE INDEX observation_rank ON observation (origins DESC, claims DESC, published DESC, "key");
CREATE INDEX observation_year ON observation (year);
CREATE INDEX observation_entity ON observation (entity);
COMMIT;
