-- What a party concedes beside what others report, and how many days after the incident it said so.
WITH conceded AS (
    SELECT incident_id, actor, position, killed_conceded, stated_on, position_id FROM mart.position_flat
    WHERE incident_id IS NOT NULL AND position IN ('credible', 'non_credible', 'duplicate', 'reopened', 'accepted_responsibility', 'denied_strike', 'denied_harm')
    QUALIFY row_number() OVER (PARTITION BY incident_id, actor ORDER BY coalesce(stated_on, DATE '9999-01-01') DESC, killed_conceded DESC NULLS LAST, position_id) = 1
), reported AS (
    SELECT incident_id, min(low) AS reported_low, max(high) AS reported_high, list(DISTINCT claimant ORDER BY claimant) AS claimants
    FROM mart.incident_claimant WHERE harm = 'killed' AND NOT vague GROUP BY incident_id
), dated AS (
    -- A monitor's record tells the finding without its day; the party's own statement of the same finding has it.
    SELECT incident_id, actor, position, min(stated_on) AS stated_on FROM mart.position_flat WHERE incident_id IS NOT NULL GROUP BY ALL
)
SELECT i.incident_id, i.title, i.date_start, c.actor, c.position, c.killed_conceded, r.reported_low, r.reported_high, r.claimants,
       coalesce(c.stated_on, d.stated_on) AS stated_on, coalesce(c.stated_on, d.stated_on) - i.date_start AS lag_days
FROM conceded c JOIN core.incident i USING (incident_id) LEFT JOIN reported r USING (incident_id)
LEFT JOIN dated d ON d.incident_id = c.incident_id AND d.actor = c.actor AND d.position = c.position
