-- The log: what was polled, what was read, which deals it tells, and what is owed to whom.
--
-- Times are whole microseconds since 1970 in UTC, days are texts such as '2026-03-09', money is
-- whole currency units. Words of closed lists are those of the public interface and are checked,
-- so that a slip in the code cannot leave a row that nobody can read.
-- Articles, mentions and revisions are never deleted here: history quotes them.

CREATE TABLE source (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    url      TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('feed', 'page', 'sitemap', 'json', 'edgar')),
    class    TEXT NOT NULL CHECK (class IN ('filing', 'company', 'wire', 'media', 'aggregator')),
    lang     TEXT CHECK (lang IN ('en', 'zh')),
    country  TEXT,
    enabled  INTEGER NOT NULL CHECK (enabled IN (0, 1))
) STRICT, WITHOUT ROWID;

-- No reference to `source`: what a server told us is kept when a source leaves the configuration
-- and counts again when it comes back.
CREATE TABLE source_state (
    source         TEXT PRIMARY KEY,
    etag           BLOB,
    last_modified  BLOB,
    validators_url TEXT,
    next_poll_at   INTEGER,
    polled_at      INTEGER,
    succeeded_at   INTEGER,
    changed_at     INTEGER,
    failures       INTEGER NOT NULL,
    last_error     TEXT,
    stopped        TEXT,
    seeded         INTEGER NOT NULL CHECK (seeded IN (0, 1)),
    body_hash      TEXT,
    requests       INTEGER NOT NULL,
    not_modified   INTEGER NOT NULL,
    bytes          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE host_state (
    host       TEXT PRIMARY KEY,
    not_before INTEGER NOT NULL,
    reason     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE article (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    source        TEXT NOT NULL,
    key           TEXT NOT NULL,
    url           TEXT,
    canonical_url TEXT,
    title         TEXT NOT NULL,
    text_kind     TEXT NOT NULL CHECK (text_kind IN ('stub', 'full')),
    lang          TEXT NOT NULL CHECK (lang IN ('en', 'zh')),
    published     INTEGER,
    author        TEXT,
    first_seen_at INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    revision      INTEGER NOT NULL CHECK (revision >= 1),
    content_hash  TEXT NOT NULL,
    -- The title under which the feed last delivered a stub: a page's own title differs, and the
    -- next poll must not take that for a change.
    stub_title    TEXT,
    -- Last, because what stands behind a long text costs a walk through it.
    text          TEXT NOT NULL,
    UNIQUE (source, key)
) STRICT;
CREATE INDEX article_by_page ON article (canonical_url) WHERE canonical_url IS NOT NULL;
CREATE INDEX article_by_first_seen ON article (first_seen_at);

CREATE TABLE wanted (
    article_id INTEGER PRIMARY KEY REFERENCES article (id),
    url        TEXT NOT NULL,
    source     TEXT NOT NULL,
    due_at     INTEGER NOT NULL,
    attempts   INTEGER NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('due', 'done', 'failed')),
    last_error TEXT,
    -- What the page says is news; 0 for the pages of a source's first poll, which only seeds.
    live       INTEGER NOT NULL CHECK (live IN (0, 1))
) STRICT;
CREATE INDEX wanted_due ON wanted (due_at) WHERE state = 'due';

-- The present state of a deal: what filters ask for. The whole record is in `deal_record`, so that
-- a walk over all deals stays short. A deal without revision is being made in the same transaction.
CREATE TABLE deal (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    first_seen_at      INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL,
    revision           INTEGER NOT NULL DEFAULT 0,
    target             TEXT,
    target_key         TEXT,
    kind               TEXT CHECK (kind IN (
        'funding', 'investment_stake', 'debt', 'secondary', 'acquisition', 'merger', 'acquihire',
        'asset_purchase', 'divestiture', 'ipo')),
    status             TEXT CHECK (status IN (
        'seeking', 'rumoured', 'in_talks', 'announced', 'completed', 'terminated', 'denied',
        'expired')),
    ai                 INTEGER NOT NULL DEFAULT 0 CHECK (ai IN (0, 1)),
    main               INTEGER NOT NULL DEFAULT 0 CHECK (main IN (0, 1)),
    round              TEXT,
    round_rank         INTEGER,
    amount_min         INTEGER,
    amount_max         INTEGER,
    amount_currency    TEXT,
    amount_usd_min     INTEGER,
    amount_usd_max     INTEGER,
    amount_rate_year   INTEGER,
    valuation_min      INTEGER,
    valuation_max      INTEGER,
    valuation_currency TEXT,
    valuation_usd_min  INTEGER,
    valuation_usd_max  INTEGER,
    valuation_rate_year INTEGER,
    announced_from     TEXT,
    announced_to       TEXT,
    first_reported_at  INTEGER,
    confidence         REAL NOT NULL DEFAULT 0,
    sources            INTEGER NOT NULL DEFAULT 0,
    -- A tombstone forwards to the deal it became part of.
    merged_into        INTEGER REFERENCES deal (id) CHECK (merged_into <> id),
    -- No article tells it any more.
    removed            INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
    -- A person said that it is no deal.
    dismissed          INTEGER NOT NULL DEFAULT 0 CHECK (dismissed IN (0, 1)),
    -- Listed unless a filter asks for more.
    listed             INTEGER GENERATED ALWAYS AS (
        revision > 0 AND merged_into IS NULL AND removed = 0 AND dismissed = 0 AND main = 1
    ) VIRTUAL,
    -- One number each to order by; deals without a sum come last.
    amount_place       INTEGER GENERATED ALWAYS AS (
        coalesce(amount_usd_min, amount_usd_max, -1)
    ) VIRTUAL,
    valuation_place    INTEGER GENERATED ALWAYS AS (
        coalesce(valuation_usd_min, valuation_usd_max, -1)
    ) VIRTUAL
) STRICT;
CREATE INDEX deal_by_target ON deal (target_key);
CREATE INDEX deal_by_first_seen ON deal (first_seen_at, id);
CREATE INDEX deal_by_first_reported ON deal (first_reported_at, id);
CREATE INDEX deal_by_updated ON deal (updated_at, id);
CREATE INDEX deal_by_amount ON deal (amount_place, id);
CREATE INDEX deal_by_valuation ON deal (valuation_place, id);
CREATE INDEX deal_by_merge ON deal (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE deal_record (
    deal_id INTEGER PRIMARY KEY REFERENCES deal (id),
    facts   TEXT NOT NULL,
    -- Why the mentions are one deal, as the last decision put it: a JSON list of sentences.
    reasons TEXT
) STRICT;

-- One deal as one article states it. A mention that a later reading of the article no longer
-- makes stays, `current = 0`, because revisions of its time quote it.
CREATE TABLE mention (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id        INTEGER NOT NULL REFERENCES article (id),
    ordinal           INTEGER NOT NULL,
    current           INTEGER NOT NULL CHECK (current IN (0, 1)),
    article_revision  INTEGER NOT NULL,
    extractor_version TEXT NOT NULL,
    entity_version    TEXT NOT NULL,
    target_key        TEXT NOT NULL,
    kind_group        TEXT NOT NULL CHECK (kind_group IN ('funding', 'control', 'ipo')),
    kind              TEXT NOT NULL CHECK (kind IN (
        'funding', 'investment_stake', 'debt', 'secondary', 'acquisition', 'merger', 'acquihire',
        'asset_purchase', 'divestiture', 'ipo')),
    status            TEXT NOT NULL CHECK (status IN (
        'seeking', 'rumoured', 'in_talks', 'announced', 'completed', 'terminated', 'denied',
        'expired')),
    main              INTEGER NOT NULL CHECK (main IN (0, 1)),
    ai                INTEGER NOT NULL CHECK (ai IN (0, 1)),
    deal_id           INTEGER REFERENCES deal (id),
    facts             TEXT NOT NULL
) STRICT;
CREATE INDEX mention_by_block ON mention (target_key, kind_group) WHERE current = 1;
CREATE UNIQUE INDEX mention_by_article ON mention (article_id, ordinal) WHERE current = 1;
-- From the articles that contain a word to their deals, without a look at the rows.
CREATE INDEX mention_deal_of_article ON mention (article_id, deal_id)
WHERE current = 1 AND deal_id IS NOT NULL;
CREATE INDEX mention_by_deal ON mention (deal_id) WHERE deal_id IS NOT NULL;

-- The words and the rule behind each value of a mention; start and end count Unicode scalars.
CREATE TABLE evidence (
    mention_id INTEGER NOT NULL REFERENCES mention (id),
    ordinal    INTEGER NOT NULL,
    field      TEXT NOT NULL CHECK (field IN (
        'target', 'kind', 'status', 'acquirers', 'sellers', 'advisers', 'asset', 'round', 'amount',
        'target_amount', 'cumulative', 'valuation', 'investors', 'stake_pct', 'terms',
        'announced_on', 'closed_on', 'expected_close', 'ai', 'main')),
    start      INTEGER,
    "end"      INTEGER,
    text       TEXT,
    rule       TEXT NOT NULL,
    sentence   TEXT,
    PRIMARY KEY (mention_id, ordinal)
) STRICT, WITHOUT ROWID;

-- Entities that the shipped table lacks: met in the news, or added by a person.
CREATE TABLE entity (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    origin     TEXT NOT NULL CHECK (origin IN ('provisional', 'person')),
    ai         INTEGER CHECK (ai IN (0, 1)),
    names      TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE deal_party (
    deal_id   INTEGER NOT NULL REFERENCES deal (id),
    role      TEXT NOT NULL CHECK (role IN (
        'target', 'acquirer', 'investor', 'lead', 'seller', 'adviser')),
    name      TEXT NOT NULL,
    folded    TEXT NOT NULL,
    entity_id TEXT,
    PRIMARY KEY (deal_id, role, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX deal_party_by_name ON deal_party (folded);
CREATE INDEX deal_party_by_entity ON deal_party (entity_id) WHERE entity_id IS NOT NULL;

CREATE TABLE deal_source (
    deal_id INTEGER NOT NULL REFERENCES deal (id),
    source  TEXT NOT NULL,
    lang    TEXT NOT NULL CHECK (lang IN ('en', 'zh')),
    class   TEXT NOT NULL CHECK (class IN ('filing', 'company', 'wire', 'media', 'aggregator')),
    PRIMARY KEY (deal_id, source, lang)
) STRICT, WITHOUT ROWID;
CREATE INDEX deal_source_by_source ON deal_source (source);

-- Append-only. `seq` is the cursor of `events`: it grows in the order of commits, because there is
-- one writer.
CREATE TABLE revision (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    deal_id     INTEGER NOT NULL REFERENCES deal (id),
    number      INTEGER NOT NULL CHECK (number >= 1),
    at          INTEGER NOT NULL,
    event       TEXT NOT NULL CHECK (event IN (
        'revised', 'merged', 'removed', 'dismissed', 'restored')),
    cause       TEXT NOT NULL CHECK (cause IN ('article', 'person', 'replay', 'clock')),
    article_id  INTEGER REFERENCES article (id),
    merged_into INTEGER REFERENCES deal (id),
    changes     TEXT NOT NULL,
    facts       TEXT NOT NULL,
    UNIQUE (deal_id, number)
) STRICT;

-- Messages that are owed. `revision` is the one the message shows, or will show at least;
-- `payload` is the rendered message, kept from the first attempt on, so that every attempt says
-- the same under the same key.
CREATE TABLE outbox (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    receiver        TEXT NOT NULL,
    route           TEXT NOT NULL,
    deal_id         INTEGER REFERENCES deal (id),
    reason          TEXT NOT NULL CHECK (reason IN ('new', 'update', 'correction', 'note')),
    from_revision   INTEGER,
    revision        INTEGER,
    idempotency_key TEXT NOT NULL UNIQUE,
    due_at          INTEGER NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0,
    state           TEXT NOT NULL CHECK (state IN (
        'owed', 'sent', 'failed', 'cancelled', 'silent')),
    created_at      INTEGER NOT NULL,
    sent_at         INTEGER,
    payload         TEXT,
    CHECK ((deal_id IS NULL) = (reason = 'note'))
) STRICT;
-- One deal, one message: per receiver, for ever.
CREATE UNIQUE INDEX outbox_new_once ON outbox (receiver, deal_id) WHERE reason = 'new';
CREATE INDEX outbox_owed ON outbox (due_at) WHERE state = 'owed';
CREATE INDEX outbox_by_deal ON outbox (deal_id, receiver);

CREATE TABLE delivery (
    outbox_id  INTEGER NOT NULL REFERENCES outbox (id),
    attempt    INTEGER NOT NULL CHECK (attempt >= 1),
    at         INTEGER NOT NULL,
    latency_ms INTEGER NOT NULL,
    ok         INTEGER NOT NULL CHECK (ok IN (0, 1)),
    retry      INTEGER NOT NULL CHECK (retry IN (0, 1)),
    status     INTEGER,
    response   TEXT,
    error      TEXT,
    PRIMARY KEY (outbox_id, attempt)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_by_time ON delivery (at);

CREATE TABLE decision (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    at        INTEGER NOT NULL,
    who       TEXT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN (
        'merge', 'split', 'set', 'dismiss', 'silence', 'entity')),
    payload   TEXT NOT NULL,
    undone_at INTEGER
) STRICT;

CREATE TABLE counter (
    stage TEXT NOT NULL,
    day   TEXT NOT NULL,
    n     INTEGER NOT NULL,
    PRIMARY KEY (stage, day)
) STRICT, WITHOUT ROWID;

-- Both indexes hold no text of their own. Chinese is cut into single characters before it comes
-- here and asked for as phrases, so that words of two characters are found.
CREATE VIRTUAL TABLE article_index USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE deal_index USING fts5 (
    target, acquirer, investor, lead, seller, adviser,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
