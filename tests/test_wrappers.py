"""The GitHub Action and the pre-commit hook, run for real in repositories of their own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from cleaner import clean_folder
from tests.report_checks import read_annotation, read_markdown
from tests.test_cli import COPY

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
CI = bool(os.environ.get("CI"))
BUILDS = pytest.mark.skipif(not CI, reason="it builds an environment from the package registry, which takes a minute; CI=1 runs it")


def git(folder, *arguments):
    command = ["git", "-c", "user.name=Desk", "-c", "user.email=desk@gazette.example", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def checked(*arguments):
    done = subprocess.run([str(BIN / arguments[0]), *map(str, arguments[1:])], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def newsroom(tmp_path):
    """A repository with copy in raw/ and its records in clean/."""
    folder = tmp_path / "newsroom"
    (folder / "raw").mkdir(parents=True)
    (folder / "raw" / "a.txt").write_text(COPY)
    (folder / "notes.md").write_text("What the desk knows.\n")
    clean_folder(folder / "raw", folder / "clean")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Copy and its records")
    return folder


# -- the action --------------------------------------------------------------------------------------------------------


class Runner:
    """What GitHub does with the steps of a composite action, as far as they are shell."""

    def __init__(self, workspace: Path, temp: Path, **inputs: str) -> None:
        self.workspace, self.temp = workspace, temp
        self.known = {f"inputs.{name}": inputs.get(name.replace("-", "_"), said["default"]) for name, said in ACTION["inputs"].items()}
        self.known |= {"steps.python.outputs.python-path": sys.executable, "runner.temp": str(temp)}
        self.summary = temp / "summary.md"
        self.log = ""
        self.uploaded: list[Path] = []
        self.failed = False

    def run(self) -> None:
        for step in ACTION["runs"]["steps"]:
            if self.failed and "!cancelled()" not in step.get("if", ""):
                continue
            if "run" in step:
                self._shell(step)
            elif step["uses"].startswith("actions/upload-artifact@"):
                self.uploaded += sorted(Path(self._value(step["with"]["path"])).glob("*"))

    def _value(self, text: str) -> str:
        return re.sub(r"\$\{\{ (.+?) \}\}", lambda found: self.known[found[1]], text)

    def _shell(self, step: dict[str, object]) -> None:
        assert step["shell"] == "bash"
        script, outputs = self.temp / "step.sh", self.temp / "outputs"
        assert "${{" not in str(step["run"]), "an expression in a script is a way in: it goes through env"
        script.write_text(str(step["run"]))
        outputs.write_text("")
        given = step.get("env", {})
        assert isinstance(given, dict)
        env = {
            **os.environ, **{name: self._value(value) for name, value in given.items()},
            "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(self.workspace), "GITHUB_ACTION_PATH": str(ROOT), "RUNNER_TEMP": str(self.temp),
            "GITHUB_OUTPUT": str(outputs), "GITHUB_STEP_SUMMARY": str(self.summary),
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        done = subprocess.run(command, cwd=self.workspace, env=env, capture_output=True, text=True, check=False)
        self.log += done.stdout + done.stderr
        self.failed |= done.returncode != 0
        for line in outputs.read_text().splitlines():
            name, _, value = line.partition("=")
            self.known[f"steps.{step['id']}.outputs.{name}"] = value

    @property
    def exit_code(self) -> str:
        return self._value(ACTION["outputs"]["exit-code"]["value"])


@pytest.fixture
def runner(newsroom, tmp_path, monkeypatch):
    """Makes runners on which cleaner is installed already: that step is tried apart."""
    temp = tmp_path / "temp"
    (temp / "cleaner").mkdir(parents=True)
    (temp / "cleaner" / "bin").symlink_to(BIN)
    [install] = [step for step in ACTION["runs"]["steps"] if step["name"] == "Install cleaner"]
    monkeypatch.setitem(install, "run", ":")
    return lambda **inputs: Runner(newsroom, temp, **inputs)


def annotated(log):
    return [read_annotation(line) for line in log.splitlines() if line.startswith("::")]


def test_the_action_is_one():
    """Valid by the schema of actions; what it uses is pinned to a commit, whose version stands behind it."""
    checked("check-jsonschema", "--builtin-schema", "vendor.github-actions", ROOT / "action.yml")
    used = re.findall(r"uses: (.+)", (ROOT / "action.yml").read_text("utf-8"))
    assert len(used) == 2
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each) for each in used)


def test_a_run_that_goes_well(runner, newsroom):
    """Exit code 0; the summary and the report are there."""
    runs = runner(options="--report none")
    runs.run()
    assert (runs.exit_code, runs.failed) == ("0", False), runs.log
    assert "index.html" in [path.name for path in runs.uploaded]
    assert any("Harbour reopens" in code for code in read_markdown(runs.summary.read_text()))
    assert git(newsroom, "status", "--porcelain") == ""


def test_a_check_that_finds_a_difference(runner, newsroom):
    """The step fails with 1, says so on the pull request, and the report is of what a run would write; CLEAN and the pull request see one run."""
    (newsroom / "raw" / "a.txt").write_text(COPY + "\nMore was said on Saturday by the port.\n")
    runs = runner(options="--check")
    runs.run()
    assert (runs.exit_code, runs.failed) == ("1", True), runs.log
    assert [kind for kind, _, _ in annotated(runs.log)] == ["error"]
    assert "on Saturday by the port" in "".join(path.read_text() for path in runs.uploaded if path.name.startswith("page"))
    assert runs.summary.read_text().count("CLEAN is not what a run would write") == 1
    assert runs.summary.read_text().count("# What was cleaned") == 1
    assert git(newsroom, "status", "--porcelain") == "M raw/a.txt"


def test_input_that_cannot_be_read(runner, newsroom):
    """2, with the file named, and everything else is reported; options are words and may be quoted."""
    (newsroom / "raw" / "my page.pdf").write_text("x")
    runs = runner()
    runs.run()
    assert (runs.exit_code, runs.failed) == ("2", True), runs.log
    assert [(kind, where["file"]) for kind, where, _ in annotated(runs.log)] == [("error", "raw/my page.pdf")]
    assert "index.html" in [path.name for path in runs.uploaded]
    (newsroom / "my keep.toml").write_text("")
    again = runner(options='--skip-unreadable --keep "my keep.toml"')
    again.run()
    assert (again.exit_code, again.failed) == ("0", False), again.log


def test_a_call_that_cannot_be_made(runner):
    """No output, no report, no upload; the letter is in the log. What an option says is never run."""
    runs = runner(raw="nowhere", clean="records", options="--set '$(touch owned)'")
    runs.run()
    assert (runs.exit_code, runs.failed) == ("2", True)
    assert runs.uploaded == []
    assert not (runs.workspace / "owned").exists()


@pytest.mark.parametrize("options", ['--stat --keep="my keep.toml --check', "--stat --keep='my keep.toml --check", "--stat --keep=editor's.toml --check"])
def test_options_that_are_not_closed(options, runner, newsroom):
    """A run without the options it was given would write where it was asked to check: the step fails before anything is run."""
    (newsroom / "raw" / "a.txt").write_text(COPY + "\nMore was said on Saturday by the port.\n")
    runs = runner(options=options)
    runs.run()
    assert runs.failed
    assert "unmatched" in runs.log
    assert git(newsroom, "status", "--porcelain") == "M raw/a.txt"


@BUILDS
def test_the_action_installs_itself(newsroom, tmp_path):
    """From its own checkout into an environment of its own."""
    temp = tmp_path / "temp"
    temp.mkdir()
    runs = Runner(newsroom, temp, options="--check")
    runs.run()
    assert (runs.exit_code, runs.failed) == ("0", False), runs.log
    assert (temp / "cleaner" / "bin" / "clean").exists()


# -- the hook ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def source(tmp_path):
    """The repository that a user of pre-commit names: this one, as it is here."""
    folder = tmp_path / "source"
    folder.mkdir()
    for name in ("pyproject.toml", "README.md", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "cleaner", folder / "cleaner", ignore=shutil.ignore_patterns("__pycache__"))
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "As it is")
    return folder


@pytest.mark.parametrize("hook", [{"language": "unsupported"}, pytest.param({}, marks=BUILDS)], ids=["installed", "own environment"])
def test_the_hook_holds_clean_to_raw(hook, newsroom, source, tmp_path):
    """It passes where nothing differs, fails with the article named where something does, and is skipped where neither folder changed."""
    config = {"repos": [{"repo": str(source), "rev": git(source, "rev-parse", "HEAD"), "hooks": [{"id": "clean-check", **hook}]}]}
    (newsroom / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    git(newsroom, "add", ".")

    def pre_commit(*files):
        env = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home"), "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
        chosen = ["--files", *files] if files else ["--all-files"]
        return subprocess.run([str(BIN / "pre-commit"), "run", *chosen], cwd=newsroom, env=env, capture_output=True, text=True, check=False)

    done = pre_commit()
    assert (done.returncode, "Passed" in done.stdout) == (0, True), done.stdout + done.stderr
    (newsroom / "raw" / "a.txt").write_text(COPY + "\nMore was said on Saturday by the port.\n")
    git(newsroom, "add", ".")
    done = pre_commit("raw/a.txt")
    assert done.returncode == 1
    assert "(a.txt, article 0) changes" in " ".join(done.stdout.split())
    assert "Skipped" in pre_commit("notes.md").stdout
    assert git(newsroom, "status", "--porcelain", "clean") == ""


# -- the page ----------------------------------------------------------------------------------------------------------


def test_each_example_is_whole_and_short(tmp_path):
    """At most ten lines each, valid by the schema of what it is for."""
    blocks = re.findall(r"^```yaml\n(.*?)^```$", (ROOT / "docs" / "ci.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) == 4
    for number, block in enumerate(blocks):
        assert len(block.splitlines()) <= 10
        path = tmp_path / f"{number}.yaml"
        path.write_text(block)
        if "jobs" in yaml.safe_load(block):
            checked("check-jsonschema", "--builtin-schema", "vendor.github-workflows", path)
        else:
            checked("pre-commit", "validate-config", path)


def test_the_page_names_every_input_with_its_default():
    """What the page says of the Action is what the Action has."""
    page = " ".join((ROOT / "docs" / "ci.md").read_text("utf-8").split())
    for name, said in ACTION["inputs"].items():
        default = f"`{said['default']}`" if said["default"] else "none"
        assert f"`{name}` ({default})" in page


def test_the_hook_is_one():
    """Valid for pre-commit; the files it looks at are those of both folders and the options."""
    checked("pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml")
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    looked_at = ["raw/a.txt", "raw/wire/feed.jsonl", "clean/edits.jsonl", "cleaner.toml", "site/pyproject.toml", "cleaner-keep.toml"]
    assert [bool(re.search(hook["files"], path)) for path in looked_at] == [True] * 6
    assert not any(re.search(hook["files"], path) for path in ("notes.md", "cleanup/a.txt", "drawings/b.txt"))
