"""Proves that the tables are what their description says (CSV on the Web), with the package csvw, and that R's habits hold:
codes for missing values are read as missing, and every other cell as its type.

Usage: check_tables.py BUILD
"""

import json
import sys
from pathlib import Path

from csvw import TableGroup

from report import check, exit_code


def main(build):
    folder = Path(build) / "tables"
    described = json.loads((folder / "csv-metadata.json").read_text("utf-8"))["tables"]
    with check("every table is described"):
        names = {path.name for path in folder.glob("*.csv")}
        assert names and names == {table["url"] for table in described}, names ^ {table["url"] for table in described}
        codebook = (folder / "codebook.md").read_text("utf-8")
        assert all(f"## {name}\n" in codebook for name in names)
    group = TableGroup.from_file(folder / "csv-metadata.json")
    for table in group.tables:
        with check(f"{table.url} is as described"):
            rows = list(table.iterdicts(strict=True))
            assert all(len(row) == len(table.tableSchema.columns) for row in rows), "cells without a column"
    with check("codes for missing values are read as missing"):
        contacts = next(table for table in group.tables if str(table.url) == "contacts.csv")
        written = (folder / "contacts.csv").read_text("utf-8")
        rows = list(contacts.iterdicts(strict=True))
        assert ",-7," in written and ",-8," in written, "no code in the file"
        assert any(row["iso3"] is None for row in rows) and not any("-7" in map(str, row.values()) for row in rows)
        assert all(isinstance(row["quotes"], int) for row in rows)
        dated = [row["earliest"] for row in rows if row["earliest"] is not None]
        assert dated and all(day.year == 2020 for day in dated)
    return exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
