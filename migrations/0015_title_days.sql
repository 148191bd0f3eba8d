-- Many articles share a title (a daily briefing, a weather report): which of them is of the same
-- days is told by the index, before an article is read.
DROP INDEX article_by_title;
CREATE INDEX article_by_title ON article (title, source, published);
