"""Rules and channels as people write them."""

from __future__ import annotations

import tomllib

import pytest

from selon.alerts import read_alerting
from selon.errors import UsageError

CHANNELS = """
[[channel]]
name = "desk"
kind = "webhook"
url = "https://hooks.example/x"
[[channel]]
name = "mail"
kind = "email"
to = "desk@example.org"
from = "selon@example.org"
host = "mail.example.org"
[[channel]]
name = "feed"
kind = "atom"
file = "alerts.xml"
"""


def test_a_whole_plan() -> None:
    rules, channels = read_alerting(tomllib.loads(CHANNELS + """
[[alert]]
name = "uvira"
places = ["Uvira"]
types = ["airstrike", "Affrontement armé"]
statuses = ["happened"]
figure = "tués"
above = 10
disputed = true
origins = 2
channels = ["desk", "feed"]
[[alert]]
name = "eau"
terms = ["choléra", "cholera*"]
channels = ["mail"]
"""))  # fmt: skip
    first, second = rules
    assert first.types == ("airstrike", "clash") and first.figure == "killed" and first.above == 10 and not first.of_reports
    assert second.of_reports and [c.kind for c in channels] == ["webhook", "email", "atom"]
    assert channels[1].port == 587 and channels[1].to == ("desk@example.org",)


@pytest.mark.parametrize(("text", "code", "word"), [
    ('[[alert]]\nname="a"\nchannels=["desk"]\nplace="x"', "SEL-U092", "places"),
    ('[[alert]]\nname="a"\nchannels=["desk"]', "SEL-U093", "asks for nothing"),
    ('[[alert]]\nname="a"\nterms=["x"]', "SEL-U093", "no channel"),
    ('[[alert]]\nname="a"\nterms=["x"]\nchannels=["nobody"]', "SEL-U093", "nobody"),
    ('[[alert]]\nname="a"\ntypes=["earthquack"]\nchannels=["desk"]', "SEL-U092", "earthquack"),
    ('[[alert]]\nname="a"\nabove=3\nplaces=["x"]\nchannels=["desk"]', "SEL-U092", "figure"),
    ('[[alert]]\nname="a"\nabove=-3\nfigure="killed"\nchannels=["desk"]', "SEL-U092", "whole number"),
    ('[[alert]]\nname="a"\ndisputed="yes"\nchannels=["desk"]', "SEL-U092", "disputed"),
    ('[[alert]]\nterms=["x"]\nchannels=["desk"]', "SEL-U092", "name"),
    ('[[channel]]\nname="x"\nkind="pigeon"', "SEL-U092", "webhook"),
    ('[[channel]]\nname="x"\nkind="webhook"\nurl="ftp://a"', "SEL-U092", "address"),
    ('[[channel]]\nname="x"\nkind="atom"', "SEL-U092", "file"),
    ('[[channel]]\nname="x"\nkind="email"\nto=["a"]', "SEL-U092", "from"),
    ('[[channel]]\nname="x"\nkind="email"\nto=["a\\nBcc: b"]\nfrom="c"\nhost="d"', "SEL-U092", "from"),
    ('[[channel]]\nname="desk"\nkind="atom"\nfile="x"', "SEL-U092", "one name"),
    ('alert = 5', "SEL-U092", "list of tables"),
])  # fmt: skip
def test_what_is_wrong_is_said(text: str, code: str, word: str) -> None:
    with pytest.raises(UsageError) as e:
        read_alerting(tomllib.loads(text if text.startswith("alert") else CHANNELS + text))
    assert e.value.code == code and word in str(e.value)
