"""What passes between rooms: frozen, slotted, typed records with no behaviour beyond their invariants."""
