"""Temporary measurement: a million cards."""
import random, statistics, time
from pathlib import Path
import pytest
from django.db import connection
from congso.apps.dossiers.models import Card
from congso.apps.dossiers.queries import cards
from congso.apps.dossiers.tests.factories import by

COUNT = 1_000_000

def cpu(pid):
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6

@pytest.mark.timeout(1500)
@pytest.mark.django_db(transaction=True)
def test_measure(world, as_owner):
    fks = as_owner.execute("select conname from pg_constraint where conrelid='dossiers_card'::regclass and contype='f'").fetchall()
    for (name,) in fks:
        as_owner.execute(f"ALTER TABLE dossiers_card DROP CONSTRAINT {name}")
    as_owner.execute("DROP INDEX card_words")
    t = time.time()
    as_owner.execute(r"""
    WITH v AS (SELECT array_agg(s ORDER BY i) AS vocab FROM (
      SELECT (row_number() over ()) AS i, a||b AS s FROM unnest(ARRAY['','b','c','ch','d','g','gi','h','k','kh','l','m','n','ng','nh','ph','q','r','s','t','th','tr','v','x']) a,
       unnest(ARRAY['a','an','ang','anh','ao','au','ach','e','em','i','inh','o','ong','on','u','uong','ua','uc','y','oan','uyen','iet','ien','ieu','oi']) b) x)
    INSERT INTO dossiers_card (dossier_id, organization_id, fonds_code, code, title, years, first_year, retention_label, mode, documents, pages, has_paper, is_destroyed, words)
    SELECT n, 2 + (n %% 5), 'P01', 'A15.P01.'||(1990+n%%37)||'.'||n, t.w, '', 1990 + (n * 7919 %% 37), '', CASE WHEN n %% 10 = 0 THEN '02' ELSE '01' END, 5, 60, false, false,
      'a15.p01.'||(1990+n%%37)||'.'||n||' '||t.w
    FROM generate_series(1, %s) n CROSS JOIN v CROSS JOIN LATERAL (
      SELECT CASE WHEN n %% 5 < 3 THEN 'ho so ' ELSE '' END || string_agg(vocab[1 + floor(power(random(), 2.5) * 600 + 0*n)::int], ' ') AS w FROM generate_series(1, 12)) t
    """.replace("%%", "%").replace("%s", str(COUNT)))
    print("rows", time.time() - t); t = time.time()
    as_owner.execute("CREATE INDEX card_words ON dossiers_card USING gin (found_by) WITH (fastupdate = off)")
    as_owner.execute("VACUUM ANALYZE dossiers_card")
    print("index", time.time() - t, as_owner.execute("select pg_size_pretty(pg_relation_size('card_words')), pg_size_pretty(pg_relation_size('dossiers_card'))").fetchall())
    stats = as_owner.execute("SELECT word, ndoc FROM ts_stat('SELECT found_by FROM dossiers_card TABLESAMPLE SYSTEM (2)') ORDER BY ndoc DESC LIMIT 620").fetchall()
    words = [w for w, _n in stats if w.isalpha()]
    print([(w, n * 50) for w, n in stats[:3]], [(w, n * 50) for w, n in stats[100:102]], [(w, n * 50) for w, n in stats[-3:]])
    dice = random.Random(1)
    kinds = {
        "very common (ho so)": lambda: "ho so", "common": lambda: dice.choice(words[2:15]), "medium": lambda: dice.choice(words[60:160]),
        "rarest syllable": lambda: dice.choice(words[-80:]), "two medium": lambda: " ".join(dice.sample(words[60:200], 2)),
        "three common": lambda: " ".join(dice.sample(words[2:40], 3)), "five": lambda: " ".join(dice.sample(words[2:300], 5)),
        "one code": lambda: str(dice.randrange(1, COUNT)), "none": lambda: "khongcotunaynhuvay", "letter": lambda: dice.choice("abchtn"),
    }
    for who in ("clerk", "stranger"):
        for name, make in kinds.items():
            walls, cpus, hits = [], [], []
            for nth in range(22):
                typed = make()
                with by(world, who):
                    with connection.cursor() as c:
                        c.execute("select pg_backend_pid()"); pid = c.fetchone()[0]
                    t0, c0, p0 = time.perf_counter(), cpu(pid), time.process_time()
                    found = cards(typed).order_by("-first_year", "-pk")
                    count = found.order_by()[:10001].count(); list(found[:50])
                    if nth > 1:
                        walls.append((time.perf_counter() - t0) * 1e3); cpus.append(cpu(pid) - c0 + (time.process_time() - p0) * 1e3); hits.append(count)
            q = lambda v: f"{statistics.median(v):.0f} / {sorted(v)[int(len(v)*.95)-1]:.0f}"
            print(f"{who:9} {name:22} wall {q(walls)} cpu {q(cpus)} hits {statistics.median(hits):.0f}", flush=True)
    for who in ("clerk", "stranger"):
        for name in ("very common (ho so)", "medium", "rarest syllable", "none"):
            walls, cpus = [], []
            for _nth in range(4):
                typed = kinds[name]()
                with by(world, who):
                    with connection.cursor() as c:
                        c.execute("select pg_backend_pid()"); pid = c.fetchone()[0]
                    t0, c0 = time.perf_counter(), cpu(pid)
                    found = Card.objects.select_related("organization").order_by("-first_year", "-pk")
                    for w in typed.split(): found = found.filter(words__contains=w)
                    found.order_by()[:10001].count(); list(found[:50])
                    walls.append((time.perf_counter() - t0) * 1e3); cpus.append(cpu(pid) - c0)
            print(f"LIKE {who:9} {name:22} wall {statistics.median(walls):.0f} cpu {statistics.median(cpus):.0f}", flush=True)
