"""How text is made fit to keep, and how words are compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.text import ControlCharacter, fold, tidy
from ventanilla.core.words import Topic, topic_of

any_text = st.text(st.characters(exclude_categories=()), max_size=30)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("hola", "hola"),
        ("  hola \n", "hola"),
        ("\u00a0hola\u2003", "hola"),
        ("cafe\u0301", "café"),
        ("uno\r\ndos\rtres\n\rcuatro", "uno\ndos\ntres\n\ncuatro"),
        ("a\tb", "a\tb"),
        ("ñandú\tb\r\n", "ñandú\tb"),
        ("\u200fمرحبا\u200e", "\u200fمرحبا\u200e"),
        ("familia 👩‍👩‍👧 ok", "familia 👩‍👩‍👧 ok"),
        ("línea\u2028nueva", "línea\u2028nueva"),
        ("   ", ""),
        ("", ""),
    ],
)
def test_text_is_kept_in_nfc_trimmed_and_with_plain_line_ends(sent: str, kept: str) -> None:
    assert tidy(sent) == kept


FORBIDDEN = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r"]
LONE_SURROGATES = [chr(code) for code in (0xD800, 0xDBFF, 0xDC00, 0xDFFF)]


@pytest.mark.parametrize("character", [*FORBIDDEN, *LONE_SURROGATES])
def test_control_characters_and_lone_surrogates_are_refused_wherever_they_stand(character: str) -> None:
    for text in (f"a{character}b", f"ñ{character}b", character, f"{character}a", f"a{character}"):
        with pytest.raises(ControlCharacter):
            tidy(text)


@given(any_text)
def test_tidy_text_is_clean_and_stays_as_it_is(text: str) -> None:
    try:
        kept = tidy(text)
    except ControlCharacter:
        assert any(unicodedata.category(character) in ("Cc", "Cs") for character in text)
        return
    assert tidy(kept) == kept
    assert kept == kept.strip()
    assert unicodedata.is_normalized("NFC", kept)
    assert not {unicodedata.category(character) for character in kept if character not in "\t\n"} & {"Cc", "Cs"}


@pytest.mark.parametrize("mark", ["\u0301", "\u0f73"])
def test_marks_piled_up_without_end_are_refused_before_they_cost_anything(mark: str) -> None:
    with pytest.raises(ControlCharacter):
        tidy("a" + mark * 20_000)


def test_a_long_text_may_have_as_many_marks_as_a_script_needs() -> None:
    letter = "e" + "\u0301\u0323" * 15
    assert tidy(letter * 100) == unicodedata.normalize("NFC", letter * 100)
    assert tidy("ñandú " * 1_000) == ("ñandú " * 1_000).strip()


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("CRÍTICA", "critica"),
        ("critica", "critica"),
        ("Problema  Técnico", "problema_tecnico"),
        (" problema_tecnico_", "problema_tecnico"),
        ("Straße", "strasse"),
        ("ＡＢＣ", "abc"),
        ("ﬁn", "fin"),
        ("İstanbul", "istanbul"),
        ("ÑANDÚ", "nandu"),
        ("", ""),
    ],
)
def test_words_are_compared_without_case_accents_and_kind_of_blank(word: str, folded: str) -> None:
    assert fold(word) == folded


@given(any_text)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=0x7F), max_size=20))
def test_ascii_folds_the_same_beside_an_accent_as_alone(text: str) -> None:
    assert fold(f"{text} é") == fold(f"{text} e")


@pytest.mark.parametrize(
    ("category", "topic"),
    [
        ("account", Topic.ACCOUNT),
        ("Cuenta", Topic.ACCOUNT),
        ("billing", Topic.BILLING),
        ("payment", Topic.BILLING),
        ("PAGOS", Topic.BILLING),
        ("technical", Topic.TECHNICAL),
        ("Problema Técnico", Topic.TECHNICAL),
        ("abuse", Topic.ABUSE),
        ("abuso", Topic.ABUSE),
        ("suggestion", Topic.SUGGESTION),
        ("Sugerencia ", Topic.SUGGESTION),
        ("other", Topic.OTHER),
        ("otro", Topic.OTHER),
        ("Redes y WiFi", Topic.OTHER),
        ("", Topic.OTHER),
    ],
)
def test_a_category_text_is_about_the_topic_that_the_closed_lists_give_it(category: str, topic: Topic) -> None:
    assert topic_of(category) is topic
