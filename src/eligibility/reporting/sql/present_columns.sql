SELECT table_name, present, columns FROM paper.tables
