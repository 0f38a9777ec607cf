"""Tools that analysts have at home: the EMA Workbench and SALib, without files."""

from __future__ import annotations

import logging
import pickle

import numpy as np
import pytest
from ema_workbench import Policy, Samplers, ema_logging, perform_experiments
from ema_workbench.analysis import feature_scoring, prim
from SALib.analyze import sobol
from SALib.sample import sobol as sample

import cogov

INPUTS = {"sharing.benefit": (0.5, 6.0), "sharing.noise": (0.05, 0.5)}


def test_the_workbench_experiments_on_a_model(small: cogov.Scenario) -> None:
    ema_logging.log_to_stderr(logging.ERROR)
    model = cogov.ema.model(
        small, INPUTS, policies=["mandate"], outcomes=["data_sharing_rate", "openness"], replications=2, threads=1
    )
    policies = [Policy("nothing", policy_name="baseline"), Policy("duty", policy_name="mandate")]
    experiments, outcomes = perform_experiments(
        model, scenarios=30, policies=policies, uncertainty_sampling=Samplers.LHS
    )
    sharing = outcomes["data_sharing_rate"]
    assert sharing.shape == (60,) and np.isfinite(sharing).all()
    assert set(experiments["policy_name"]) == {"baseline", "mandate"}
    x = experiments[["sharing_benefit", "sharing_noise"]]
    scores = feature_scoring.get_feature_scores_all(x, {"data_sharing_rate": sharing})
    assert set(scores.index) == {"sharing_benefit", "sharing_noise"}
    box = prim.Prim(x, sharing > np.median(sharing), threshold=0.5).find_box()
    assert box is not None


def test_an_experiment_is_the_study_at_that_point(small: cogov.Scenario) -> None:
    model = cogov.ema.model(
        small,
        ["sharing.benefit"],
        levers={"policy.mandate.duty.dose": (0.0, 2.0)},
        policies=["mandate"],
        difference=True,
    )
    call = pickle.loads(pickle.dumps(model.function))
    found = call(policy_name="mandate", sharing_benefit=2.0, policy_mandate_duty_dose=0.5)
    design = [{"sharing.benefit": 2.0, "policy.mandate.duty.dose": 0.5}]
    points = small.sweep(design=design, policies=["mandate"], progress=False).points.to_pylist()
    assert {of["outcome"]: of["mean_difference"] for of in points} == found
    assert set(call(policy_name="baseline", sharing_benefit=2.0, policy_mandate_duty_dose=0.5).values()) == {0.0}
    with pytest.raises(cogov.QuestionError, match="no outcome `happiness`"):
        cogov.ema.model(small, INPUTS, outcomes=["happiness"])


def test_salib_finds_indices(small: cogov.Scenario) -> None:
    problem = cogov.salib.problem(small, INPUTS)
    assert problem["bounds"] == [[0.5, 6.0], [0.05, 0.5]]
    points = sample.sample(problem, 8)
    found = cogov.salib.evaluate(
        small, problem, points, "data_sharing_rate", policy="mandate", replications=2, progress=False
    )
    assert found.shape == (len(points),)
    table = cogov.salib.table(problem, sobol.analyze(problem, found, seed=1))
    assert table["input"].to_pylist() == problem["names"] and "ST" in table.column_names
    with pytest.raises(cogov.QuestionError, match="nothing says what to vary"):
        cogov.salib.problem(small)
    with pytest.raises(cogov.ScenarioError, match="sharing.benefitt"):
        cogov.salib.problem(small, ["sharing.benefitt"])
