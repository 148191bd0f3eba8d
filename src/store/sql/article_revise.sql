-- New content of an article; what the new telling lacks is kept. :id, :now, and the columns
UPDATE article SET
    url = coalesce(:url, url),
    canonical_url = coalesce(:canonical_url, canonical_url),
    title = :title,
    text = :text,
    text_kind = :text_kind,
    lang = :lang,
    published = coalesce(published, :published),
    author = coalesce(:author, author),
    updated_at = :now,
    revision = revision + 1,
    content_hash = :content_hash,
    stub_title = CASE :text_kind WHEN 'stub' THEN :title ELSE stub_title END
WHERE id = :id
RETURNING revision
