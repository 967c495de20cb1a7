"""Student's t with a number of degrees of freedom that need not be whole.

Source: trend method, section 3.7; the continued fraction is DLMF 8.17.22, https://dlmf.nist.gov/8.17.
"""

import math
from functools import lru_cache

_LOG_SQRT_PI = 0.5 * math.log(math.pi)


def cdf(x: float, nu: float) -> float:
    """The chance, 0 to 1, that a t variable with `nu` > 0 degrees of freedom is at most `x`.

    >>> round(cdf(1.0, 1.0), 6), round(cdf(-1.0, 1.0), 6), cdf(0.0, 3.2)
    (0.75, 0.25, 0.5)
    """
    return 1.0 - _upper_tail(x, nu) if x > 0 else _upper_tail(-x, nu)


@lru_cache(maxsize=65536)
def quantile(p: float, nu: float) -> float:
    """The `x` that a t variable with `nu` > 0 degrees of freedom stays below with chance `p`, ½ < p < 1.

    Newton's step on the logarithm of the tail against the logarithm of x: the tail is close to a power of x,
    so two or three steps from the normal quantile's expansion reach the last digits.

    >>> round(quantile(0.9, 1.5), 4)
    2.1964
    """
    wanted = math.log(1.0 - p)
    x = _first_guess(p, nu)
    for _ in range(50):
        tail = _upper_tail(x, nu)
        step = (math.log(tail) - wanted) * tail / (x * _density(x, nu))
        x *= math.exp(min(max(step, -2.0), 2.0))
        if abs(step) < 1e-6:  # the error left is of the order of its square
            break
    return x


def _first_guess(p: float, nu: float) -> float:
    """Three terms of the Cornish-Fisher expansion around the normal quantile."""
    z = _normal_quantile(p)
    square = z * z
    first = (square + 1) / 4
    second = ((5 * square + 16) * square + 3) / 96
    third = (((3 * square + 19) * square + 17) * square - 15) / 384
    return z * (1 + (first + (second + third / nu) / nu) / nu)


@lru_cache(maxsize=16)
def _normal_quantile(p: float) -> float:
    """By Newton's steps on the tail from the middle, where they cannot overshoot for p > ½."""
    z = 0.0
    for _ in range(60):
        tail, density = 0.5 * math.erfc(z / math.sqrt(2)), math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
        step = (tail - (1.0 - p)) / density
        z += step
        if abs(step) < 1e-12:
            break
    return z


def _density(x: float, nu: float) -> float:
    log_front = math.lgamma((nu + 1) / 2) - math.lgamma(nu / 2) - _LOG_SQRT_PI - 0.5 * math.log(nu)
    return math.exp(log_front - (nu + 1) / 2 * math.log1p(x * x / nu))


def _upper_tail(x: float, nu: float) -> float:
    """P(T > x) for x ≥ 0: half the regularised incomplete beta I(ν/(ν + x²); ν/2, ½)."""
    if x == 0:
        return 0.5
    a, square = nu / 2, x * x
    share, rest = nu / (nu + square), square / (nu + square)
    if share == 0:
        return 0.0
    log_power = math.lgamma(a + 0.5) - math.lgamma(a) - _LOG_SQRT_PI - a * math.log1p(square / nu)
    front = math.exp(log_power + 0.5 * math.log(rest)) if rest else 0.0
    if share > (a + 1) / (a + 2.5):  # the fraction is quick only on its own side; else take the mirror image
        return 0.5 - front * _fraction(rest, 0.5, a)
    return 0.5 * front * _fraction(share, a, 0.5) / a


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of I(x; a, b), by Lentz's forward recurrence of two ratios."""
    upper, lower = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1))
    value = lower
    for m in range(1, 400):
        twice = a + 2 * m
        even = m * (b - m) * x / ((twice - 1) * twice)
        lower, upper = 1.0 / (1.0 + even * lower), 1.0 + even / upper
        value *= lower * upper
        odd = -(a + m) * (a + b + m) * x / (twice * (twice + 1))
        lower, upper = 1.0 / (1.0 + odd * lower), 1.0 + odd / upper
        change = lower * upper
        value *= change
        if abs(change - 1.0) < 1e-13:
            break
    return value
