"""The claim graph in a relational database, SQLite or PostgreSQL; no spaCy."""
