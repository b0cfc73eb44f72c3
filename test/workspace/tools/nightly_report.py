"""Prints yesterday's orders and revenue by country."""

import csv
import sys
from collections import defaultdict
from pathlib import Path


def revenue_by_country(orders: Path) -> dict[str, int]:
    """Sums the totals, in cents, of the orders in a CSV file."""
    revenue: dict[str, int] = defaultdict(int)
    with orders.open(newline="") as file:
        for row in csv.DictReader(file):
            revenue[row["country"]] += int(row["total"])
    return dict(revenue)


def main() -> None:
    for country, cents in sorted(revenue_by_country(Path(sys.argv[1])).items()):
        print(f"{country}  {cents / 100:>10.2f}")


if __name__ == "__main__":
    main()
