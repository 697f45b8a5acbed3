"""The sentences of the native API for what is wrong with a value: whole ones, in the caller's language."""

from collections.abc import Iterator

import msgspec
import pytest
from msgspec import inspect as shapes

from ventanilla.contracts.desk import CONTRACT, field_names
from ventanilla.contracts.desk.errors import problem
from ventanilla.core.errors import Fault, InvalidInput, Rule
from ventanilla.wirekit.values import plain
from ventanilla.wording import spanish

ALLOWED = ("high", "low")


@pytest.mark.parametrize(
    ("fault", "english_sentence", "spanish_sentence"),
    [
        (Fault("subject", Rule.MISSING), "“Subject” is required", "«Asunto» es obligatorio"),
        (
            Fault("change/priority", Rule.NOT_ALLOWED, allowed=ALLOWED),
            "“Priority” must be one of: high, low",
            "«Prioridad» debe ser uno de: high, low",
        ),
        (Fault("choices/3", Rule.EMPTY), "“Choices 4” must not be empty", "«Opciones 4» no puede estar vacío"),
        (Fault("fields/status", Rule.MISSING), "“status” is required", "«status» es obligatorio"),
        (
            Fault("a~1b", Rule.UNKNOWN_FIELD, allowed=("body", "kind")),
            "“a/b” is not known here; there are body, kind",
            "«a/b» no se conoce aquí; existen body, kind",
        ),
        (
            Fault("query", Rule.NOT_A_MOMENT, part="due<soon"),
            "“due<soon” is no moment; write 2026-10-31, 2h or 7d",
            "«due<soon» no es un momento; escribe 2026-10-31, 2h o 7d",
        ),
    ],
)
def test_a_sentence_says_which_value_is_wrong(fault: Fault, english_sentence: str, spanish_sentence: str) -> None:
    for language, sentence in (("en", english_sentence), ("es", spanish_sentence)):
        told = problem(InvalidInput(fault), language, "1")
        assert isinstance(told.errors, list)
        assert (told.detail, [one.detail for one in told.errors]) == (sentence, [sentence])


def fields_of(form: type[msgspec.Struct]) -> Iterator[str]:
    for field in shapes.type_info(form).fields:  # type: ignore[attr-defined]
        yield field.encode_name
        for inner in plain(field.type):
            if isinstance(inner, shapes.StructType):
                yield from fields_of(inner.cls)


def test_every_field_that_somebody_fills_in_has_a_name_in_both_languages() -> None:
    bodies = {name for route in CONTRACT.routes if route.body for name in fields_of(route.body)}
    assert bodies <= field_names._NAMES.keys()


def test_spanish_sentences_speak_to_a_reader_they_know() -> None:
    told = " ".join(sentence(Fault("x", rule, 1, "string", ALLOWED)) for rule, sentence in spanish._FAULTS.items())
    told += " ".join(sentence(InvalidInput()) for sentence in spanish._ERRORS.values())
    assert not {"usted", "suyo", "escriba", "vuelva", "envíe", "indique", "elija", "inténtelo"} & {
        *told.lower().replace(",", " ").replace(";", " ").split()
    }
