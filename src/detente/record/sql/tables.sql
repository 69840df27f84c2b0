-- Tables of the record, schema version 1. Spans are half-open ranges of code points of documents.text.
-- No keys or indexes on the large tables: one writer keeps ids unique, and zone maps are enough for the look-ups.

CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

CREATE TABLE documents (
    seq BIGINT NOT NULL,                 -- order of first writing
    id VARCHAR NOT NULL,
    name VARCHAR,
    title VARCHAR,
    publisher VARCHAR,
    published DATE,
    language VARCHAR,
    url VARCHAR,
    origin VARCHAR,
    text VARCHAR NOT NULL,
    furniture STRUCT(span_start INTEGER, span_end INTEGER)[] NOT NULL,
    signature BLOB NOT NULL,
    run VARCHAR NOT NULL
);

CREATE TABLE copies (
    seq BIGINT NOT NULL,
    id VARCHAR NOT NULL,
    document VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    similarity DOUBLE NOT NULL,
    title VARCHAR,
    publisher VARCHAR,
    published DATE,
    url VARCHAR,
    origin VARCHAR,
    run VARCHAR NOT NULL
);

CREATE TABLE readings (                  -- the current reading of each document
    document VARCHAR NOT NULL,
    reader VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    run VARCHAR NOT NULL
);

CREATE TABLE sentences (
    document VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    sentence INTEGER NOT NULL,           -- index within the document
    paragraph INTEGER NOT NULL
);

CREATE TABLE actors (
    id VARCHAR PRIMARY KEY,
    code VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    sector VARCHAR NOT NULL,
    name VARCHAR,
    office VARCHAR
);

CREATE TABLE mentions (
    document VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    head_start INTEGER NOT NULL,
    head_end INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    codes VARCHAR[] NOT NULL,
    actors VARCHAR[] NOT NULL,
    antecedent VARCHAR,
    why VARCHAR
);

CREATE TABLE times (
    document VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    valid_first DATE,
    valid_last DATE,
    granularity VARCHAR,
    why VARCHAR
);

CREATE TABLE statements (
    document VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    source_start INTEGER NOT NULL,
    source_end INTEGER NOT NULL,
    cue_start INTEGER NOT NULL,
    cue_end INTEGER NOT NULL,
    content STRUCT(span_start INTEGER, span_end INTEGER)[] NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    speaker VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    stance VARCHAR NOT NULL,
    source_mention VARCHAR,
    parent VARCHAR,
    why VARCHAR,
    probability DOUBLE
);

CREATE TABLE events (
    document VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    type VARCHAR NOT NULL,
    mode VARCHAR,
    source VARCHAR[] NOT NULL,
    target VARCHAR[] NOT NULL,
    factuality VARCHAR NOT NULL,
    valid_first DATE,
    valid_last DATE,
    granularity VARCHAR,
    statement VARCHAR,
    source_mentions VARCHAR[] NOT NULL,
    target_mentions VARCHAR[] NOT NULL,
    frame VARCHAR,
    why VARCHAR,
    probability DOUBLE
);

CREATE TABLE relation_claims (
    document VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    evidence_start INTEGER NOT NULL,
    evidence_end INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    dyad VARCHAR[] NOT NULL,
    direction VARCHAR NOT NULL,
    factuality VARCHAR NOT NULL,
    valid_first DATE,
    valid_last DATE,
    granularity VARCHAR,
    statement VARCHAR,
    frame VARCHAR,
    why VARCHAR,
    probability DOUBLE
);

CREATE TABLE causal_claims (
    document VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    cause_start INTEGER NOT NULL,
    cause_end INTEGER NOT NULL,
    effect_start INTEGER NOT NULL,
    effect_end INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    signal_start INTEGER,
    signal_end INTEGER,
    statement VARCHAR,
    frame VARCHAR,
    why VARCHAR,
    probability DOUBLE
);

CREATE TABLE runs (
    seq BIGINT NOT NULL,
    id VARCHAR PRIMARY KEY,
    started TIMESTAMP NOT NULL,          -- UTC, as every TIMESTAMP here
    finished TIMESTAMP,
    verb VARCHAR NOT NULL,
    reader VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    settings VARCHAR NOT NULL,
    read BIGINT,                         -- NULL while the run is open or when it was cut off
    copies BIGINT,
    skipped BIGINT,
    interrupted BOOLEAN
);

CREATE TABLE refusals (
    run VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    what VARCHAR NOT NULL,
    allowed VARCHAR NOT NULL
);

CREATE TABLE corrections (               -- append-only
    seq BIGINT NOT NULL,
    table_name VARCHAR NOT NULL,
    target VARCHAR NOT NULL,             -- id of the row as it was when corrected
    document VARCHAR NOT NULL,
    span_start INTEGER,                  -- the words concerned, NULL for a document
    span_end INTEGER,
    identity VARCHAR,                    -- what else made the row what it was: type and parties, speaker …
    field VARCHAR NOT NULL,
    value VARCHAR,                       -- NULL: unknown
    who VARCHAR NOT NULL,
    made TIMESTAMP NOT NULL,
    note VARCHAR
);

CREATE TABLE correction_targets (        -- the row of the current reading that each correction applies to
    seq BIGINT NOT NULL,
    target VARCHAR NOT NULL
);

CREATE TABLE datasets (                  -- one row per loaded file
    hash VARCHAR PRIMARY KEY,            -- of the file's bytes
    dataset VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    licence VARCHAR NOT NULL,
    rows BIGINT NOT NULL,                -- written as new
    duplicates BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    loaded TIMESTAMP NOT NULL
);

CREATE TABLE coded_events (
    dataset VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    day DATE NOT NULL,
    known DATE,
    scheme VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    type VARCHAR,
    quad VARCHAR,
    goldstein FLOAT,
    place VARCHAR,
    source_name VARCHAR,
    target_name VARCHAR,
    line INTEGER
);

CREATE TABLE forecasts (
    id VARCHAR PRIMARY KEY,
    made TIMESTAMP NOT NULL,
    known DATE NOT NULL,                 -- nothing reported after this day was used
    horizon INTEGER NOT NULL,            -- days
    source VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    type VARCHAR,
    quad VARCHAR,
    probability DOUBLE NOT NULL,
    model VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    hypothetical BOOLEAN NOT NULL,
    payload VARCHAR                      -- JSON
);
