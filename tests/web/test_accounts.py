"""Pages over a network: logging in and out, roles, the token of forms, limits, the audit log; nothing secret is kept in the clear."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from selon.errors import UsageError
from selon.ledger import open_ledger
from selon.ledger.accounts import account, accounts, acts, set_account
from selon.web import create_app
from selon.web.limits import Limits
from selon.web.passwords import hashed, is_right
from selon.web.people import change_account

PASSWORD = "quatre mots sans rapport"
HASH = hashed(PASSWORD)


@pytest.fixture
def shared(address: str) -> str:
    with open_ledger(address) as ledger:
        for name, role in (("Ida", "reader"), ("Rob", "reviewer"), ("Olga", "owner")):
            set_account(ledger, name, role, HASH, "test")  # type: ignore[arg-type]
    return address


@pytest.fixture
def enter(shared: str) -> Iterator[Callable[[str], TestClient]]:
    app = create_app(shared, accounts=True, limits=Limits(logins=1000))
    with TestClient(app):

        def log_in(name: str) -> TestClient:
            client = TestClient(app, base_url="https://desk.example", headers={"accept-language": "en"})
            if name:
                assert client.post("/login", data={"name": name, "password": PASSWORD}).status_code == 200
            return client

        yield log_in


def token(client: TestClient, page: str = "/review") -> str:
    found = re.search(r'name="token" value="([0-9a-f]{64})"', client.get(page).text)
    assert found
    return found[1]


@pytest.mark.parametrize("url", ["/", "/incident/x", "/reports", "/review", "/accounts", "/audit", "/save/sources.csv", "/openapi.json"])
def test_nobody_sees_a_page_without_logging_in(enter: Callable[[str], TestClient], url: str) -> None:
    r = enter("").get(url, follow_redirects=False)
    assert r.status_code == 303 and r.headers["location"].startswith("/login?next=")


def test_the_api_says_401(enter: Callable[[str], TestClient]) -> None:
    r = enter("").get("/api/v1/incidents")
    assert r.status_code == 401 and r.json()["code"] == "SEL-W004"


def test_the_cookie_is_for_this_host_over_tls_and_not_for_scripts(enter: Callable[[str], TestClient], shared: str) -> None:
    r = enter("").post("/login", data={"name": "Ida", "password": PASSWORD, "next": "/reports"}, follow_redirects=False)
    cookie = r.headers["set-cookie"]
    assert r.headers["location"] == "/reports" and cookie.startswith("__Host-selon=")
    assert all(x in cookie.lower() for x in ("secure", "httponly", "samesite=strict", "path=/")) and "domain" not in cookie.lower()
    assert "max-age=31536000" in r.headers["strict-transport-security"]
    secret = re.match(r"__Host-selon=([^;]+)", cookie)
    assert secret is not None
    raw = b"".join(p.read_bytes() for p in Path(shared).parent.glob(Path(shared).name + "*"))
    assert secret[1].encode() not in raw and PASSWORD.encode() not in raw and b"$argon2id$" in raw


@pytest.mark.parametrize("next", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\\\\evil"])
def test_logging_in_leads_nowhere_else(enter: Callable[[str], TestClient], next: str) -> None:
    r = enter("").post("/login", data={"name": "Ida", "password": PASSWORD, "next": next}, follow_redirects=False)
    assert r.headers["location"] == "/"


@pytest.mark.parametrize(("name", "password"), [("Ida", "wrong"), ("nobody", PASSWORD), ("", ""), ("Ida\x00", PASSWORD)])
def test_a_wrong_name_or_password_is_told_alike_and_noted(
    enter: Callable[[str], TestClient], shared: str, name: str, password: str
) -> None:
    r = enter("").post("/login", data={"name": name, "password": password})
    assert r.status_code == 401 and "Name or password is wrong." in r.text and "set-cookie" not in r.headers
    with open_ledger(shared) as ledger:
        assert acts(ledger)[0].act == "login_failed"


def test_guessing_is_slowed_down(shared: str) -> None:
    with TestClient(create_app(shared, accounts=True, limits=Limits(tries=3)), base_url="https://desk.example") as client:
        codes = [client.post("/login", data={"name": "Ida", "password": f"try {k}"}).status_code for k in range(5)]
        assert codes == [401, 401, 401, 429, 429]
        assert client.post("/login", data={"name": "Ida", "password": PASSWORD}).status_code == 429


def test_requests_are_limited_by_account(shared: str) -> None:
    with TestClient(create_app(shared, accounts=True, limits=Limits(requests=5)), base_url="https://desk.example") as client:
        client.post("/login", data={"name": "Ida", "password": PASSWORD}, follow_redirects=False)
        codes = [client.get("/api/v1/incidents").status_code for _ in range(7)]
        assert codes == [200] * 5 + [429] * 2


@pytest.mark.parametrize(
    ("name", "get", "post"), [("Ida", {"/": 200, "/review": 403, "/add": 403, "/accounts": 403, "/audit": 403}, 403),
                              ("Rob", {"/": 200, "/review": 200, "/add": 200, "/accounts": 403, "/audit": 403}, 303),
                              ("Olga", {"/": 200, "/review": 200, "/add": 200, "/accounts": 200, "/audit": 200}, 303)],
)  # fmt: skip
def test_roles(enter: Callable[[str], TestClient], name: str, get: dict[str, int], post: int) -> None:
    client = enter(name)
    assert {url: client.get(url).status_code for url in get} == get
    given = token(client, "/")
    assert client.post("/add", data={"text": " ", "token": given}, follow_redirects=False).status_code == post
    assert client.post("/accounts", data={"name": "x", "password": PASSWORD, "token": given}, follow_redirects=False).status_code == (
        303 if name == "Olga" else 403
    )


@pytest.mark.parametrize(
    "url", ["/add", "/add/examples", "/review/judge", "/review/undo", "/review/author", "/review/pair", "/accounts", "/logout"]
)
@pytest.mark.parametrize("given", [None, "", "0" * 64, "é"])
def test_forms_without_their_token_are_refused(enter: Callable[[str], TestClient], url: str, given: str | None) -> None:
    fields = {"verdict": "same", "one": "a/e0", "two": "b/e0", "report": "a", "kind": "event", "item": "e0", "start": "0", "end": "1", "seen": "0",
              "found": "x", "id": "x", "name": "x", "password": PASSWORD, "text": "x"}  # fmt: skip
    r = enter("Olga").post(url, data=fields | ({} if given is None else {"token": given}))
    assert r.status_code == 403 and "SEL-W002" in r.text


def test_a_judgement_is_signed_by_the_account_and_noted(enter: Callable[[str], TestClient], shared: str) -> None:
    client = enter("Rob")
    client.cookies.set("author", "Somebody%20Else")
    page = client.get("/review").text
    form = page[page.index('class="verdicts"') :]
    fields: dict[str, list[str]] = {}
    for k, v in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[: form.index("</form>")]):
        fields.setdefault(k, []).append(v)
    assert client.post("/review/judge", data={**fields, "verdict": "unsure"}).status_code == 200
    with open_ledger(shared) as ledger:
        assert [j.author for j in ledger.judgements()] == ["Rob"]
        assert ("Rob", "judge") in [(a.who, a.act) for a in acts(ledger)]
    assert "judged" in enter("Olga").get("/audit").text


def test_logging_out_ends_the_session_on_the_server(enter: Callable[[str], TestClient]) -> None:
    client = enter("Ida")
    kept = dict(client.cookies)
    assert client.post("/logout", data={"token": token(client, "/")}, follow_redirects=False).status_code == 303
    client.cookies.update(kept)
    assert client.get("/", follow_redirects=False).status_code == 303


def test_another_role_or_password_ends_sessions(enter: Callable[[str], TestClient], shared: str) -> None:
    client, owner = enter("Rob"), enter("Olga")
    assert owner.post("/accounts", data={"name": "Rob", "role": "closed", "token": token(owner, "/accounts")}).status_code == 200
    assert client.get("/", follow_redirects=False).status_code == 303
    assert enter("").post("/login", data={"name": "Rob", "password": PASSWORD}).status_code == 401
    with open_ledger(shared) as ledger:
        assert (a := account(ledger, "Rob")) is not None and a.role == "closed" and a.made_by == "Olga"


def test_the_last_owner_stays_one_and_passwords_are_long(enter: Callable[[str], TestClient]) -> None:
    owner = enter("Olga")
    given = token(owner, "/accounts")
    assert "only owner" in owner.post("/accounts", data={"name": "Olga", "role": "reader", "token": given}).text
    assert owner.post("/accounts", data={"name": "New", "role": "reader", "password": "short", "token": given}).status_code == 400
    assert owner.post("/accounts", data={"name": "<script>", "role": "reader", "password": PASSWORD, "token": given}).status_code == 400
    assert owner.post("/accounts", data={"name": "New", "role": "god", "password": PASSWORD, "token": given}).status_code == 400


def test_any_host_is_answered_but_foreign_forms_are_not(enter: Callable[[str], TestClient]) -> None:
    client = enter("Rob")
    assert client.get("/", headers={"host": "another.example"}).status_code == 200
    r = client.post("/add", data={"text": "x", "token": token(client)}, headers={"sec-fetch-site": "cross-site"})
    assert r.status_code == 403 and "SEL-W002" in r.text


def test_on_this_computer_there_is_nothing_to_log_in_to(client: TestClient) -> None:
    assert client.get("/login").status_code == 404 and client.get("/accounts").status_code == 404
    assert "/accounts" not in client.get("/").text


def test_passwords(shared: str) -> None:
    assert is_right(PASSWORD, HASH) and not is_right("x", HASH) and not is_right(PASSWORD, None) and not is_right("", "no hash")
    for short in ("", "x" * 9, "x" * 1001):
        with pytest.raises(UsageError, match="SEL-U061"):
            hashed(short)
    with open_ledger(shared) as ledger:
        change_account(ledger, "test", "Ida", "reviewer", "")
        assert [(a.name, a.role) for a in accounts(ledger)] == [("Ida", "reviewer"), ("Olga", "owner"), ("Rob", "reviewer")]
        assert (a := account(ledger, "Ida")) is not None and is_right(PASSWORD, a.password)
