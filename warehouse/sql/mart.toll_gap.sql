-- Each figure beside the latest one of every other publisher for the same people by that day.
SELECT a.as_of, a.attributed_to, a.geography, a.harm, a.victim_class, a.publisher, coalesce(a.low, a.best, a.high) AS figure,
       b.publisher AS other_publisher, coalesce(b.low, b.best, b.high) AS other_figure, b.as_of AS other_as_of,
       coalesce(b.low, b.best, b.high) - coalesce(a.low, a.best, a.high) AS gap, a.claim_id, b.claim_id AS other_claim_id
FROM mart.toll_series a JOIN mart.toll_series b
    ON b.publisher <> a.publisher AND b.harm = a.harm AND b.victim_class = a.victim_class AND b.demographic IS NOT DISTINCT FROM a.demographic
    AND b.role IS NOT DISTINCT FROM a.role
    AND b.geography = a.geography AND (b.attributed_to = a.attributed_to OR b.attributed_to IS NULL OR a.attributed_to IS NULL) AND b.as_of <= a.as_of
WHERE a.scope = 'cumulative' AND b.scope = 'cumulative' AND coalesce(a.low, a.best, a.high) IS NOT NULL AND coalesce(b.low, b.best, b.high) IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY a.claim_id, b.publisher ORDER BY b.as_of DESC, b.claim_id) = 1
