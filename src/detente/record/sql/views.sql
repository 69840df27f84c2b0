-- Views over the tables: corrections applied, valid and known time side by side. quad_of() is made by views.py.
-- A NULL day in a macro means "no limit"; with a day, what has no known date is left out.

CREATE OR REPLACE MACRO date_first(t) AS
    CASE length(t) WHEN 10 THEN CAST(t AS DATE) WHEN 7 THEN CAST(t || '-01' AS DATE) WHEN 4 THEN CAST(t || '-01-01' AS DATE) END;
CREATE OR REPLACE MACRO date_last(t) AS
    CASE length(t) WHEN 10 THEN CAST(t AS DATE) WHEN 7 THEN last_day(CAST(t || '-01' AS DATE)) WHEN 4 THEN CAST(t || '-12-31' AS DATE) END;
CREATE OR REPLACE MACRO date_granularity(t) AS CASE length(t) WHEN 10 THEN 'day' WHEN 7 THEN 'month' WHEN 4 THEN 'year' END;
-- A corrected value is a struct, so that "corrected to unknown" (a struct of NULL) differs from "not corrected" (NULL).
CREATE OR REPLACE MACRO corrected(fix, original) AS CASE WHEN fix IS NULL THEN original ELSE fix.v END;

CREATE OR REPLACE VIEW live_corrections AS
    SELECT c.table_name, t.target, c.field, arg_max(struct_pack(v := c.value), c.seq) AS fix
    FROM corrections c JOIN correction_targets t ON t.seq = c.seq
    GROUP BY ALL;

CREATE OR REPLACE MACRO fixes(name) AS TABLE
    SELECT target, list_sort(list(field)) AS fields,
        any_value(fix) FILTER (field = 'type') AS type,
        any_value(fix) FILTER (field = 'mode') AS mode,
        any_value(fix) FILTER (field = 'source') AS source,
        any_value(fix) FILTER (field = 'target') AS goal,
        any_value(fix) FILTER (field = 'factuality') AS factuality,
        any_value(fix) FILTER (field = 'date') AS date,
        any_value(fix) FILTER (field = 'speaker') AS speaker,
        any_value(fix) FILTER (field = 'form') AS form,
        any_value(fix) FILTER (field = 'stance') AS stance,
        any_value(fix) FILTER (field = 'direction') AS direction,
        any_value(fix) FILTER (field = 'title') AS title,
        any_value(fix) FILTER (field = 'publisher') AS publisher,
        any_value(fix) FILTER (field = 'published') AS published,
        any_value(fix) FILTER (field = 'language') AS language,
        coalesce(any_value(fix) FILTER (field = 'rejected'), struct_pack(v := NULL::VARCHAR)).v = 'true' AS rejected
    FROM live_corrections WHERE table_name = name GROUP BY target;

CREATE OR REPLACE VIEW current_documents AS
    SELECT d.* REPLACE (
            corrected(fixed_row.title, d.title) AS title,
            corrected(fixed_row.publisher, d.publisher) AS publisher,
            CAST(corrected(fixed_row.published, CAST(d.published AS VARCHAR)) AS DATE) AS published,
            corrected(fixed_row.language, d.language) AS language),
        CAST(corrected(fixed_row.published, CAST(d.published AS VARCHAR)) AS DATE) AS known,
        coalesce(fixed_row.fields, []) AS corrections
    FROM documents d LEFT JOIN fixes('documents') fixed_row ON fixed_row.target = d.id
    WHERE fixed_row.rejected IS DISTINCT FROM true;

CREATE OR REPLACE VIEW current_statements AS
    SELECT s.* REPLACE (
            corrected(fixed_row.speaker, s.speaker) AS speaker,
            corrected(fixed_row.form, s.form) AS form,
            corrected(fixed_row.stance, s.stance) AS stance),
        d.known, d.publisher, d.title, coalesce(fixed_row.fields, []) AS corrections
    FROM statements s JOIN current_documents d ON d.id = s.document
    LEFT JOIN fixes('statements') fixed_row ON fixed_row.target = s.id
    WHERE fixed_row.rejected IS DISTINCT FROM true;

CREATE OR REPLACE VIEW current_events AS
    SELECT e.* REPLACE (
            corrected(fixed_row.type, e.type) AS type,
            corrected(fixed_row.mode, e.mode) AS mode,
            CASE WHEN fixed_row.source IS NULL THEN e.source ELSE string_split(fixed_row.source.v, ',') END AS source,
            CASE WHEN fixed_row.goal IS NULL THEN e.target ELSE string_split(fixed_row.goal.v, ',') END AS target,
            corrected(fixed_row.factuality, e.factuality) AS factuality,
            CASE WHEN fixed_row.date IS NULL THEN e.valid_first ELSE date_first(fixed_row.date.v) END AS valid_first,
            CASE WHEN fixed_row.date IS NULL THEN e.valid_last ELSE date_last(fixed_row.date.v) END AS valid_last,
            CASE WHEN fixed_row.date IS NULL THEN e.granularity ELSE date_granularity(fixed_row.date.v) END AS granularity),
        quad_of(corrected(fixed_row.type, e.type)) AS quad,
        d.known, d.publisher, d.title, coalesce(fixed_row.fields, []) AS corrections
    FROM events e JOIN current_documents d ON d.id = e.document
    LEFT JOIN fixes('events') fixed_row ON fixed_row.target = e.id
    WHERE fixed_row.rejected IS DISTINCT FROM true;

