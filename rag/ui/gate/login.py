"""Asking for the password: the form, what it is answered, and who is in. Gradio's own is not used.

That one compares no unknown user, counts no attempts, keeps its sessions for ever, gives their cookies to
other sites' requests, and leaves a third of its routes open.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from urllib.parse import parse_qs, quote

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from rag.catalogue import say
from rag.errors import InputError
from rag.types import Language
from rag.ui.gate.headers import digest
from rag.ui.gate.refusal import Refused, reader_language
from rag.ui.gate.sessions import Credentials, Sessions, basic
from rag.ui.gate.throttle import Throttle
from rag.ui.html import escape

_STYLE = (
    "body{font:1.05rem/1.5 system-ui,sans-serif;margin:12vh auto 0;max-width:20rem;padding:0 1rem;"
    "color-scheme:light dark}label,input,button{display:block;width:100%;box-sizing:border-box;font:inherit}"
    "input,button{margin:.2rem 0 1rem;padding:.5rem}[role=alert]{font-weight:600}"
)
_POLICY = (
    f"default-src 'none'; style-src {digest(_STYLE.encode())}; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


class Login:
    """The door of one page.

    Args:
        login: user and password; ``None``: it stands open.
        port: that the page listens on: browsers do not tell cookies apart by it.
    """

    def __init__(self, login: tuple[str, str] | None, port: int) -> None:
        self.asks = login is not None
        self._credentials = Credentials(login or ("", ""))
        self._sessions = Sessions()
        self._throttle = Throttle()
        self._cookie = f"replique-{port}"

    def admits(self, headers: Mapping[str, str], cookies: Mapping[str, str], address: str) -> bool:
        """Whether a request is from somebody who is in, by cookie or by HTTP Basic.

        Raises:
            Refused: it has a password that is wrong, or comes too soon after some.
        """
        if not self.asks or self._sessions.knows(cookies.get(self._cookie, ""), time.monotonic()):
            return True
        given = basic(headers.get("authorization", ""))
        if given is None:
            return False
        self._demand_right(*given, address)
        return True

    def enter(
        self, body: bytes, headers: Mapping[str, str], address: str, https: bool, query: str
    ) -> Response:
        """Answer the form: a session begins, or the form is asked again; a program gets one line.

        Raises:
            Refused: to a program, where the password is wrong or too soon.
        """
        in_browser = "text/html" in headers.get("accept", "")
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=20, keep_blank_values=True)
        user, password = ((fields.get(name) or [""])[0] for name in ("username", "password"))
        try:
            if self.asks:
                self._demand_right(user.strip(), password, address)
        except Refused as refused:
            if not in_browser:
                raise
            lang = reader_language(headers.get("accept-language", ""))
            return self.form(lang, query, refused)
        reply: Response = JSONResponse({"success": True})
        if in_browser:
            reply = RedirectResponse(f"./?{_asked(query)}" if query else "./", 303)
        if self.asks:
            token = self._sessions.open(time.monotonic())
            reply.set_cookie(self._cookie, token, httponly=True, samesite="lax", secure=https, path="/")
        return reply

    def leave(self, cookies: Mapping[str, str]) -> Response:
        """End a session."""
        self._sessions.close(cookies.get(self._cookie, ""))
        reply = RedirectResponse("./", 303)
        reply.delete_cookie(self._cookie, path="/")
        return reply

    def form(self, lang: Language, query: str, refused: Refused | None = None) -> Response:
        """The page that asks.

        Args:
            lang: of the reader.
            query: of the address that was asked for, to which it leads.
            refused: why it is asked again.
        """
        title = escape(say("app_name", lang))
        why = f'<p role="alert">{escape(refused.why.in_words(lang))}</p>' if refused else ""
        fields = "".join(
            f'<label>{escape(say(key, lang))}<input name="{name}" type="{kind}" '
            f'autocomplete="{fill}" required></label>'
            for key, name, kind, fill in (
                ("login_user", "username", "text", "username"),
                ("login_password", "password", "password", "current-password"),
            )
        )
        action = f"login?{escape(_asked(query))}" if query else "login"
        html = (
            f'<!doctype html><html lang="{lang}"><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
            f"<style>{_STYLE}</style>"
            f'<main><h1>{title}</h1>{why}<form method="post" action="{action}">{fields}'
            f"<button>{escape(say('login_go', lang))}</button></form></main></html>"
        )
        status, told = (refused.status, refused.headers) if refused else (401, {})
        return HTMLResponse(html, status, {**told, "Content-Security-Policy": _POLICY})

    def _demand_right(self, user: str, password: str, address: str) -> None:
        now = time.monotonic()
        if wait := math.ceil(self._throttle.wait(address, now)):
            raise Refused(429, InputError("login_wait", seconds=wait), Retry_After=str(wait))
        if not self._credentials.right(user, password):
            self._throttle.failed(address, now)
            raise Refused(401, InputError("login_wrong"))
        self._throttle.passed(address)


def _asked(query: str) -> str:
    return quote(query, safe="=&%+-._~")
