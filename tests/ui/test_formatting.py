"""Numbers as a person reads them."""

from __future__ import annotations

import math

import pytest

from colorquant_gui.ui import formatting


@pytest.mark.parametrize(
    ("n_bytes", "text"),
    [
        (0, "0 B"),
        (823, "823 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (1234, "1.2 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (1_190_000, "1.2 MB"),
        (4_096_000_000, "4.1 GB"),
        (5_000_000_000_000_000, "5,000.0 TB"),
    ],
)
def test_file_sizes_are_si_and_never_a_thousand_of_a_unit(n_bytes, text):
    assert formatting.file_size(n_bytes) == text


@pytest.mark.parametrize(
    ("fraction", "decimals", "text"),
    [
        (0.29024, 0, "29 %"),
        (1.5, 0, "150 %"),
        (0.0, 0, "0 %"),
        (0.004, 0, "<1 %"),
        (0.009, 0, "1 %"),
        (0.12345, 1, "12.3 %"),
        (0.0001, 1, "<0.1 %"),
        (1.0, 1, "100.0 %"),
        (31.0, 0, "3,100 %"),
    ],
)
def test_a_small_share_is_not_called_nothing(fraction, decimals, text):
    assert formatting.percent(fraction, decimals) == text


@pytest.mark.parametrize(
    ("mse", "text"),
    [
        (0, "0"),
        (0.00164, "0.00164"),
        (0.5, "0.500"),
        (9.24, "9.24"),
        (9.996, "10.0"),
        (232, "232.0"),
        (1232, "1,232.0"),
    ],
)
def test_errors_have_the_precision_that_matters(mse, text):
    assert formatting.error(mse) == text


def test_the_rest():
    assert formatting.integer(16_777_216) == "16,777,216"
    assert formatting.dimensions(3840, 2560) == "3,840 × 2,560"
    assert formatting.decibels(29.236) == "29.2 dB"
    assert formatting.decibels(math.inf) == "∞ dB"
    assert formatting.speed(0.25) == "0.25×"
    assert formatting.speed(8.0) == "8×"
    assert formatting.hex_color(216, 175, 5) == "#D8AF05"
    assert formatting.rgb_color(216, 175, 145) == "rgb(216, 175, 145)"
