"""`concord schema`: the JSON Schema of each format, from the very types that check it."""

import json
from typing import Any

from agent.errors import SettingsError
from tui.out import put


def run(name: str | None) -> int:
    models = _models()
    if name is None:
        for known in models:
            put(known)
        return 0
    if name not in models:
        raise SettingsError(f"schema {name}: no such format; there are {', '.join(models)}")
    put(json.dumps(models[name].model_json_schema(by_alias=True), indent=2, ensure_ascii=False))
    return 0


def _models() -> dict[str, Any]:
    from agent.schema.decision import Decision, Steps
    from agent.schema.draft import Draft
    from agent.schema.proposal import Declared
    from knowledge import entries

    return {
        "draft": Draft,
        "decision": Decision,
        "steps": Steps,
        "proposal": Declared,
        "capability": entries.Capability,
        "policy": entries.Policy,
        "requirement": entries.Requirement,
        "goal": entries.Goal,
        "pattern": entries.Pattern,
        "asset": entries.Asset,
    }
