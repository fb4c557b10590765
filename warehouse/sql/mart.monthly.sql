-- Low and high stay apart: their sum over incidents is a bound, and incidents without any figure are counted beside it.
SELECT date_trunc('month', date_start)::DATE AS month, country, admin1, count(*) AS incidents,
       count(*) FILTER (killed_low IS NULL AND killed_high IS NULL) AS without_figure,
       sum(killed_low)::BIGINT AS killed_low, sum(coalesce(killed_high, killed_low))::BIGINT AS killed_high,
       count(*) FILTER (date_precision NOT IN ('time', 'day')) AS uncertain_dates
FROM mart.incident_flat WHERE date_start IS NOT NULL
GROUP BY ALL
