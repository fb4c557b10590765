-- For each mention the best incident, unless another comes too near to it. What people decided goes first.
WITH of_mention AS (
    SELECT event_id AS mention_id, claim_id AS subject_id FROM event
    UNION ALL SELECT mention_id, mention_id FROM asked WHERE kind <> 'event'
), reviewed AS (
    SELECT o.mention_id, r.incident_id, bool_or(r.same) AS same, min(r.words) AS words
    FROM link_review r JOIN of_mention o ON o.subject_id = r.subject_id GROUP BY ALL
), open AS (
    SELECT s.* FROM scored s ANTI JOIN reviewed r ON r.mention_id = s.mention_id AND r.incident_id = s.incident_id
    WHERE s.mention_id NOT IN (SELECT mention_id FROM reviewed WHERE same)
), ranked AS (
    SELECT o.*, row_number() OVER best AS place, lead(o.evidence) OVER best AS next
    FROM open o WINDOW best AS (PARTITION BY o.mention_id ORDER BY o.evidence DESC, o.incident_id)
), judged AS (
    SELECT r.*, max(CASE WHEN place = 1 THEN score END) OVER mine >= w.accept AS strong,
           max(CASE WHEN place = 1 THEN evidence - coalesce(next, -99) END) OVER mine >= w.lead AS clear,
           max(evidence) OVER mine - evidence < w.lead AS near
    FROM ranked r, weight w WINDOW mine AS (PARTITION BY r.mention_id)
)
SELECT mention_id, incident_id, kind, score, reason, CASE WHEN strong AND clear THEN 'linked' WHEN strong THEN 'ambiguous' ELSE 'weak' END AS verdict
FROM judged, weight w
WHERE CASE WHEN strong AND clear THEN place = 1 WHEN strong THEN near ELSE place <= 3 AND score >= w.listed END
UNION ALL
SELECT r.mention_id, r.incident_id, m.kind, 1.0, r.words, 'review' FROM reviewed r JOIN asked m USING (mention_id)
WHERE r.same AND r.incident_id IN (SELECT incident_id FROM record)
