-- How a source's last document was read: read in another way, it has to be asked for again whole.
ALTER TABLE source_state ADD COLUMN reader TEXT;

-- For a feed that gives its entries new ids: the same title at the same time is the same article.
CREATE INDEX article_by_title ON article (source, title);
