import pytest

from selon.bench import intake
from selon.cli.demo import example_reports
from selon.errors import InputError
from selon.intake import read_page


def test_every_speed_is_measured_beside_the_bare_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "SECONDS", 0.01)
    monkeypatch.setattr(intake, "OTHERS", 2)
    s = intake.measure_intake([str(example_reports()[0])])
    assert min(s.gate, s.pages, s.pages_bare, s.reports, s.dump, s.dump_all, s.dump_bare, s.page_kb) > 0
    assert s.dump_bare > s.dump > s.dump_all


def test_the_pages_that_are_measured_are_read_as_articles() -> None:
    page = read_page(
        intake.page_with_frame(
            "A headline of the day\nA first paragraph that is long enough to be one, with a full stop at its end.\nA second one."
        )
    )
    assert page.kind == "article" and page.text.startswith("A headline of the day\n\nA first paragraph")


def test_nothing_to_measure_with(tmp_path: object) -> None:
    with pytest.raises(InputError, match="SEL-I096"):
        intake.measure_intake([str(tmp_path)])
