-- The day of the event, else of the publication, against the years of the actor.
WITH named AS (
    SELECT claim_id, document_name, claimant AS actor, 'claimant' AS said_as, date_start, published, quote FROM mart.claim_flat
    UNION ALL SELECT f.claim_id, f.document_name, p.actor, 'accused', f.date_start, f.published, f.quote
    FROM core.claim_perpetrator p JOIN mart.claim_flat f USING (claim_id)
)
SELECT n.claim_id, n.document_name, n.actor, n.said_as, n.date_start, a.active_from_year, a.active_until_year, n.quote
FROM named n JOIN ref.actor a ON a.actor = n.actor
WHERE CASE n.said_as WHEN 'accused' THEN year(coalesce(n.date_start, n.published)) < a.active_from_year OR year(n.date_start) > a.active_until_year
                     ELSE year(n.published) < a.active_from_year END
ORDER BY n.actor, n.document_name, n.claim_id
