"""States that the Correlates of War list numbers as one through a change of name: Yugoslavia and Serbia (345).

A series of Serbia runs on from that of Yugoslavia, as COW and Gleditsch & Ward count them. Successor states with a
number of their own (Croatia, Germany after 1990) begin anew.
"""

from functools import cache

from detente.world import states


@cache
def heirs() -> dict[str, str]:
    """Return ended states' codes with the code of the state that goes on under the same COW number."""
    living = {s.cow_number: s.code for s in states() if s.cow_number is not None and not s.is_historical}
    return {
        s.code: living[s.cow_number]
        for s in states()
        if s.is_historical and s.cow_number in living and s.code != living[s.cow_number]
    }


def heir(code: str) -> str:
    """Return the code under which a state's series runs on; other codes as they are."""
    return heirs().get(code, code)


def lineage(code: str) -> tuple[str, ...]:
    """Return all codes whose acts count for ``code``, itself first."""
    return (heir(code), *(old for old, new in heirs().items() if new == heir(code)))


def heir_sql(column: str) -> str:
    """Return SQL for ``heir`` of a column."""
    cases = " ".join(f"WHEN '{old}' THEN '{new}'" for old, new in heirs().items())
    return f"CASE {column} {cases} ELSE {column} END"
