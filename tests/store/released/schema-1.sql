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
INSERT INTO "claim" VALUES(1,'post-0',1,2,1078113968222783248,'harbour post','A total of 196 people were killed in Norland.',0,11,14,'196','196','196','exact','count','person','level','people killed','["Norland"]',2021,'2021',NULL,'asserted',NULL,NULL,0.5,'[["unit","test.rule",11,13]]');
INSERT INTO "claim" VALUES(2,'post-1',1,1,8863666606834761230,'harbour post','The year before 67 people were killed.',100,111,113,'67','67','67','exact','count','person','level','people killed','["Norland"]',2020,'2020',NULL,'asserted',NULL,NULL,0.5,'[["unit","test.rule",111,113]]');
INSERT INTO "claim" VALUES(3,'times-0',2,3,9056152360429923941,'norland tim','About 800 people were killed.',0,11,14,'800','800','800','approximately','count','person','level','people killed','["Norland"]',2021,'2021',NULL,'asserted',NULL,NULL,0.5,'[["unit","test.rule",11,13]]');
INSERT INTO "claim" VALUES(4,'times-1',2,1,8863666606834761230,'norland tim','In 2020, 67 people were killed.',100,111,113,'67','67','67','exact','count','person','level','people killed','["Norland"]',2020,'2020',NULL,'asserted',NULL,NULL,0.5,'[["unit","test.rule",111,113]]');
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
CREATE TABLE meta (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "meta" VALUES('schema','1');
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
INSERT INTO "observation" VALUES(1,'0465e35640d08fc6','people killed','["Norland"]','count','person','level','asserted',2020,'2020',2,2,2,2,1,1,0,0,0.0,0,0.0,NULL,'2022-01-18','["Norland Times", "The Harbour Post"]',1);
INSERT INTO "observation" VALUES(3,'dd0992e6b3a10c9f','people killed','["Norland"]','count','person','level','asserted',2021,'2021',2,2,2,2,2,0,0,1,0.755,1,3.390926,'{"sides": [{"claim": "post-0", "claims": 1, "carriers": 1, "origins": 1, "outlets": ["The Harbour Post"], "side_carriers": 1, "side_origins": 1}, {"claim": "times-0", "claims": 1, "carriers": 1, "origins": 1, "outlets": ["Norland Times"], "side_carriers": 1, "side_origins": 1}], "confidence": 0.9, "reason": "“about 800” covers 750–850; 196 lies outside; both speak of 2021"}','2022-01-18','["Norland Times", "The Harbour Post"]',1);
CREATE TABLE question (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	facets VARCHAR NOT NULL, 
	observation BIGINT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE ("key")
);
INSERT INTO "question" VALUES(1,'0465e35640d08fc6','{"key": "0465e35640d08fc6", "measure": "death", "concepts": ["death"], "terms": ["person"], "noun": "person", "context": [], "modifiers": [], "entities": ["norland"], "period_start": "2020-01-01", "period_end": "2020-12-31", "grain": "year", "year": 2020, "kind": "count", "unit": "", "dimension": "count", "change": "level", "base": "", "status": "outcome", "voice": "", "vintage": "", "moves": "", "low": "67", "high": "67", "stated": "67", "aside": false, "digits": 2, "blocks": ["count|death|norland|2020", "count|~3|norland|2020", "count|~4|norland|2020", "count|=67|2020|death", "count|=67|2020|norland"]}',1);
INSERT INTO "question" VALUES(2,'f7fdc70b620b7e03','{"key": "f7fdc70b620b7e03", "measure": "death", "concepts": ["death"], "terms": ["person"], "noun": "person", "context": [], "modifiers": [], "entities": ["norland"], "period_start": "2021-01-01", "period_end": "2021-12-31", "grain": "year", "year": 2021, "kind": "count", "unit": "", "dimension": "count", "change": "level", "base": "", "status": "outcome", "voice": "", "vintage": "", "moves": "", "low": "195.5", "high": "196.5", "stated": "196", "aside": false, "digits": 3, "blocks": ["count|death|norland|2021", "count|~4|norland|2021", "count|~5|norland|2021", "count|=196|2021|death", "count|=196|2021|norland", "count|=196|2021"]}',3);
INSERT INTO "question" VALUES(3,'dd0992e6b3a10c9f','{"key": "dd0992e6b3a10c9f", "measure": "death", "concepts": ["death"], "terms": ["person"], "noun": "person", "context": [], "modifiers": [], "entities": ["norland"], "period_start": "2021-01-01", "period_end": "2021-12-31", "grain": "year", "year": 2021, "kind": "count", "unit": "", "dimension": "count", "change": "level", "base": "", "status": "outcome", "voice": "", "vintage": "", "moves": "", "low": "750", "high": "850", "stated": "800", "aside": false, "digits": 2, "blocks": ["count|death|norland|2021", "count|~5|norland|2021", "count|~6|norland|2021", "count|=800|2021|death", "count|=800|2021|norland"]}',3);
CREATE TABLE question_block (
	block BIGINT NOT NULL, 
	question BIGINT NOT NULL, 
	PRIMARY KEY (block, question)
)
 WITHOUT ROWID

;
INSERT INTO "question_block" VALUES(4046645082071339156,1);
INSERT INTO "question_block" VALUES(6168536470654816523,1);
INSERT INTO "question_block" VALUES(7041775957993341758,1);
INSERT INTO "question_block" VALUES(8793075139513661704,1);
INSERT INTO "question_block" VALUES(8904061698184469817,1);
INSERT INTO "question_block" VALUES(1461934333470589810,2);
INSERT INTO "question_block" VALUES(3416267838314076524,2);
INSERT INTO "question_block" VALUES(4254280767821870447,2);
INSERT INTO "question_block" VALUES(6360809650145745103,2);
INSERT INTO "question_block" VALUES(8919167506757577674,2);
INSERT INTO "question_block" VALUES(9215850340469779643,2);
INSERT INTO "question_block" VALUES(910581153157299517,3);
INSERT INTO "question_block" VALUES(3416267838314076524,3);
INSERT INTO "question_block" VALUES(6757760828717944590,3);
INSERT INTO "question_block" VALUES(8892762844553624640,3);
INSERT INTO "question_block" VALUES(8919167506757577674,3);
CREATE TABLE question_edge (
	a BIGINT NOT NULL, 
	b BIGINT NOT NULL, 
	PRIMARY KEY (a, b)
)
 WITHOUT ROWID

;
INSERT INTO "question_edge" VALUES(2,3);
INSERT INTO "question_edge" VALUES(3,2);
CREATE TABLE question_word (
	word VARCHAR NOT NULL, 
	year INTEGER NOT NULL, 
	question BIGINT NOT NULL, 
	PRIMARY KEY (word, year, question)
)
 WITHOUT ROWID

;
INSERT INTO "question_word" VALUES('death',2020,1);
INSERT INTO "question_word" VALUES('norland',2020,1);
INSERT INTO "question_word" VALUES('person',2020,1);
INSERT INTO "question_word" VALUES('death',2021,2);
INSERT INTO "question_word" VALUES('norland',2021,2);
INSERT INTO "question_word" VALUES('person',2021,2);
INSERT INTO "question_word" VALUES('death',2021,3);
INSERT INTO "question_word" VALUES('norland',2021,3);
INSERT INTO "question_word" VALUES('person',2021,3);
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
COMMIT;
