"""Plans as people write them, and mistakes in them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.errors import UsageError
from selon.intake.watch.plan import load_plan, plan_of

WHOLE = """
[watch]
contact = "https://desk.example/robot"
every = "10m"
rest = "2s"
seconds = "20s"
recheck = ["1d", "90s", "1.5h"]
[watch.timestamp]
url = "https://tsa.example/"
roots = "roots.pem"
[[source]]
name = "Radio des Monts"
url = "https://radio.example/rss"
outlet = "Radio des Monts"
lang = "fr"
expect = "20/day"
include = "*/monde/*"
exclude = ["*/sport/*"]
most = 50
gate = true
[[source]]
name = "secours"
url = "https://t.me/secours07/12"
every = "2m"
expect = "7/week"
"""


def test_a_whole_plan() -> None:
    plan = plan_of(tomllib.loads(WHOLE))
    radio, aid = plan.sources
    assert (plan.contact, plan.rest, plan.seconds, plan.recheck) == ("https://desk.example/robot", 2.0, 20.0, (90.0, 5400.0, 86_400.0))
    assert plan.timestamp is not None and plan.timestamp.roots == "roots.pem"
    assert (radio.every, radio.expect, radio.include, radio.most, radio.content, radio.gate) == (
        600.0,
        20.0,
        ("*/monde/*",),
        50,
        "page",
        True,
    )
    assert (aid.kind, aid.url, aid.every, aid.expect, aid.content) == ("telegram", "https://t.me/s/secours07", 120.0, 1.0, "list")
    assert radio.wants("https://radio.example/monde/a") and not radio.wants("https://radio.example/jeux/a")
    assert not radio.wants("https://radio.example/monde/sport/a")


SOURCE = '[[source]]\nname = "a"\nurl = "https://a.example/"\n'


@pytest.mark.parametrize(("text", "word"), [
    ("", "no source"), ("[watch]\nevry = '5m'\n" + SOURCE, "did you mean 'every'"), ("[watches]\n" + SOURCE, "did you mean 'watch'"),
    (SOURCE + SOURCE, "two sources"), ('[[source]]\nurl = "https://a.example/"', "needs a name"), ('[[source]]\nname = "../x"\nurl = "https://a.example/"', "needs a name"),
    ('[[source]]\nname = "a"\nurl = "file:///etc/passwd"', "no address"), ('[[source]]\nname = "a"', "no address"),
    (SOURCE + 'kind = "gopher"', "gopher"), (SOURCE + 'content = "all"', "page, list"), (SOURCE + 'expect = "many"', "20/day"),
    (SOURCE + "most = 0", "10000"), (SOURCE + "most = true", "10000"), (SOURCE + 'private = "yes"', "true or false"), (SOURCE + "include = 5", "list of texts"),
    (SOURCE + 'every = "soon"', "15m"), (SOURCE + "every = 5", "15m"), ("watch = 5\n" + SOURCE, "table"), ("source = 5", "list of tables"),
    ('[watch]\nrecheck = "1h"\n' + SOURCE, "list of times"), ('[watch.timestamp]\nurl = "x"\n' + SOURCE, "no address"), (SOURCE + 'outlet = ""', "text is needed"),
])  # fmt: skip
def test_what_is_wrong_is_said(text: str, word: str) -> None:
    with pytest.raises(UsageError, match="SEL-U092") as e:
        plan_of(tomllib.loads(text))
    assert word in str(e.value)


def test_files_that_are_no_plan(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="SEL-U090"):
        load_plan(tmp_path / "missing.toml")
    for content in (b"[[source", b"\xff\xfe", b"#" * 1_100_000, b"a = " + b"[" * 5000):
        (tmp_path / "plan.toml").write_bytes(content)
        with pytest.raises(UsageError, match="SEL-U091"):
            load_plan(tmp_path / "plan.toml")


VALUES = st.recursive(
    st.one_of(st.text(max_size=12), st.integers(-5, 20_000), st.booleans(), st.sampled_from(["5m", "https://a.example/", "20/day", "telegram"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["name", "url", "every", "kind", "timestamp", "expect", "x"]), inner, max_size=4)),
    max_leaves=12,
)  # fmt: skip


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["watch", "source", "alert", "channel", "x"]), VALUES, max_size=4))
def test_any_table_is_a_plan_or_an_error_in_words(table: dict[str, object]) -> None:
    from selon.alerts import read_alerting

    for read in (plan_of, read_alerting):
        try:
            read(table)
        except UsageError as e:
            assert e.code in ("SEL-U092", "SEL-U093") and e.remedy
