-- A new article. :now, and the columns by their names
INSERT INTO article (
    source, key, url, canonical_url, title, text, text_kind, lang, published, author,
    first_seen_at, updated_at, revision, content_hash, stub_title
) VALUES (
    :source, :key, :url, :canonical_url, :title, :text, :text_kind, :lang, :published, :author,
    :now, :now, 1, :content_hash, CASE :text_kind WHEN 'stub' THEN :title END
)
RETURNING id
