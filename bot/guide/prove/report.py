"""A proof in an editor's words: what was looked at, what does not hold, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.guide.pages import figures
from bot.guide.problems import Place, worded
from bot.guide.prove.findings import Answered, Finding, Spot
from bot.guide.prove.proof import Proof, Proven
from bot.guide.shelf import Edition
from bot.guide.strict_yaml import Tree, read_markdown, read_yaml


@dataclass(frozen=True)
class Report:
    """Tells a proof of the guide in a directory, in the words of one edition."""

    edition: Edition
    directory: Path
    _trees: dict[str, Tree] = field(default_factory=dict)

    def lines(self, proof: Proof) -> Iterator[str]:
        """Every property with its numbers and findings, and the whole at the end."""
        for proven in proof.properties:
            yield self._property(proven)
            yield from (f"  {line}" for each in proven.findings for line in self._finding(each))
        yield from (line for each in proof.unexplaining for line in self._finding(each))
        for problem in proof.problems:
            place = f"{problem.file}:{problem.line}:{problem.column}"
            yield f"{place}  {worded(problem, self.edition.voice)}"
        yield from self._whole(proof)

    def failures(self, proof: Proof) -> Iterator[str]:
        """What does not hold, each with its place and a witness."""
        yield from (line for each in proof.failures for line in self._finding(each))

    def ways(self, proof: Proof) -> Iterator[str]:
        """The shortest answers that lead to each question and page."""
        for proven in proof.properties:
            for way in proven.tally.reached:
                answers = self._answers(way.answers)
                told = {"what": way.at, "flow": way.flow, "answers": answers}
                yield self.edition.voice.plain("prove.way", **told)

    def place(self, spot: Spot) -> Place:
        """Where in its file something is written; the first line if the file does not say it."""
        if spot.file not in self._trees:
            path = self.directory / spot.file
            data = path.read_bytes() if path.is_file() else b""
            read = read_markdown if path.suffix == ".md" else read_yaml
            self._trees[spot.file] = read(spot.file, data)
        return self._trees[spot.file].key(spot.path)

    def _property(self, proven: Proven) -> str:
        voice = self.edition.voice
        outcome = [*self._counted(proven.findings)] or [voice.plain("prove.holds")]
        if proven.explained:
            outcome.append(voice.plain_count("prove.explained", proven.explained))
        return voice.plain(
            "prove.property-line",
            name=proven.name,
            title=voice.plain(f"prove.property.{proven.name}"),
            things=voice.plain_count("prove.things", proven.looked_at),
            classes=voice.plain_count("prove.classes", proven.tally.classes),
            seconds=f"{proven.seconds:.2f}",
            outcome=voice.plain("list.and").join(outcome),
        )

    def _counted(self, findings: tuple[Finding, ...]) -> Iterator[str]:
        voice = self.edition.voice
        failures = sum(finding.is_failure for finding in findings)
        if failures:
            yield voice.plain_count("prove.failures", failures)
        if warnings := len(findings) - failures:
            yield voice.plain_count("prove.warnings", warnings)

    def _finding(self, finding: Finding) -> Iterator[str]:
        voice, place = self.edition.voice, self.place(finding.spot)
        said = voice.plain(f"prove.finding.{finding.code}", **finding.values)
        graver = "prove.failure-line" if finding.is_failure else "prove.warning-line"
        where = f"{finding.spot.file}:{place.line}:{place.column}"
        yield voice.plain(graver, where=where, code=finding.code, at=finding.spot.at, said=said)
        if finding.witness is not None:
            yield "    " + voice.plain("prove.witness", answers=self._answers(finding.witness))

    def _answers(self, answers: Answered) -> str:
        voice, said = self.edition.voice, []
        for name, value in answers:
            answer = figures.answer(name, value, self.edition)
            if self.edition.guide.questions[name].kind != "governorate":
                label = self.edition.words.questions[name].label
                answer = voice.plain("prove.answer", question=label, answer=answer)
            said.append(answer)
        return " · ".join(said) or voice.plain("prove.whatever")

    def _whole(self, proof: Proof) -> Iterator[str]:
        voice, widest = self.edition.voice, proof.widest
        outcome = [*self._counted(proof.findings)] or [voice.plain("prove.holds")]
        yield voice.plain(
            "prove.whole",
            properties=voice.plain_count("prove.properties", len(proof.properties)),
            classes=voice.plain_count("prove.classes", proof.classes),
            seconds=f"{sum(each.seconds for each in proof.properties):.2f}",
            outcome=voice.plain("list.and").join(outcome),
        )
        if widest.tally.widest:
            yield voice.plain(
                "prove.widest",
                name=widest.name,
                classes=voice.plain_count("prove.classes", widest.tally.widest),
                questions=", ".join(widest.tally.questions),
            )
