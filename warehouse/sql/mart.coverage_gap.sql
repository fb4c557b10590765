-- Months between a source's first and last incident in a province for which it has none, while another source has some.
WITH seen AS (
    SELECT DISTINCT x.source, i.country, i.admin1, date_trunc('month', i.date_start)::DATE AS month, i.incident_id
    FROM core.incident i JOIN mart.capture x USING (incident_id) WHERE i.date_start IS NOT NULL
), life AS (
    SELECT source, country, min(month) AS first, max(month) AS last FROM seen GROUP BY ALL
), busy AS (
    SELECT country, admin1, month, count(DISTINCT incident_id) AS incidents, list(DISTINCT source ORDER BY source) AS sources FROM seen GROUP BY ALL
)
SELECT l.source, b.country, b.admin1, b.month, b.incidents, b.sources
FROM busy b JOIN life l ON l.country IS NOT DISTINCT FROM b.country AND b.month BETWEEN l.first AND l.last
WHERE NOT list_contains(b.sources, l.source)
