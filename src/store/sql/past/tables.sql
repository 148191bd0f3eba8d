-- What a past needs beside the tables it hides.
CREATE TABLE temp.past_quote (
    mention_id INTEGER PRIMARY KEY,
    deal_id    INTEGER NOT NULL
);
CREATE TABLE temp.mention (
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL,
    current    INTEGER NOT NULL,
    main       INTEGER NOT NULL,
    deal_id    INTEGER
);
