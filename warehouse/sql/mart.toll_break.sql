-- A running total cannot fall, and a series whose start or definition changes is another series: both are told, neither is mended.
WITH point AS (
    SELECT *, coalesce(low, best, high) AS figure FROM mart.toll_series
    WHERE scope = 'cumulative' AND as_of IS NOT NULL AND coalesce(low, best, high) IS NOT NULL
), beside AS (
    SELECT *, lag(figure) OVER series AS figure_before, lag(as_of) OVER series AS as_of_before, lag(claim_id) OVER series AS claim_before,
           lag(period_start) OVER series AS start_before, lag(victim_class) OVER series AS class_before
    FROM point
    WINDOW series AS (PARTITION BY publisher, attributed_to, geography, harm, demographic, role ORDER BY as_of, figure, claim_id)
)
SELECT publisher, attributed_to, geography, harm, demographic, as_of_before, as_of, figure_before, figure, claim_before AS other_claim_id, claim_id,
       CASE WHEN class_before <> victim_class THEN 'counts ' || victim_class || ' instead of ' || class_before
            WHEN start_before <> period_start THEN 'counts from ' || period_start || ' instead of ' || start_before
            ELSE 'falls by ' || (figure_before - figure) END AS break
FROM beside
WHERE claim_before IS NOT NULL AND as_of > as_of_before AND (figure < figure_before OR class_before <> victim_class OR start_before <> period_start)
