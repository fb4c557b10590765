-- What needs a person, the most consequential first; what was decided stays out unless the text under it has changed.
WITH decided AS (
    SELECT r.* FROM ops.review r ANTI JOIN mart.review_stale s ON s.review_id = r.review_id
), question AS (
    SELECT 1 AS rank, 'link' AS subject, l.subject_id || ' ' || l.incident_id AS subject_id,
           'Is this the event "' || i.title || '"?' AS question, l.verdict || ': ' || l.reason AS evidence, d.document_name,
           coalesce(c.quote, e.quote) AS quote, NULL::BIGINT AS times, d.text_sha256
    FROM core.link_candidate l JOIN core.incident i ON i.incident_id = l.incident_id
    LEFT JOIN core.claim c ON l.subject = 'claim' AND c.claim_id = l.subject_id
    LEFT JOIN core.official_entry e ON l.subject = 'entry' AND e.entry_id = l.subject_id
    LEFT JOIN core.document d ON d.document_id = coalesce(c.document_id, e.document_id)
    WHERE l.verdict = 'ambiguous' AND l.subject <> 'record'
    UNION ALL
    SELECT 2, 'contradiction', x.claim_id || ' ' || x.other_claim_id, 'Do these figures contradict each other?', x.reason, f.document_name,
           f.quote || ' <> ' || o.quote, NULL, NULL
    FROM mart.contradiction x JOIN mart.claim_flat f USING (claim_id) JOIN mart.claim_flat o ON o.claim_id = x.other_claim_id
    UNION ALL
    SELECT 3, 'claim', f.claim_id, 'Is this claim read rightly?',
           printf('confidence %.2f: ', f.confidence) || f.harm || ' ' || coalesce(f.value_text, '') || ' (' || f.claimant || ')',
           f.document_name, f.quote, NULL, d.text_sha256
    FROM mart.claim_flat f JOIN core.document d USING (document_id) WHERE f.confidence < 0.5
    UNION ALL
    SELECT 4, 'place', place_text, 'Which place is this?', coalesce(country, ''), NULL, quote, mentions, NULL FROM mart.unknown_place
    UNION ALL
    SELECT 5, 'actor', actor, 'Who is this?', string_agg(said_as, ', ' ORDER BY said_as), NULL, min(quote), sum(mentions)::BIGINT, NULL
    FROM mart.unknown_actor GROUP BY actor
    UNION ALL
    SELECT 0, 'load', held_id, 'Is this load to be published?', array_to_string(reasons, '; '), source || coalesce(' release ' || release, ''), NULL, records, NULL
    FROM raw.held_load
)
SELECT q.* EXCLUDE (rank) FROM question q ANTI JOIN decided r ON r.subject = q.subject AND r.subject_id = q.subject_id
ORDER BY q.rank, q.times DESC NULLS LAST, q.subject_id
