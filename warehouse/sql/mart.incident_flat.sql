-- One toll a document and claimant (disjoint figures added), then the range over them: claimants who differ are never added.
WITH told AS (
    SELECT ic.incident_id, f.* FROM core.incident_claim ic JOIN mart.claim_flat f ON f.claim_id = ic.claim_id
), voices AS (
    SELECT incident_id, document_id, claimant,
           sum(coalesce(low, best)) FILTER (harm = 'killed') AS killed_low,
           sum(coalesce(high, best, low)) FILTER (harm = 'killed') AS killed_high,
           sum(coalesce(low, best)) FILTER (harm = 'killed' AND victim_class = 'civilian') AS civilians_killed_low,
           sum(coalesce(high, best, low)) FILTER (harm = 'killed' AND victim_class = 'civilian') AS civilians_killed_high,
           sum(coalesce(low, best)) FILTER (harm = 'injured') AS injured_low,
           sum(coalesce(high, best, low)) FILTER (harm = 'injured') AS injured_high
    FROM told
    WHERE scope = 'incident' AND part_of IS NULL AND restates IS NULL AND NOT list_contains(flags, 'superseded') AND segment <> 'related'
    GROUP BY incident_id, document_id, claimant
), tolls AS (
    SELECT incident_id, min(killed_low)::BIGINT AS killed_low, max(killed_high)::BIGINT AS killed_high,
           min(civilians_killed_low)::BIGINT AS civilians_killed_low, max(civilians_killed_high)::BIGINT AS civilians_killed_high,
           min(injured_low)::BIGINT AS injured_low, max(injured_high)::BIGINT AS injured_high
    FROM voices GROUP BY incident_id
), speakers AS (
    SELECT incident_id, list(DISTINCT claimant ORDER BY claimant) AS claimants FROM told GROUP BY incident_id
), sources AS (
    SELECT incident_id, count(DISTINCT document_id) AS documents
    FROM (SELECT incident_id, document_id FROM core.incident UNION ALL SELECT incident_id, document_id FROM told) GROUP BY incident_id
), ids AS (
    SELECT incident_id, list(struct_pack(system := system, external_id := external_id) ORDER BY system, external_id) AS external_ids
    FROM core.incident_xref GROUP BY incident_id
), official AS (
    SELECT incident_id, first(position ORDER BY stated_on DESC NULLS LAST, position_id) AS latest_official_position,
           first(killed_conceded ORDER BY stated_on DESC NULLS LAST, position_id) FILTER (killed_conceded IS NOT NULL) AS conceded_killed
    FROM mart.position_flat
    WHERE incident_id IS NOT NULL AND position NOT IN ('blames', 'perpetrator_unclear', 'no_acknowledgement')
    GROUP BY incident_id
)
SELECT i.incident_id, i.title, i.date_start, i.date_end, i.date_precision, i.place, i.admin1, i.country, i.lat, i.lon, i.geo_precision,
       i.weapon, t.killed_low, t.killed_high, t.civilians_killed_low, t.civilians_killed_high, t.injured_low, t.injured_high,
       coalesce(v.claimants, []) AS claimants, coalesce(s.documents, 0) AS documents, coalesce(x.external_ids, []) AS external_ids,
       o.latest_official_position, o.conceded_killed, i.place_text
FROM core.incident i
LEFT JOIN tolls t ON t.incident_id = i.incident_id
LEFT JOIN speakers v ON v.incident_id = i.incident_id
LEFT JOIN sources s ON s.incident_id = i.incident_id
LEFT JOIN ids x ON x.incident_id = i.incident_id
LEFT JOIN official o ON o.incident_id = i.incident_id
