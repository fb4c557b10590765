-- Only the latest version of a document, by the extractor that read it last: older readings stay in core.claim, like records taken back.
WITH blamed AS (
    SELECT claim_id, list(struct_pack(actor := actor, stance := stance, asserted_by := asserted_by) ORDER BY number) AS perpetrators
    FROM core.claim_perpetrator GROUP BY claim_id
), related AS (
    SELECT claim_id,
           min(other_claim_id) FILTER (relation IN ('subset_of', 'partition_of')) AS part_of,
           min(other_claim_id) FILTER (relation = 'restates') AS restates
    FROM core.claim_relation WHERE method = 'text' GROUP BY claim_id
)
SELECT d.publisher, d.published, d.url, d.document_id, d.document_name, c.claim_id, c.quote, c.quote_start, c.quote_end,
       c.value_text, c.value_start, c.value_end, c.low, c.best, c.high, c.qualifier, c.harm, c.victim_class, c.demographic,
       c.role, c.nationality, c.scope, c.period_start, c.period_end, r.part_of, r.restates, c.claimant, c.co_claimants,
       c.claimant_text, c.relays, coalesce(b.perpetrators, []) AS perpetrators, c.weapon, c.place_text, p.place, p.admin1,
       p.country, p.lat, p.lon, p.geo_precision, c.date_text, c.date_start, c.date_end, c.date_precision, c.date_basis,
       c.confidence, c.extractor, c.extractor_version, d.source, c.number, c.segment, c.flags, c.rules, v.decision AS review, t.harm AS whole_harm
FROM core.claim c
JOIN core.document d ON d.document_id = c.document_id AND d.current
    AND d.extractor = c.extractor AND d.extractor_version = c.extractor_version
ANTI JOIN (SELECT document_id FROM raw.record WHERE withdrawn_in IS NOT NULL) w ON w.document_id = c.document_id
LEFT JOIN blamed b ON b.claim_id = c.claim_id
LEFT JOIN related r ON r.claim_id = c.claim_id
LEFT JOIN core.claim t ON t.claim_id = r.part_of
LEFT JOIN core.claim_place p ON p.claim_id = c.claim_id
LEFT JOIN ops.review v ON v.subject = 'claim' AND v.subject_id = c.claim_id
