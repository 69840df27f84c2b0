-- One row per document with all its findings, corrected; $as_of is a DATE or NULL.
-- DuckDB's substring counts code points from 1, as spans do from 0.
CREATE OR REPLACE TEMP MACRO quote(t, a, b) AS substring(t, a + 1, b - a);
CREATE OR REPLACE TEMP MACRO date_text(first, granularity) AS
    CASE granularity WHEN 'day' THEN strftime(first, '%Y-%m-%d') WHEN 'month' THEN strftime(first, '%Y-%m') WHEN 'year' THEN strftime(first, '%Y') END;

CREATE OR REPLACE TEMP MACRO whole_documents(known_by) AS TABLE
WITH d AS (SELECT * FROM current_documents WHERE known_by IS NULL OR known <= known_by),
said AS (
    SELECT s.document, list({id: s.id, speaker: s.speaker, source: quote(d.text, source_start, source_end),
        cue: quote(d.text, cue_start, cue_end),
        content: list_transform(content, lambda p: {"start": p.span_start, "end": p.span_end, quote: quote(d.text, p.span_start, p.span_end)}),
        form: form, stance: stance, parent: parent,
        sentence: {"start": sentence_start, "end": sentence_end}, probability: probability,
        why: s.why, corrected: s.corrections} ORDER BY ordinal) AS items
    FROM current_statements s JOIN d ON d.id = s.document GROUP BY s.document),
done AS (
    SELECT e.document, list({id: e.id, type: e.type, mode: e.mode, quad: e.quad, source: e.source, target: e.target,
        factuality: e.factuality, date: date_text(valid_first, granularity), statement: e.statement,
        trigger: {"start": trigger_start, "end": trigger_end, quote: quote(d.text, trigger_start, trigger_end)},
        sentence: {"start": sentence_start, "end": sentence_end, quote: quote(d.text, sentence_start, sentence_end)},
        frame: e.frame, why: e.why, probability: e.probability, corrected: e.corrections} ORDER BY ordinal) AS items
    FROM current_events e JOIN d ON d.id = e.document GROUP BY e.document),
related AS (
    SELECT r.document, list({id: r.id, dyad: r.dyad, direction: r.direction, factuality: r.factuality,
        date: date_text(valid_first, granularity), statement: r.statement,
        evidence: {"start": evidence_start, "end": evidence_end, quote: quote(d.text, evidence_start, evidence_end)},
        frame: r.frame, why: r.why, probability: r.probability, corrected: r.corrections} ORDER BY ordinal) AS items
    FROM current_relation_claims r JOIN d ON d.id = r.document GROUP BY r.document),
caused AS (
    SELECT c.document, list({id: c.id, statement: c.statement,
        cause: {"start": cause_start, "end": cause_end, quote: quote(d.text, cause_start, cause_end)},
        effect: {"start": effect_start, "end": effect_end, quote: quote(d.text, effect_start, effect_end)},
        signal: CASE WHEN signal_start IS NOT NULL THEN {"start": signal_start, "end": signal_end, quote: quote(d.text, signal_start, signal_end)} END,
        frame: c.frame, why: c.why, probability: c.probability, corrected: c.corrections} ORDER BY ordinal) AS items
    FROM current_causal_claims c JOIN d ON d.id = c.document GROUP BY c.document),
named AS (
    SELECT m.document, list({id: m.id, "start": span_start, "end": span_end, quote: quote(d.text, span_start, span_end),
        kind: m.kind, codes: m.codes, antecedent: m.antecedent, why: m.why} ORDER BY ordinal) AS items
    FROM mentions m JOIN d ON d.id = m.document GROUP BY m.document),
timed AS (
    SELECT t.document, list({"start": span_start, "end": span_end, quote: quote(d.text, span_start, span_end),
        date: date_text(valid_first, granularity), why: t.why} ORDER BY ordinal) AS items
    FROM times t JOIN d ON d.id = t.document GROUP BY t.document),
carried AS (
    SELECT document, list({id: id, kind: kind, similarity: similarity, title: title, publisher: publisher,
        published: published, url: url, origin: origin} ORDER BY seq) AS items
    FROM copies WHERE known_by IS NULL OR published <= known_by GROUP BY document)
SELECT d.id, d.name, d.title, d.publisher, d.published, d.language, d.url, d.origin, d.text, d.furniture,
    d.corrections AS corrected, x.reader, x.version,
    coalesce(carried.items, []) AS copies, coalesce(named.items, []) AS mentions, coalesce(timed.items, []) AS times,
    coalesce(said.items, []) AS statements, coalesce(done.items, []) AS events,
    coalesce(related.items, []) AS relation_claims, coalesce(caused.items, []) AS causal_claims
FROM d
LEFT JOIN readings x ON x.document = d.id
LEFT JOIN carried ON carried.document = d.id
LEFT JOIN named ON named.document = d.id
LEFT JOIN timed ON timed.document = d.id
LEFT JOIN said ON said.document = d.id
LEFT JOIN done ON done.document = d.id
LEFT JOIN related ON related.document = d.id
LEFT JOIN caused ON caused.document = d.id
ORDER BY d.seq;
