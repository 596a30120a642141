"""Words of head and tail set right: never those of the body."""

import re
from collections.abc import Callable

from lxml import etree

from congso.kernel.composing import anchors
from congso.kernel.composing.contents import Authority, Signature
from congso.kernel.composing.findings import Expected
from congso.kernel.composing.forms import Component, Form
from congso.kernel.composing.making.head import BLANK, BLANKS
from congso.kernel.composing.making.tail import authority_line, recipient_lines
from congso.kernel.composing.mending.elements import (
    new,
    paragraph_like,
    properties_of,
    put,
    remove,
    set_text,
    text_piece,
)
from congso.kernel.composing.paper import Paper, Para
from congso.kernel.composing.recognition import AUTHORITY, LETTER_TITLE, PLACE_DATE, SYMBOL, letters_of
from congso.kernel.composing.rules.tails import TITLES
from congso.kernel.composing.word.package import W
from congso.lib.vietnamese import fold
from congso.lib.vietnamese_dates import paper_date


class Words:
    """Mends the words of one recognised paper."""

    def __init__(self, paper: Paper, expected: Expected, form: Form, body: etree._Element) -> None:
        self._paper, self._expected, self._form, self._body = paper, expected, form, body

    def mender(self, code: str) -> Callable[[], None] | None:
        """What mends the finding, None for one of another kind."""
        return {
            "header.missing": self._header, "header.text": self._header, "motto.missing": self._motto,
            "motto.text": self._motto, "motto.extra": lambda: self._drop(Component.MOTTO), "header.rule": self._rule,
            "issuer.missing": self._issuer, "issuer.text": self._issuer, "parent.text": self._parent,
            "parent.order": self._parent_order, "asterisk.missing": self._asterisk,
            "asterisk.extra": lambda: self._drop(Component.ASTERISK), "symbol.missing": self._new_symbol,
            "symbol.grammar": self._symbol, "symbol.colon": self._symbol, "symbol.form": self._symbol,
            "symbol.padding": self._symbol, "symbol.text": self._symbol, "symbol.number": self._symbol,
            "date.missing": self._new_date, "date.place": self._date, "date.padding": self._date,
            "date.other": self._date,
            "marks.urgency": self._urgency, "marks.circulation": self._circulation,
            "marks.draft": lambda: self._drop(Component.DRAFT), "marks.draft_number": self._draft_number,
            "title.missing": self._letter_title, "title.prefix": self._letter_prefix, "title.dashes": self._dashes,
            "authority.prefix": self._prefixes, "authority.other": self._blocks, "post.other": self._blocks,
            "name.title": self._names, "name.upper": self._names,
            "recipients.as_above": self._as_above, "recipients.order": self._kept_last,
            "recipients.hyphen": self._recipients_marks, "recipients.end": self._recipients_marks,
            "recipients.other": self._more_recipients,
        }.get(code)  # fmt: skip

    def _first(self, component: Component) -> Para | None:
        return self._paper.first(component)

    def _drop(self, component: Component) -> None:
        for one in self._paper.of(component):
            remove(one.handle)

    def _after(self, one: Para, text: str, component: Component) -> etree._Element:
        made = paragraph_like(one.handle, text)
        dress(made, self._form, component)
        one.handle.addnext(made)
        return made

    def _before(self, one: Para, text: str, component: Component) -> etree._Element:
        made = paragraph_like(one.handle, text)
        dress(made, self._form, component)
        one.handle.addprevious(made)
        return made

    def _header(self) -> None:
        header = self._first(Component.HEADER)
        if header:
            set_text(header.handle, self._form.header)
            return
        below = self._first(Component.MOTTO) or self._first(Component.PLACE_DATE)
        if below:
            self._before(below, self._form.header, Component.HEADER)
            return
        made = new("p")
        made.append(new("r"))
        made[0].append(text_piece(self._form.header))
        dress(made, self._form, Component.HEADER)
        self._body.insert(0, made)

    def _motto(self) -> None:
        motto, header = self._first(Component.MOTTO), self._first(Component.HEADER)
        if motto:
            set_text(motto.handle, self._form.motto)
        elif header:
            self._after(header, self._form.motto, Component.MOTTO)

    def _rule(self) -> None:
        last = self._first(Component.MOTTO) or self._first(Component.HEADER)
        if last:
            for run in last.handle.iter(f"{W}r"):
                put(properties_of(run, "rPr"), new("u", val="single"))

    def _issuer(self) -> None:
        lines, wanted = self._paper.of(Component.ISSUER), self._expected.issuer
        if lines and wanted:
            set_text(lines[0].handle, wanted)
            for one in lines[1:]:
                remove(one.handle)
            return
        below = self._first(Component.ASTERISK) or self._first(Component.SYMBOL)
        if below and wanted:
            self._before(below, wanted, Component.ISSUER)
            return
        if wanted:
            made = new("p")
            made.append(new("r"))
            made[0].append(text_piece(wanted))
            dress(made, self._form, Component.ISSUER)
            self._body.insert(0, made)

    def _parent(self) -> None:
        lines, issuer = self._paper.of(Component.PARENT), self._first(Component.ISSUER)
        if lines:
            set_text(lines[0].handle, self._expected.parent)
            for one in lines[1:]:
                remove(one.handle)
        elif issuer:
            self._before(issuer, self._expected.parent, Component.PARENT)

    def _parent_order(self) -> None:
        parent, issuer = self._first(Component.PARENT), self._first(Component.ISSUER)
        if parent and issuer:
            issuer.handle.addprevious(parent.handle)

    def _asterisk(self) -> None:
        lines = self._paper.of(Component.ISSUER)
        if lines:
            self._after(lines[-1], "*", Component.ASTERISK)

    def _new_symbol(self) -> None:
        above = [*self._paper.of(Component.ISSUER), *self._paper.of(Component.ASTERISK)]
        if above:
            made = self._after(max(above, key=lambda one: one.number), "", Component.SYMBOL)
            self._write_symbol(made, "")

    def _symbol(self) -> None:
        one = self._first(Component.SYMBOL)
        if one is None:
            return
        found = SYMBOL.fullmatch(one.line)
        number = found["number"] if found else ""
        digits = re.match(r"\d*", number)
        plain = f"{int(digits[0]):02d}{number[len(digits[0]) :]}" if digits and digits[0] else ""
        if self._expected.number is not None:
            plain = f"{self._expected.number:02d}"
        rest = self._expected.symbol or (found["rest"] if found else "")
        self._write_symbol(one.handle, plain, rest)

    def _write_symbol(self, paragraph: etree._Element, number: str, rest: str = "") -> None:
        """The line anew, with the anchor around the number or its place."""
        for child in [one for one in paragraph if one.tag != f"{W}pPr"]:
            paragraph.remove(child)
        joint = "-" if self._form.has_asterisk else "/"
        _append(paragraph, f"{self._form.number_label} ", self._form, Component.SYMBOL)
        _bookmark(paragraph, anchors.BLANKS["number"], 9001)
        _append(paragraph, number or BLANK * BLANKS["number"], self._form, Component.SYMBOL)
        paragraph.append(new("bookmarkEnd", id=9001))
        _bookmark(paragraph, anchors.BLANKS["number"] + anchors.END, 9002)
        paragraph.append(new("bookmarkEnd", id=9002))
        _append(paragraph, joint + (rest or self._expected.symbol), self._form, Component.SYMBOL)

    def _new_date(self) -> None:
        lines = [*self._paper.of(Component.HEADER), *self._paper.of(Component.MOTTO)]
        if lines:
            self._after(max(lines, key=lambda one: one.number), self._date_line(None), Component.PLACE_DATE)

    def _date_line(self, written: str | None) -> str:
        blank = BLANK * BLANKS["day"]
        day = paper_date(self._expected.issued_on) if self._expected.issued_on else written
        return f"{self._expected.place}, {day or f'ngày {blank} tháng {blank} năm'}"

    def _date(self) -> None:
        one = self._first(Component.PLACE_DATE)
        found = PLACE_DATE.fullmatch(one.line) if one else None
        if one is None or found is None:
            return
        date = found["date"]
        if self._expected.issued_on:
            date = paper_date(self._expected.issued_on)
        elif found["day"].isdigit() and found["month"].isdigit() and found["year"].isdigit():
            day, month = int(found["day"]), int(found["month"])
            date = f"ngày {day:02d} tháng {f'{month:02d}' if month <= 2 else month} năm {found['year']}"
        elif not found["day"].isdigit():
            blank = BLANK * BLANKS["day"]
            date = f"ngày {blank} tháng {found['month'] or blank} năm {found['year']}".rstrip()
        place = self._expected.place or found["place"].strip()
        set_text(one.handle, f"{place}, {date}")

    def _marks_below(self) -> Para | None:
        lines = self._paper.of(Component.SYMBOL, Component.LETTER_TITLE, Component.URGENCY)
        return max(lines, key=lambda one: one.number, default=None)

    def _urgency(self) -> None:
        one, wanted = self._first(Component.URGENCY), self._expected.marks.urgency.value
        below = self._marks_below()
        if one:
            set_text(one.handle, wanted)
        elif below:
            self._after(below, wanted, Component.URGENCY)

    def _circulation(self) -> None:
        one, wanted = self._first(Component.CIRCULATION), self._expected.marks.circulation.upper()
        below = self._marks_below()
        if one:
            set_text(one.handle, wanted)
        elif below:
            self._after(below, wanted, Component.CIRCULATION)

    def _draft_number(self) -> None:
        one = self._first(Component.DRAFT)
        if one:
            set_text(one.handle, f"Dự thảo lần {self._expected.marks.draft}")

    def _letter_title(self) -> None:
        symbol = self._first(Component.SYMBOL)
        if symbol and self._expected.doc_type == "letter":
            self._after(symbol, f"{self._form.letter_prefix} {self._expected.title}", Component.LETTER_TITLE)

    def _letter_prefix(self) -> None:
        one = self._first(Component.LETTER_TITLE)
        if one:
            set_text(one.handle, f"{self._form.letter_prefix} {LETTER_TITLE.sub('', one.line, count=1).strip()}")

    def _dashes(self) -> None:
        lines = self._paper.of(Component.TITLE)
        if lines:
            self._after(lines[-1], "-----", Component.DASHES)

    def _prefixes(self) -> None:
        for one in self._paper.of(Component.AUTHORITY):
            found = AUTHORITY.match(one.line)
            letters = letters_of(found["prefix"]) if found else ""
            wanted = next((text for text in self._form.prefixes.values() if letters_of(text) == letters), None)
            if found and wanted:
                set_text(one.handle, f"{wanted} {one.line[found.end() :]}")

    def _blocks(self) -> None:
        """Authority and posts above each expected name."""
        names = {letters_of(TITLES.sub("", one.line)): one for one in self._paper.of(Component.NAME)}
        for signature in self._expected.signatures:
            name = names.get(letters_of(signature.name))
            if name:
                self._block(signature, name)

    def _block(self, signature: Signature, name: Para) -> None:
        above = [
            one for one in self._paper.of(Component.AUTHORITY, Component.POST)
            if one.number < name.number and (one.cell == name.cell or name.cell is None)
        ]  # fmt: skip
        line = authority_line(signature, self._form)
        post = "" if signature.authority is Authority.ACTING else signature.post.upper()
        wanted = [(Component.AUTHORITY, line)] * bool(line) + [(Component.POST, post)] * bool(post)
        kept = (above or [name])[0]
        for component, text in wanted:
            self._before(kept, text, component)
        for one in above:
            remove(one.handle)

    def _names(self) -> None:
        for one in self._paper.of(Component.NAME):
            name = TITLES.sub("", one.line)
            is_shouted = name == name.upper()
            set_text(one.handle, " ".join(word.capitalize() for word in name.split()) if is_shouted else name)

    def _as_above(self) -> None:
        one = self._first(Component.RECIPIENT)
        if one:
            self._before(one, recipient_lines(("Như trên", "Lưu"), self._form)[0], Component.RECIPIENT)

    def _kept_last(self) -> None:
        lines = self._paper.of(Component.RECIPIENT)
        kept = next(one for one in lines if fold(one.line).lower().lstrip("-– ").startswith("luu"))
        lines[-1].handle.addnext(kept.handle)
        self._write_recipients([one for one in lines if one is not kept] + [kept])

    def _recipients_marks(self) -> None:
        self._write_recipients(self._paper.of(Component.RECIPIENT))

    def _write_recipients(self, lines: list[Para]) -> None:
        wanted = recipient_lines(tuple(one.line for one in lines), self._form)
        for one, text in zip(lines, wanted, strict=True):
            if one.line != text:
                set_text(one.handle, text)

    def _more_recipients(self) -> None:
        lines = self._paper.of(Component.RECIPIENT)
        written = [letters_of(one.line) for one in lines]
        last = lines[-1]
        for name in self._expected.recipients:
            is_there = any(letters_of(name) in line for line in written)
            if not is_there and not fold(name).lower().startswith("luu"):
                self._before(last, recipient_lines((name, "Lưu"), self._form)[0], Component.RECIPIENT)


def dress(paragraph: etree._Element, form: Form, component: Component) -> None:
    """A new line in the look of its rule, whatever the paragraph it was copied from."""
    rule, properties = form.texts[component], properties_of(paragraph, "pPr")
    if rule.align:
        put(properties, new("jc", val=rule.align.value))
    for run in paragraph.iter(f"{W}r"):
        look = properties_of(run, "rPr")
        put(look, new("b", val=int(bool(rule.is_bold))))
        put(look, new("i", val=int(bool(rule.is_italic))))
        put(look, new("u", val="single" if rule.is_underlined else "none"))
        put(look, new("sz", val=round(rule.sizes[1] * 2)))


def _append(paragraph: etree._Element, text: str, form: Form, component: Component) -> None:
    run = new("r")
    run.append(text_piece(text))
    paragraph.append(run)
    holder = new("p")
    holder.append(run)
    dress(holder, form, component)
    paragraph.append(run)


def _bookmark(paragraph: etree._Element, name: str, number: int) -> None:
    for old in list(paragraph.getroottree().iter(f"{W}bookmarkStart")):
        if old.get(f"{W}name") == name and old.getparent() is not None:
            old.getparent().remove(old)
    paragraph.append(new("bookmarkStart", id=number, name=name))
