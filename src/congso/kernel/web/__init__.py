"""The shell every screen stands in, and the parts apps build their screens from. Works without script; phone
first.

*Page.* Extend `web/base.html`; blocks `title`, `heading`, `under_heading`, `page_acts`, `content`,
`dialogs`, `scripts`. `{% load web %}`: `{% icon "inbox" %}` (names in frontend/icons.txt), `{{ d|day }}`,
`{{ t|moment }}`, `{{ n|number }}`, `{{ size|file_size }}`, `{% due_badge due_on closed_at %}`, `{%
state_badge record %}`, `{{ record|record_url }}`, `{% query page=2 %}`, `{% field form.title width="half"
access_key="t" %}`. No inline script or style, no `style=`.

*Menu* (`navigation`). A manifest lists `MenuItem(key, label, icon, url_name, Group.DOCUMENTS, order=,
phone=1..4, count=f(request), visible=f(request))` and `QuickAct(label, icon, url_name, visible)`;
`holds(request, Function.CLERKS)`.

*Home* (`home`). A manifest lists `home=(HomeBlock(key, title, icon, frozenset({Hat.CLERK}), content, order), …)`;
`content(request, today)` returns `Content(tiles=, strip=, bars=, records=, empty=, url=, url_label=)` or None,
from a few bounded queries. `public=(PublicPlace(...),)` offers something to visitors on the front page.

*Text not sent yet* is kept in the tab by `drafts.js` for every posted form; `data-secret` on a field or
`data-no-draft` on a form leaves it out.

*List* (`lists`, `filters`). Declare `RecordList(key, title, columns, filters, scopes, default_sort,
official_title, empty, row_url, is_unread)` once; the view is `return list_response(request, LIST, queryset,
office=..., context={...})`. `Column(key, label, value="unit.short_name" or f(record),
kind=Kind.LINK|DATE|MOMENT|DUE|STATE|NUMBER, sort="due_on", width=, align=Align.END,
card=Card.TITLE|TOP|LINE|PART|NONE, official="title on paper", template="app/_cell.html", on_screen=,
on_paper=)`. `TextFilter`, `ChoiceFilter(lookup= or narrow=)`, `DateFilter`; `Scope(key, label, narrow)` is
a tab. Paging, sorting, chips, Excel (`format=xlsx`) and the printed register (`format=print`) come with it.
Own page around it: extend `web/list.html` (block `above_list`); `template=`. Test it with a query budget.

*Request.* Views take `OfficeRequest` (accounts.requests): `request.actor`, `request.principals`, `request.htmx`.

*One record* (`detail`). `return render(request, "app/detail.html", detail_context(request, record,
facts=[Fact(...)], acts=acts_of(request, record, url_name="app:act", primary="register", asks={"direct"}),
files=file_lines(record), comment_url=...))`; offers of other systems join the acts. The template extends
`web/detail.html` (blocks `first`, `middle`, `badges`, `files`, `links`, `comments`, `timeline`, `last`). An
act posts `note` and `version` to `url_name(pk, key)`; acts that need a reason open a dialog, and their GET
page without script is `web/confirm.html` (title, form, record).

*Form* (`forms`). `web/form.html` with `title, form, submit_label, back_url`; block `fields` to lay fields
out with `{% field %}`. `DateField`, `PickOne`, `PickMany` (filtering pickers), `ReasonForm`, `NoteForm`.
Enter goes on, Ctrl+Enter sends.

*Board and figures* (`dashboard`). `web/board.html` with `title, board=[BoardColumn]`; include
`web/_tiles.html` with `tiles=[Tile]` and `web/_bars.html` with `bars=bars(title, row_label, [Part],
[Line])`.

*Upload*. Include `web/_upload.html` with `upload_url`, `upload_fields={"purpose": ...}`, `upload_name`,
`upload_hint`, and load `web/js/upload.js` as a module. The address answers XMLHttpRequest with JSON
`{"uploads": [files.views.state_of(upload), …]}` or an error status with `{"message"}`; without script it
redirects.

*Page or fragment* (`htmx`). `render_page(request, "app/page.html", "app/_part.html", context)`.
"""
