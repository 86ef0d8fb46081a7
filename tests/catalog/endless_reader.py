"""Takes pages of ten products into a cache file until it is killed."""

from __future__ import annotations

import sys

from po_bridge.catalog import open_cache
from po_bridge.planning.snapshot import Collection
from po_bridge.testing.mirror_contract import product, taken_in

cache = open_cache(sys.argv[1])
mirror = cache.mirror
number = int(mirror.positions().get(Collection.PRODUCTS, "0"))
while True:
    taken_in(mirror, Collection.PRODUCTS, *(product(f"p-{number}-{one}") for one in range(10)))
    number += 1
    print(number, flush=True)  # noqa: T201  # the test waits for the first page
