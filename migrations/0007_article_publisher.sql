-- Whose news an aggregator repeats. An outlet's own article and the copies of it are one article:
-- they have the title and the outlet's site in common, since a search engine's link is its own.
CREATE TABLE article_publisher (
    article_id INTEGER PRIMARY KEY REFERENCES article (id),
    name       TEXT NOT NULL,
    -- The outlet's host without `www.`, if the copy names it.
    site       TEXT
) STRICT;

-- The title first: copies are looked for among all sources, new ids within one.
DROP INDEX article_by_title;
CREATE INDEX article_by_title ON article (title, source);
