"""Record → series, shifts, gap, influence, triads, precedents."""
