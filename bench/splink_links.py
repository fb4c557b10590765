"""Links by Splink on DuckDB, for comparison (docs/decisions/0008): the same mentions and records, weights by Splink.

Splink learns without answers: the chance of agreeing by chance from random pairs, the rest by expectation maximisation
over pairs of one day and over pairs of one place. Its best incident is taken under the rule of this project: above
even odds, and clear of the next.
"""

from __future__ import annotations

import logging
import math
from pathlib import Path

import duckdb
import polars as pl

LEAD = math.log2(math.exp(1.6))
"""By how many bits the best match has to lead: the lead of ``link_weights.toml``."""
SHARED = ("head", "words", "bones", "date_start", "date_end", "lat", "lon", "weapon", "actors", "conceded", "finding")


def _frames(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Official entries and records of the warehouse *path*, as linking sees them."""
    from warehouse.connection import reading
    from warehouse.linking import recorded
    from warehouse.matching import matched
    from warehouse.merge import select
    from warehouse.placing import default_resolver, gazetteer
    from warehouse.reviewing import link_reviews, read_reviews

    with reading(path) as connection:
        connection.register("gazetteer", gazetteer(connection, default_resolver())[0].to_arrow())
        with matched(connection, recorded(connection), link_reviews(read_reviews(path.parent / "none"))):
            columns = ", ".join(SHARED)
            told = select(connection, f"SELECT mention_id AS unique_id, {columns} FROM mention WHERE kind = 'entry'")
            known = select(connection, f"SELECT incident_id AS unique_id, {columns} FROM record")
    key = pl.col("head").list.join(" ").alias("name")
    return tuple(frame.with_columns(key).sort("unique_id") for frame in (told, known))  # type: ignore[return-value]


def _comparisons() -> list[object]:
    import splink.comparison_level_library as levels
    import splink.comparison_library as library

    def ladder(column: str, *conditions: str) -> object:
        return library.CustomComparison(
            output_column_name=column,
            comparison_levels=[
                levels.NullLevel(column), *(levels.CustomLevel(one) for one in conditions), levels.ElseLevel(),
            ],
        )  # fmt: skip

    apart = "greatest(0, date_start_l - date_end_r, date_start_r - date_end_l)"
    return [
        ladder("date_start", "date_start_l = date_start_r", f"{apart} = 0", f"{apart} = 1", f"{apart} <= 3"),
        ladder("name", "name_l = name_r", "list_has_all(words_l, head_r) OR list_has_all(words_r, head_l)",
               "list_has_any(bones_l, bones_r)"),
        library.DistanceInKMAtThresholds("lat", "lon", [1, 5, 20, 60]),
        ladder("actors", "list_has_any(actors_l, actors_r)"),
        ladder("conceded", "conceded_l = conceded_r"),
        ladder("finding", "finding_l = finding_r"),
    ]  # fmt: skip


def links(path: Path) -> dict[str, str]:
    """Document name → incident_id for the entries that Splink links in the warehouse *path*."""
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    logging.getLogger("splink").setLevel(logging.ERROR)
    day, near = block_on("date_start"), block_on("floor(lat * 2)", "floor(lon * 2)")
    settings = SettingsCreator(
        link_type="link_only", comparisons=_comparisons(),  # type: ignore[arg-type]
        blocking_rules_to_generate_predictions=[day, "abs(l.date_start - r.date_start) <= 2 AND l.name = r.name"],
        retain_matching_columns=False,
    )  # fmt: skip
    api = DuckDBAPI(duckdb.connect())
    told, known = _frames(path)
    tables = [api.register(told.to_arrow(), dataset_display_name="told"),
              api.register(known.to_arrow(), dataset_display_name="known")]  # fmt: skip
    linker = Linker(tables, settings, log_level=logging.ERROR)
    # One true pair at most for an entry: the chance that two random ones are a pair.
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(day)
    linker.training.estimate_parameters_using_expectation_maximisation(near)
    scored = linker.inference.predict().as_duckdbpyrelation().pl()
    return _decided(path, scored)


def _decided(path: Path, scored: pl.DataFrame) -> dict[str, str]:
    from warehouse.connection import reading

    is_told = pl.col("source_dataset_l") == "told"
    pairs = scored.select(
        mention=pl.when(is_told).then("unique_id_l").otherwise("unique_id_r"),
        incident=pl.when(is_told).then("unique_id_r").otherwise("unique_id_l"), weight="match_weight",
    ).sort("mention", "weight", "incident", descending=[False, True, False])  # fmt: skip
    with reading(path) as connection:
        named = dict(connection.execute(
            "SELECT entry_id, document_name FROM core.official_entry JOIN core.document USING (document_id)"
        ).fetchall())  # fmt: skip
    found = {}
    for (mention,), group in pairs.group_by("mention", maintain_order=True):
        weights = group["weight"].to_list()
        if weights[0] > 0 and (len(weights) == 1 or weights[0] - weights[1] >= LEAD):
            found[named[mention]] = group["incident"][0]
    return found
