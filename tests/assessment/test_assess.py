"""What the record's claims weigh: voices count once, few voices give no probability, acts stand beside."""

from datetime import date

import pytest
from said_claims import Said  # type: ignore[import-not-found]

from detente.assessment import assess
from detente.assessment.speakers import VoiceKind
from detente.assessment.words import claimed, contact, weight
from detente.model.codes import Direction, Factuality

PAIR, DAY = ("JPN", "RUS"), date(2026, 2, 20)
BETTER, WORSE, STABLE = Direction.BETTER, Direction.WORSE, Direction.STABLE
FOUR = (
    Said(BETTER, speaker="Aiko Mori", outlet="Kisaragi Press"),
    Said(BETTER, Factuality.POSSIBLE, speaker="An expert", code="XXX"),
    Said(BETTER, Factuality.DENIED, speaker="Ivan Orlov", office="ambassador", code="RUS"),
    Said(STABLE, outlet="Harbour Wire"),
)


def _posterior(found):
    return tuple(each.posterior for each in found.hypotheses)


def test_posterior_by_hand(record_of):
    found = assess(record_of(*FOUR), PAIR, DAY)
    better = 0.30 * 0.16 * 0.04 * 0.06
    worse = 0.07 * 0.06 * 0.06 * 0.06
    stable = 0.12 * 0.09 * 0.08 * 0.15
    total = better + worse + stable
    assert found.enough
    assert _posterior(found) == pytest.approx((better / total, worse / total, stable / total))
    without_wire = (0.30 * 0.16 * 0.04, 0.07 * 0.06 * 0.06, 0.12 * 0.09 * 0.08)  # the voice that speaks most against it
    assert found.hypotheses[0].high == pytest.approx(without_wire[0] / sum(without_wire))
    root = [value**0.5 for value in (better, worse, stable)]
    assert [each.weak for each in found.hypotheses] == pytest.approx([value / sum(root) for value in root])


def test_a_voice_counts_once_by_its_newest_claim(record_of):
    before = assess(record_of(*FOUR), PAIR, DAY)
    older = Said(WORSE, speaker="Aiko Mori", outlet="Northern Post", day="2026-01-03")
    same = [Said(STABLE, outlet="Harbour Wire", day=f"2026-01-1{n}") for n in range(5)]
    after = assess(record_of(*FOUR, older, *same), PAIR, DAY)
    assert _posterior(after) == pytest.approx(_posterior(before))
    assert len(after.voices) == len(before.voices) == 4
    assert sorted(voice.repeats for voice in after.voices) == [0, 0, 1, 5]


def test_officials_of_one_state_are_one_voice(record_of):
    second = Said(WORSE, speaker="Olga Belova", office="spokeswoman", code="RUS", day="2026-02-10")
    found = assess(record_of(*FOUR, second), PAIR, DAY)
    (state,) = [voice for voice in found.voices if voice.kind is VoiceKind.STATE]
    assert state.name == "Olga Belova (Russia)"
    assert state.direction is WORSE
    assert state.repeats == 1


def test_unnamed_experts_are_one_voice_with_or_without_article(record_of):
    found = assess(record_of(*FOUR, Said(WORSE, speaker="The expert", code="XXX", day="2026-02-03")), PAIR, DAY)
    (unnamed,) = [voice for voice in found.voices if voice.kind is VoiceKind.UNNAMED]
    assert unnamed.direction is WORSE


def test_too_few_voices_abstain_but_are_shown(record_of):
    found = assess(record_of(*FOUR[:3]), PAIR, DAY)
    assert not found.enough
    assert "3 independent voices (needs 4)" in found.why
    assert _posterior(found) == (None, None, None)
    assert [voice.number for voice in found.voices] == [1, 2, 3]


def test_one_outlet_abstains(record_of):
    names = ("Aiko Mori", "Ken Sato", "Yuki Abe", "Rin Ito")
    found = assess(record_of(*(Said(BETTER, speaker=name) for name in names)), PAIR, DAY)
    assert not found.enough
    assert "1 outlet (needs 2)" in found.why


def test_what_is_old_or_about_the_past_is_left_out(record_of):
    old = Said(WORSE, outlet="Old Paper", day="2023-05-01")
    past = Said(WORSE, outlet="History Weekly", about="2022")
    found = assess(record_of(*FOUR, old, past), PAIR, DAY)
    assert len(found.voices) == 4
    assert found.earlier == 2


def test_what_was_not_yet_known_does_not_count(record_of):
    later = Said(WORSE, outlet="Late Paper", day="2026-02-21")
    assert len(assess(record_of(*FOUR, later), PAIR, DAY).voices) == 4
    assert len(assess(record_of(*FOUR, later), PAIR, date(2026, 2, 21)).voices) == 5


def test_every_voice_leads_to_its_words(record_of):
    store = record_of(*FOUR)
    for voice in assess(store, PAIR, DAY).voices:
        text = store.document(voice.document).text
        assert voice.words == voice.evidence.of(text)
        assert voice.quote == voice.sentence.of(text)


def test_the_order_of_the_pair_does_not_matter(record_of):
    store = record_of(*FOUR)
    assert _posterior(assess(store, PAIR[::-1], DAY)) == _posterior(assess(store, PAIR, DAY))


def test_acts_are_counted_beside_and_one_act_once(record_of):
    found = assess(record_of(*FOUR), PAIR, DAY)
    assert (found.contact.cooperative, found.contact.hostile) == (0, 1)  # four reports tell of one sanction
    assert len(found.contact.acts) == 1
    assert "0 cooperative, 1 hostile (1 hostile deeds)" in contact(found.contact)


def test_an_empty_record_says_that_it_has_nothing(record_of):
    found = assess(record_of(), PAIR, DAY)
    assert not found.enough
    assert found.voices == ()
    assert contact(found.contact).endswith("none told as facts and dated to the month.")


def test_words_of_a_voice(record_of):
    denial = next(v for v in assess(record_of(*FOUR), PAIR, DAY).voices if v.factuality is Factuality.DENIED)
    assert claimed(denial) == "getting better, denied"
    assert weight(denial) == "better 0.57 · worse 1 · unchanged 1.6"
