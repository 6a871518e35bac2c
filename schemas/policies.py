"""Which of several reported values a series uses: a policy for each measure, and decisions, from a small file."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from schemas.errors import UsageError
from schemas.vocabulary import load_vocabulary

PolicyName = Literal["own-year", "latest", "decision"]
"""own-year: the period's own report; latest: the last report that speaks of it; decision: what was decided, or else as own-year."""


class Decision(BaseModel):
    """The value that somebody decided on for one observation, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Decimal
    why: str


class Policy(BaseModel):
    """The policy of each measure, `default` for those not named; decisions are by observation id."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    default: PolicyName = "decision"
    measures: Mapping[str, PolicyName] = {}
    decisions: Mapping[str, Decision] = {}

    def of(self, measure: str) -> PolicyName:
        """The policy of a measure."""
        return self.measures.get(measure, self.default)


def read_policy(path: Path | None) -> Policy:
    """The policy of a YAML or TOML file, or the usual one. Raises UsageError when it is none, or names a measure that does not exist."""
    if path is None:
        return Policy()
    advice = "default: own-year|latest|decision, measures: {compliments: latest}, decisions: {OBSERVATION_ID: {value: 74, why: ...}}"
    try:
        text = path.read_text(encoding="utf-8")
        loaded: Any = tomllib.loads(text) if path.suffix == ".toml" else yaml.safe_load(text)
        policy = Policy.model_validate(loaded if loaded is not None else {})
        if unknown := sorted(set(policy.measures) - {measure.code for measure in load_vocabulary().measures}):
            raise ValueError(f"there is no measure {unknown[0]}")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", advice="Give another --policy.") from None
    except (ValueError, yaml.YAMLError) as error:
        reason = _reason(error)
        raise UsageError(f"{path} is no policy: {reason}.", advice=f"It holds {advice}.") from None
    else:
        return policy


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc'])) or 'the file'}: {first['msg']}"
    return str(error).splitlines()[0]
