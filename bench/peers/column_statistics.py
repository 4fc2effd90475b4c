"""Count, sum, minimum and maximum of one column: column_statistics.py READER FILE COLUMN; prints JSON.

The clock runs from the file to the four numbers, imports are done.
"""

import json
import sys
import time


def dict_reader(path, column):
    import csv

    def read():
        count, total, low, high = 0, 0.0, float("inf"), float("-inf")
        with open(path, newline="") as file:
            for row in csv.DictReader(file, skipinitialspace=True):
                value = float(row[column])
                count += 1
                total += value
                low = min(low, value)
                high = max(high, value)
        return count, total, low, high

    return read


def pandas(path, column):
    from pandas import read_csv

    def read():
        values = read_csv(path, usecols=[column], skipinitialspace=True, engine="c")[column]
        return len(values), values.sum(), values.min(), values.max()

    return read


def polars(path, column):
    from polars import Float64, String, col, len as length, scan_csv

    def read():
        # A number behind a space is text to polars
        value = col(" " + column).str.strip_chars_start(" ").cast(Float64)
        found = scan_csv(path, schema_overrides={" " + column: String})
        return found.select(length(), value.sum().alias("sum"), value.min().alias("min"), value.max().alias("max")).collect().row(0)

    return read


def duckdb(path, column):
    from duckdb import connect

    connection = connect()

    def read():
        # Told the format, it need not guess from the file
        query = f"""SELECT count(v), sum(v), min(v), max(v) FROM (SELECT CAST("{column}" AS DOUBLE) v FROM read_csv(?, header=true, delim=', ', quote='', all_varchar=true))"""
        return connection.execute(query, [path]).fetchone()

    return read


if __name__ == "__main__":
    reader, path, column = sys.argv[1:]
    read = {"DictReader": dict_reader, "pandas": pandas, "polars": polars, "duckdb": duckdb}[reader](path, column)
    start = time.perf_counter()
    count, total, low, high = read()
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "count": int(count), "sum": float(total), "min": float(low), "max": float(high)}))