CREATE OR REPLACE VIEW current_relation_claims AS
    SELECT r.* REPLACE (
            corrected(fixed_row.direction, r.direction) AS direction,
            corrected(fixed_row.factuality, r.factuality) AS factuality,
            CASE WHEN fixed_row.date IS NULL THEN r.valid_first ELSE date_first(fixed_row.date.v) END AS valid_first,
            CASE WHEN fixed_row.date IS NULL THEN r.valid_last ELSE date_last(fixed_row.date.v) END AS valid_last,
            CASE WHEN fixed_row.date IS NULL THEN r.granularity ELSE date_granularity(fixed_row.date.v) END AS granularity),
        d.known, d.publisher, d.title, coalesce(fixed_row.fields, []) AS corrections
    FROM relation_claims r JOIN current_documents d ON d.id = r.document
    LEFT JOIN fixes('relation_claims') fixed_row ON fixed_row.target = r.id
    WHERE fixed_row.rejected IS DISTINCT FROM true;

CREATE OR REPLACE VIEW current_causal_claims AS
    SELECT c.*, d.known, d.publisher, d.title, coalesce(fixed_row.fields, []) AS corrections
    FROM causal_claims c JOIN current_documents d ON d.id = c.document
    LEFT JOIN fixes('causal_claims') fixed_row ON fixed_row.target = c.id
    WHERE fixed_row.rejected IS DISTINCT FROM true;

CREATE OR REPLACE VIEW current_sentences AS
    SELECT s.*, d.known, d.publisher, d.title FROM sentences s JOIN current_documents d ON d.id = s.document;

CREATE OR REPLACE VIEW current_mentions AS
    SELECT m.*, d.known, d.publisher, d.title FROM mentions m JOIN current_documents d ON d.id = m.document;

CREATE OR REPLACE VIEW current_times AS
    SELECT t.*, d.known, d.publisher, d.title FROM times t JOIN current_documents d ON d.id = t.document;

-- A coded row without a known date counts as known on the day on which it happened.
CREATE OR REPLACE VIEW current_coded_events AS
    SELECT 'coded-' || left(md5(concat(dataset, chr(31), source, chr(31), target, chr(31), code, chr(31), CAST(day AS VARCHAR),
            chr(31), coalesce(place, chr(0)))), 16) AS id,
        * REPLACE (coalesce(known, day) AS known)
    FROM coded_events;

-- What was done to whom, one row per directed dyad, out of reports and event data. weight sums to one over the
-- tellings of one act within one report (origin stands first, so that counting rows need not compute ids); a story that ran in several outlets is read, and so counted, once.
CREATE OR REPLACE MACRO acts_as_of(known_by) AS TABLE
    WITH carried AS (
        SELECT document, count(*) AS copies FROM copies
        WHERE known_by IS NULL OR published <= known_by GROUP BY document
    ), dyads AS (
        SELECT id, document, a AS source, b AS target, type, quad, factuality, valid_first, valid_last, granularity,
            known, publisher
        FROM (SELECT *, unnest(list_distinct(target)) AS b
              FROM (SELECT *, unnest(list_distinct(source)) AS a FROM current_events WHERE known_by IS NULL OR known <= known_by))
        WHERE a <> b
    )
    SELECT 'read' AS origin, d.id, d.document, d.source, d.target, d.type, d.quad, d.factuality,
        d.valid_first, d.valid_last, d.granularity, d.known, d.publisher,
        CAST(coalesce(c.copies, 0) AS INTEGER) AS copies,
        1.0::DOUBLE / count(*) OVER (PARTITION BY d.document, d.source, d.target, d.type, d.factuality, d.valid_first, d.valid_last) AS weight,
        NULL::FLOAT AS goldstein
    FROM dyads d LEFT JOIN carried c ON c.document = d.document
    UNION ALL
    SELECT dataset, id, NULL, source, target, type, quad, 'fact', day, day, 'day', known, NULL, NULL, 1.0::DOUBLE, goldstein
    FROM current_coded_events
    WHERE source <> target AND (known_by IS NULL OR known <= known_by);

CREATE OR REPLACE VIEW acts AS SELECT * FROM acts_as_of(NULL);
