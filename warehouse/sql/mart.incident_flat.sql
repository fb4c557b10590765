-- The range runs over independent claimants, each with its latest figure; claimants who differ are never added, and "dozens" is no rival of a number.
WITH counted AS (
    SELECT * FROM mart.incident_claimant
    QUALIFY NOT vague OR bool_and(vague) OVER (PARTITION BY incident_id, harm)
), tolls AS (
    SELECT incident_id,
           min(low) FILTER (harm = 'killed') AS killed_low, max(high) FILTER (harm = 'killed') AS killed_high,
           min(civilians_low) FILTER (harm = 'killed') AS civilians_killed_low, max(civilians_high) FILTER (harm = 'killed') AS civilians_killed_high,
           min(low) FILTER (harm = 'injured') AS injured_low, max(high) FILTER (harm = 'injured') AS injured_high
    FROM counted GROUP BY incident_id
), speakers AS (
    SELECT ic.incident_id, list(DISTINCT c.claimant ORDER BY c.claimant) AS claimants
    FROM core.incident_claim ic JOIN core.claim c ON c.claim_id = ic.claim_id GROUP BY ic.incident_id
), sources AS (
    SELECT s.incident_id, count(DISTINCT s.document_id) AS documents, count(DISTINCT coalesce(v.voice_id, s.document_id)) AS voices
    FROM (SELECT incident_id, document_id FROM core.incident_document
          UNION ALL SELECT ic.incident_id, c.document_id FROM core.incident_claim ic JOIN core.claim c ON c.claim_id = ic.claim_id
          UNION ALL SELECT ie.incident_id, e.document_id FROM core.incident_entry ie JOIN core.official_entry e ON e.entry_id = ie.entry_id) s
    LEFT JOIN core.document_voice v ON v.document_id = s.document_id
    GROUP BY s.incident_id
), ids AS (
    SELECT incident_id, list(struct_pack(system := system, external_id := external_id) ORDER BY system, external_id) AS external_ids
    FROM core.incident_xref GROUP BY incident_id
), official AS (
    SELECT incident_id, first(position ORDER BY stated_on DESC NULLS LAST, position_id) AS latest_official_position,
           first(killed_conceded ORDER BY stated_on DESC NULLS LAST, position_id) FILTER (killed_conceded IS NOT NULL) AS conceded_killed
    FROM (SELECT p.incident_id, p.position, p.position_id, p.killed_conceded,
                 -- A monitor's record tells where a party's assessment stands now, and dates it seldom.
                 coalesce(p.stated_on, CASE WHEN p.position IN ('credible', 'non_credible', 'duplicate', 'reopened') THEN DATE '9999-01-01' END) AS stated_on
          FROM mart.position_flat p
          WHERE p.incident_id IS NOT NULL AND p.position NOT IN ('blames', 'perpetrator_unclear', 'no_acknowledgement'))
    GROUP BY incident_id
)
SELECT i.incident_id, i.title, i.date_start, i.date_end, i.date_precision, i.place, i.admin1, i.country, i.lat, i.lon, i.geo_precision,
       i.weapon, t.killed_low, t.killed_high, t.civilians_killed_low, t.civilians_killed_high, t.injured_low, t.injured_high,
       coalesce(v.claimants, []) AS claimants, coalesce(s.documents, 0) AS documents, coalesce(x.external_ids, []) AS external_ids,
       o.latest_official_position, o.conceded_killed, i.place_text, coalesce(s.voices, 0) AS voices
FROM core.incident i
LEFT JOIN tolls t ON t.incident_id = i.incident_id
LEFT JOIN speakers v ON v.incident_id = i.incident_id
LEFT JOIN sources s ON s.incident_id = i.incident_id
LEFT JOIN ids x ON x.incident_id = i.incident_id
LEFT JOIN official o ON o.incident_id = i.incident_id
