-- A configured source. The columns by their names
INSERT INTO source (id, name, url, kind, class, lang, country, enabled)
VALUES (:id, :name, :url, :kind, :class, :lang, :country, :enabled)
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name, url = excluded.url, kind = excluded.kind, class = excluded.class,
    lang = excluded.lang, country = excluded.country, enabled = excluded.enabled
