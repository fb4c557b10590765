-- A place is known by a gazetteer or located by the record that names it; a village of which only the province is known is not.
SELECT c.place_text, min(c.country) AS country, count(*) AS mentions, count(DISTINCT c.document_id) AS documents, min_by(c.quote, c.claim_id) AS quote
FROM mart.claim_flat c LEFT JOIN core.claim_place p ON p.claim_id = c.claim_id
WHERE c.place_text IS NOT NULL AND (c.place IS NULL AND c.lat IS NULL OR p.place_method = 'within')
GROUP BY c.place_text ORDER BY mentions DESC, c.place_text
