"""A model of the EMA Workbench (2.5): experiments, PRIM and feature scoring on cogov, without files.

>>> from ema_workbench import perform_experiments, Policy
>>> model = cogov.ema.model(china, ["sharing.benefit", "sharing.noise"], policies=["thesis-full"])
>>> full = Policy("full", policy_name="thesis-full")
    >>> experiments, outcomes = perform_experiments(model, scenarios=100, policies=[full])
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from . import _cogov
from .asked import Vary
from .plain import typed
from .policy import Policy
from .result import MAIN
from .scenario import AnyPolicy, Scenario

if TYPE_CHECKING:
    import ema_workbench


def identifier(path: str) -> str:
    """The name of an input in the Workbench, where names are Python's: ``sharing.benefit`` is ``sharing_benefit``."""
    return "".join(letter if letter.isalnum() else "_" for letter in path)


def model(
    scenario: Scenario,
    uncertainties: Vary,
    *,
    levers: Vary = (),
    policies: Iterable[AnyPolicy] | None = None,
    outcomes: Iterable[str] = MAIN,
    difference: bool = False,
    name: str = "cogov",
    **options: Any,
) -> ema_workbench.Model:
    """A model whose uncertainties and levers are inputs of ``scenario``; the lever ``policy_name`` is its policy.

    Inputs vary over their plausible range where none is given. Outcomes are means over replications and the
    last 12 months, or with ``difference`` their paired differences from the baseline. ``options`` are
    ``set``, ``seed``, ``replications``, ``months`` and ``threads``.
    """
    from ema_workbench import CategoricalParameter, Model, ScalarOutcome

    call = Call(scenario, list(policies) if policies is not None else None, tuple(outcomes), difference, options)
    made = Model(name, function=call)
    made.uncertainties = [call.parameter(path, over) for path, over in _each(uncertainties)]
    own = [call.parameter(path, over) for path, over in _each(levers)]
    made.levers = [CategoricalParameter("policy_name", call.policies), *own]
    directions = {of: direction for of, _, direction, _ in _cogov.outcomes()}
    kinds = {"up": ScalarOutcome.MAXIMIZE, "down": ScalarOutcome.MINIMIZE}
    made.outcomes = [ScalarOutcome(of, kind=kinds.get(directions[of], ScalarOutcome.INFO)) for of in call.outcomes]
    return made


class Call:
    """What the Workbench calls for an experiment."""

    def __init__(
        self,
        scenario: Scenario,
        policies: list[AnyPolicy] | None,
        outcomes: tuple[str, ...],
        difference: bool,
        options: dict[str, Any],
    ) -> None:
        from .errors import QuestionError

        self._scenario, self._chosen, self._options = scenario, policies, options
        self._difference = difference
        self._names = [name for name, *_ in _cogov.outcomes()]
        unknown = [of for of in outcomes if of not in self._names]
        if unknown:
            raise QuestionError(f"there is no outcome `{unknown[0]}`; cogov.explain('outcomes') lists them")
        self.outcomes = outcomes
        self._paths: dict[str, str] = {}
        self._read: dict[str, Any] = {}
        named = scenario.policies if policies is None else ["baseline", *(getattr(of, "name", of) for of in policies)]
        self.policies = list(dict.fromkeys(str(of) for of in named))
        self._native(self.policies[-1])

    def parameter(self, path: str, over: Any) -> Any:
        """The parameter of the Workbench for an input; ``over`` replaces its plausible range."""
        from ema_workbench import CategoricalParameter, IntegerParameter, RealParameter

        from .errors import QuestionError

        name = identifier(path)
        self._paths[name] = path
        ((_, plausible, words),) = self._scenario.inputs([path])
        if isinstance(over, list) or (over is None and words):
            return CategoricalParameter(name, over or words)
        ends = over or plausible
        if ends is None:
            raise QuestionError(f"`{path}` has no plausible range; give its ends, as {{{path!r}: (0.0, 1.0)}}")
        low, high = ends
        kind = IntegerParameter if isinstance(low, int) and isinstance(high, int) else RealParameter
        return kind(name, low, high)

    def __call__(self, policy_name: str | None = None, **values: Any) -> dict[str, float]:
        chosen = self.policies[-1] if policy_name is None else str(policy_name)
        other = next((of for of in self.policies if of != "baseline"), chosen)
        manner: dict[str, Any] = {
            "out": None,
            "store": None,
            "threads": self._options.get("threads"),
            "checkpoint_every": None,
            "resume": False,
            "force": False,
            "formats": [],
            "report": False,
            "command": [],
            "workers": None,
            "progress": None,
        }
        native = self._native(other if chosen == "baseline" else chosen)
        told = _cogov.evaluate(native, manner, [(self._paths[name], typed(of)) for name, of in values.items()])
        levels, differences = next((levels, differences) for name, levels, differences in told if name == chosen)
        numbers = dict(zip(self._names, differences if self._difference else levels, strict=True))
        return {of: numbers[of] for of in self.outcomes}

    def _native(self, policy: str) -> Any:
        if policy not in self._read:
            options = {key: of for key, of in self._options.items() if key != "threads"}
            written = [of for of in self._chosen or [] if isinstance(of, Policy) and of.name == policy]
            changes = {**options, "worlds": 0, "policies": [policy]}
            self._read[policy] = self._scenario._read(changes, written)
        return self._read[policy]

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_read": {}}


def _each(vary: Vary) -> list[tuple[str, Any]]:
    from collections.abc import Mapping

    return list(vary.items()) if isinstance(vary, Mapping) else [(path, None) for path in vary]
