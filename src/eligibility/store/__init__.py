"""Where tables and files stand: the in-process database, and folders and files that appear whole or not at all."""
