"""The generator is the published one: Philox4x32-10 of Random123, by its known answers."""

from __future__ import annotations

import pytest

from ecosim.chance import philox

# The file kat_vectors of Random123 (Salmon et al. 2011): counter, key, answer.
KNOWN_ANSWERS = [
    (
        (0x00000000, 0x00000000, 0x00000000, 0x00000000),
        (0x00000000, 0x00000000),
        (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8),
    ),
    (
        (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
        (0xFFFFFFFF, 0xFFFFFFFF),
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    (  # the digits of pi
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS, ids=["zeros", "ones", "pi"])
def test_known_answers(counter: tuple[int, ...], key: tuple[int, ...], answer: tuple[int, ...]) -> None:
    assert philox(*counter, *key) == answer


def test_every_bit_of_counter_and_key_changes_about_half_of_the_answer() -> None:
    """Avalanche: one flipped bit of the 192 flips each of the 128 bits of the answer half of the time."""
    start = (0x01234567, 0x89ABCDEF, 0x02468ACE, 0x13579BDF, 0x0F1E2D3C, 0x4B5A6978)
    base = philox(*start)
    for word in range(6):
        for bit in range(32):
            flipped = list(start)
            flipped[word] ^= 1 << bit
            changed = sum((a ^ b).bit_count() for a, b in zip(base, philox(*flipped), strict=True))
            assert 64 - 6 * 5.7 < changed < 64 + 6 * 5.7  # binomial of 128 halves: sd 5.7
