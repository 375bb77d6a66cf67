"""Types of the compiled engine; `colorquant_gui.core.engine` is its only user."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Cancel = Callable[[], bool] | None

class Conversion:
    def __init__(
        self,
        decode: NDArray[np.float64],
        inner: NDArray[np.float64],
        curve: int,
        outer: NDArray[np.float64],
        offset: NDArray[np.float64],
        scale: float,
    ) -> None: ...
    def apply(self, colors: NDArray[np.uint8]) -> NDArray[np.float64]: ...

class Lloyd:
    def step(self, cancelled: Cancel = None) -> bool: ...
    @property
    def number(self) -> int: ...
    @property
    def centroids(self) -> NDArray[np.float64]: ...
    @property
    def labels(self) -> NDArray[np.uint8]: ...
    @property
    def counts(self) -> NDArray[np.int64]: ...
    @property
    def inertia(self) -> float: ...

class Assigner:
    def assign(self, centroids: NDArray[np.float64], cancelled: Cancel = None) -> float: ...
    @property
    def labels(self) -> NDArray[np.uint8]: ...
    @property
    def counts(self) -> NDArray[np.int64]: ...
    @property
    def means(self) -> NDArray[np.float64]: ...
    @property
    def errors(self) -> NDArray[np.float64]: ...
    def costliest(self, count: int, cancelled: Cancel = None) -> NDArray[np.int32]: ...

class Search:
    def advance(self, assignments: int, cancelled: Cancel = None) -> bool: ...
    @property
    def centroids(self) -> NDArray[np.float64]: ...
    @property
    def inertia(self) -> float: ...

class Problem:
    @property
    def n(self) -> int: ...
    def coarse(self, cells: int, cancelled: Cancel = None) -> Problem: ...
    def seed_wu(self, k: int, side: int, cancelled: Cancel = None) -> NDArray[np.float64]: ...
    def seed_plus_plus(
        self, k: int, seed: int, cancelled: Cancel = None
    ) -> NDArray[np.float64]: ...
    def lloyd(
        self, init: NDArray[np.float64], tol: float, rel_tol: float, max_iter: int, relaxed: bool
    ) -> Lloyd: ...
    def assigner(self, k: int) -> Assigner: ...
    def search(
        self, start: NDArray[np.float64], seed: int, chains: int, promise: float
    ) -> Search: ...

def problem(
    colors: NDArray[np.uint8],
    counts: NDArray[np.int64],
    conversion: Conversion | None,
    threads: int,
    cancelled: Cancel = None,
) -> Problem: ...
def histogram(
    rgb: NDArray[np.uint8],
    mask: NDArray[np.bool_] | None,
    inverse: bool,
    cancelled: Cancel = None,
) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int32]]: ...

class ColorCounter:
    def __init__(self, threads: int) -> None: ...
    def add(
        self, rgb: NDArray[np.uint8], mask: NDArray[np.bool_] | None, cancelled: Cancel = None
    ) -> None: ...
    def finish(self, cancelled: Cancel = None) -> tuple[NDArray[np.uint8], NDArray[np.int64]]: ...
    def numbers(
        self,
        rgb: NDArray[np.uint8],
        mask: NDArray[np.bool_] | None,
        out: NDArray[np.int32],
        cancelled: Cancel = None,
    ) -> None: ...

def map_numbers(
    inverse: NDArray[np.int32],
    labels: NDArray[np.uint8],
    outside: int,
    threads: int,
    cancelled: Cancel = None,
) -> NDArray[np.uint8]: ...
def map_rgb(
    rgb: NDArray[np.uint8],
    mask: NDArray[np.bool_] | None,
    colors: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    outside: int,
    threads: int,
    cancelled: Cancel = None,
) -> NDArray[np.uint8]: ...
def palette_error(
    colors: NDArray[np.uint8],
    counts: NDArray[np.int64],
    labels: NDArray[np.uint8],
    palette: NDArray[np.uint8],
    cancelled: Cancel = None,
) -> int: ...
def set_patience(seconds: float) -> None: ...
def run_tasks(count: int, failing: int, threads: int, cancelled: Cancel = None) -> int: ...
def force_instruction_set(level: int) -> None: ...
def instruction_set() -> int: ...
