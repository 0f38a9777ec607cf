"""Wrong use gives an exception that a modeller understands, and nothing ends the interpreter."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from conftest import SMALL

import cogov
from cogov import _cogov


def test_all_faults_are_told_with_their_places(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(f'extends = "{SMALL}"\n[sharing]\nnoise = -1\nbenefti = 2\n')
    with pytest.raises(cogov.ScenarioError) as raised:
        cogov.load(file)
    faults = raised.value.faults
    assert [(of.file, of.line, of.column) for of in faults] == [(str(file), 3, 9), (str(file), 4, 1)]
    assert faults[1].hint == "did you mean `benefit`?"
    assert pickle.loads(pickle.dumps(raised.value)).faults == faults


def test_a_dictionary_is_a_scenario_and_its_faults_have_lines() -> None:
    made = cogov.load({"extends": SMALL.name, "sharing": {"noise": 0.1}}, home=SMALL.parent)
    assert made.policies == ["baseline", "mandate", "nothing"]
    with pytest.raises(cogov.ScenarioError) as raised:
        cogov.load({"extends": SMALL.name, "sharing": {"noise": -0.1}}, home=SMALL.parent)
    (fault,) = raised.value.faults
    assert (fault.file, fault.text, fault.column) == ("written in Python", "noise = -0.1", 9)
    assert fault.line is not None and "noise = -0.1" in str(raised.value)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"start": "soon"}, "soon"),
        ({"start": 2015}, "2015"),
        ({"dose": float("nan")}, "dose"),
        ({"dose": "much"}, "much"),
        ({"use": "sharing-mandat"}, "sharing-mandat"),
        ({"target": {"region": "north"}}, "north"),
        ({"ramp_month": 3}, "ramp_month"),
    ],
)
def test_a_wrong_policy_is_refused_at_once(small: cogov.Scenario, terms: dict[str, object], said: str) -> None:
    changes = {} if "use" in terms else {"changes": [{"lever": "sharing.mandate", "add": 1.0}]}
    with pytest.raises(cogov.ScenarioError, match=said):
        small.policy("wrong", **{"start": "2013-01", **changes, **terms})


def test_wrong_use_is_told(small: cogov.Scenario, compared: cogov.Result, tmp_path: Path) -> None:
    with pytest.raises(cogov.ScenarioError, match="there is no policy `mandat`"):
        small.compare(["mandat"])
    with pytest.raises(TypeError, match="a policy is a text"):
        small.compare([3])  # type: ignore[list-item]
    with pytest.raises(cogov.ScenarioError, match="there is no file"):
        cogov.load(tmp_path / "absent.toml")
    with pytest.raises(TypeError, match="a scenario is a path or a dictionary"):
        cogov.load(3)  # type: ignore[arg-type]
    with pytest.raises(cogov.ScenarioError, match="sharing.benefit"):
        small.compare(set={"sharing.benefit": float("nan")})
    with pytest.raises(TypeError, match="replications is a whole number"):
        small.compare(replications=2.5)
    with pytest.raises(cogov.QuestionError, match="replications must be 0 or above"):
        small.compare(replications=-1)
    with pytest.raises(TypeError, match="there is no option 'thread'"):
        small.compare(thread=2)
    with pytest.raises(cogov.QuestionError, match="no outcome `happiness`"):
        small.compare(until={"happiness": 0.1})
    with pytest.raises(cogov.QuestionError, match="nothing says what to vary"):
        small.sweep()
    with pytest.raises(cogov.QuestionError, match="nothing says what to calibrate"):
        small.calibrate()
    with pytest.raises(cogov.QuestionError, match="no format `excel`"):
        small.compare(formats="excel")
    with pytest.raises(cogov.QuestionError, match="did you mean `sharing.benefit`"):
        cogov.explain("sharing.benefitt")
    with pytest.raises(cogov.FolderError, match="holds no study"):
        cogov.open(tmp_path)
    with pytest.raises(cogov.QuestionError, match="no table is called"):
        compared.table("effect")
    with pytest.raises(cogov.StorageError, match="sensitivity"):
        _ = compared.sensitivity


def test_another_study_in_the_folder_is_kept(small: cogov.Scenario, tmp_path: Path) -> None:
    small.compare(out=tmp_path, progress=False)
    with pytest.raises(cogov.FolderError, match=r"(?s)holds another study.*out="):
        small.compare(seed=9, out=tmp_path, progress=False)


def test_a_panic_is_an_exception() -> None:
    for long in (False, True):
        with pytest.raises(cogov.InternalError, match="forced"):
            _cogov.fail_inside(long)
    assert issubclass(cogov.InternalError, Exception)


LONG = """
import sys, cogov
study = cogov.load({path!r})
print("begun", flush=True)
try:
    study.compare(replications=100000, out={out!r}, progress=False, report=False)
except KeyboardInterrupt:
    print("kept", flush=True)
"""


def test_ctrl_c_ends_a_study_and_keeps_what_is_finished(small: cogov.Scenario, tmp_path: Path) -> None:
    out = tmp_path / "out"
    program = textwrap.dedent(LONG).format(path=str(SMALL), out=str(out))
    running = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None and running.stdout.readline() == "begun\n"
    while not any(out.glob("runs/*.run")):
        assert running.poll() is None
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    told, _ = running.communicate(timeout=60)
    assert told == "kept\n" and running.returncode == 0
    kept = len(list(out.glob("runs/*.run")))
    fewer: list[int] = []
    small.compare(store=out / "runs", progress=lambda done, total, months, notes: fewer.append(total))
    assert kept > 0 and fewer[-1] < 9 * 30


def test_two_at_once_in_a_folder_are_refused(small: cogov.Scenario, tmp_path: Path) -> None:
    said: list[BaseException] = []
    held = threading.Event()

    def first(done: int, total: int, months: int, notes: list[str]) -> None:
        if total and not held.is_set():
            held.set()
            try:
                small.compare(replications=4000, out=tmp_path, progress=False)
            except cogov.FolderError as error:
                said.append(error)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        small.compare(replications=4000, out=tmp_path, progress=first)
    assert "another process is at work" in str(said[0])


def test_other_threads_go_on_meanwhile(small: cogov.Scenario, tmp_path: Path) -> None:
    ticks = 0
    over = threading.Event()

    def count() -> None:
        nonlocal ticks
        while not over.is_set():
            ticks += 1
            time.sleep(0.001)

    counting = threading.Thread(target=count)
    counting.start()
    small.compare(replications=100, seed=5, progress=False, threads=1)
    over.set()
    counting.join()
    assert ticks > 5
    assert os.getpid()
