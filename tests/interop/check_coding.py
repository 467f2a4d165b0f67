"""Proves that figures of agreement and accuracy are those that other tools give: krippendorff, NLTK, and plain counting.

Usage: check_coding.py DICTUM FOLDER
"""

import csv
import io
import random
import subprocess
import sys
from pathlib import Path

import krippendorff
from nltk.metrics.agreement import AnnotationTask

from report import check, exit_code

FIELDS = ("date", "event_type", "theme_words", "main_theme")
CODERS = ("ada", "bob", "cem")


def dictum(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, encoding="utf-8-sig")
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows_of(path):
    return list(csv.DictReader(io.StringIO(Path(path).read_text("utf-8-sig"))))


def sheets(program, folder):
    """Three sheets like what rules found, with slips and gaps that a seed decides."""
    chance = random.Random(6)
    filled = list(csv.DictReader(io.StringIO(dictum(program, "coding", "sheet"))))
    for coder in CODERS:
        rows = [dict(row, by=coder) for row in filled]
        for row in rows:
            del row["extracted"]
            for field in FIELDS:
                draw = chance.random()
                if draw < 0.1:
                    row[field] = ""
                elif draw < 0.3:
                    row[field] = chance.choice(filled)[field].split(";")[0].split("|")[0] or "-"
                row[field] = row[field] or ("" if draw < 0.1 else "-")
        with open(folder / f"{coder}.csv", "w", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
    return [folder / f"{coder}.csv" for coder in CODERS]


def answers(matrix):
    """For each field and theme the decisions, a list for each coder; `None` is missing."""
    found = {}
    for row in matrix:
        rows = found.setdefault((row["field"], row["theme"]), [])
        rows.append([row[coder] or None for coder in CODERS])
    return {question: list(zip(*rows)) for question, rows in found.items()}


def near(found, expected):
    assert abs(float(found) - expected) <= 0.0005001, f"{found} is not {expected}"


def alpha(decisions):
    """As the package krippendorff has it; `None` where fewer than two values come up."""
    pairable = [unit for unit in zip(*decisions) if sum(value is not None for value in unit) > 1]
    values = sorted({value for unit in pairable for value in unit if value is not None})
    if len(values) < 2:
        return None
    number = {value: index for index, value in enumerate(values)}
    data = [[number.get(value, float("nan")) for value in coder] for coder in zip(*pairable)]
    return krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")


def kappa(decisions, a, b):
    """As NLTK has it; `None` where fewer than two values come up."""
    both = [(x, y) for x, y in zip(decisions[a], decisions[b]) if x is not None and y is not None]
    if len({value for pair in both for value in pair}) < 2:
        return None
    triples = [(coder, unit, pair[i]) for unit, pair in enumerate(both) for i, coder in enumerate("ab")]
    return AnnotationTask(data=triples).kappa_pairwise("a", "b")


def main(program, folder):
    folder = Path(folder) / "coding"
    folder.mkdir()
    out = folder / "agreement"
    with check("dictum coding agreement"):
        dictum(program, "coding", "agreement", *sheets(program, folder), "--out", out)
    decisions = answers(rows_of(out / "matrix.csv"))
    with check("alpha as krippendorff has it"):
        figures = [row for row in rows_of(out / "agreement.csv") if (row["field"], row["theme"]) in decisions]
        for row in figures:
            expected = alpha(decisions[row["field"], row["theme"]])
            near(row["alpha"], expected) if expected is not None else check_empty(row, "alpha")
        assert sum(bool(row["alpha"]) for row in figures) > 20, "most figures are defined"
        low = [row for row in figures if row["alpha"]]
        assert all(float(row["alpha_low"]) <= float(row["alpha"]) <= float(row["alpha_high"]) for row in low)
    with check("kappa as NLTK has it"):
        pairs = rows_of(out / "pairs.csv")
        for row in pairs:
            a, b = CODERS.index(row["coder"]), CODERS.index(row["other_coder"])
            expected = kappa(decisions[row["field"], row["theme"]], a, b)
            near(row["kappa"], expected) if expected is not None else check_empty(row, "kappa")
        assert len(pairs) == 3 * len(decisions)
    with check("accuracy by plain counting"):
        dictum(program, "coding", "accuracy", folder / "ada.csv", "--out", folder / "accuracy")
        rules = {row["id"]: themes(row["theme_words"]) for row in csv.DictReader(io.StringIO(dictum(program, "coding", "sheet")))}
        ada = {row["id"]: themes(row["theme_words"]) for row in rows_of(folder / "ada.csv") if row["theme_words"]}
        right = sum(len(ada[id] & rules[id]) for id in ada)
        row = next(row for row in rows_of(folder / "accuracy/accuracy.csv") if row["theme"].startswith("(all"))
        assert (int(row["reference"]), int(row["found"])) == (sum(map(len, ada.values())), sum(len(rules[id]) for id in ada))
        near(row["precision"], right / int(row["found"]))
        near(row["recall"], right / int(row["reference"]))
        near(row["f1"], 2 * right / (int(row["found"]) + int(row["reference"])))


def check_empty(row, column):
    assert row[column] == "", f"{row} ought to have no {column}"


def themes(cell):
    return {item.split("|")[0].strip() for item in cell.split(";")} - {"", "-"}


if __name__ == "__main__":
    main(*sys.argv[1:])
    sys.exit(exit_code())
