-- The publisher of a figure is who claims it; the document's own publisher where the text speaks in its own voice.
SELECT CASE WHEN claimant = 'narrator' THEN coalesce(publisher, claimant) ELSE claimant END AS publisher,
       perpetrators[1].actor AS attributed_to, coalesce(place_text, country) AS geography, harm, victim_class, demographic,
       coalesce(period_end, date_end, published) AS as_of, period_start, period_end, low, best, high, qualifier, claim_id, scope
FROM mart.claim_flat
WHERE scope IN ('cumulative', 'period') AND restates IS NULL
