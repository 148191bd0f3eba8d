-- A compact copy of the whole database. :copy the new file's path
VACUUM INTO :copy
