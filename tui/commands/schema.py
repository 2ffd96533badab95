"""`concord schema`: the JSON Schema of each format, from the very types that check it.

For files that people write (proposal, entries) it is the schema of the front matter: what the
parser adds (source, body, kind) is left out, and lists may be written as one value.
"""

from collections.abc import Callable
from typing import Any

from agent.errors import SettingsError
from knowledge.vocabulary import CLOSED_SETS, FACTS, ORDERED_FACTS
from tui.out import put, put_json

Schema = dict[str, Any]


def run(name: str | None) -> int:
    formats = _formats()
    if name is None:
        for known in formats:
            put(known)
        return 0
    if name not in formats:
        raise SettingsError(f"schema {name}: no such format; there are {', '.join(formats)}")
    put_json(formats[name](), indent=2)
    return 0


def _formats() -> dict[str, Callable[[], Schema]]:
    from agent.schema.decision import Decision, Steps
    from agent.schema.draft import Draft
    from agent.schema.twins import Twins
    from evals.cases import Gold
    from knowledge import entries

    def plain(model: Any) -> Callable[[], Schema]:
        return lambda: dict(model.model_json_schema(by_alias=True))

    def entry(model: Any) -> Callable[[], Schema]:
        return lambda: _entry(model.model_json_schema())

    return {
        "draft": plain(Draft),
        "decision": plain(Decision),
        "twins": plain(Twins),
        "steps": plain(Steps),
        "proposal": _proposal,
        "capability": entry(entries.Capability),
        "policy": _policy,
        "goal": entry(entries.Goal),
        "pattern": entry(entries.Pattern),
        "asset": lambda: _asset(entries.Asset.model_json_schema()),
        "mapping": _mapping,
        "gold": plain(Gold),
    }


def _mapping() -> Schema:
    """`[tables."FOLDER/FILE"]` of concord.toml, and the mappings that ship."""
    from knowledge.columns import KINDS_OF, fields_of
    from knowledge.mappings import names, shipped
    from knowledge.table_settings import Table

    made = Table.model_json_schema()
    ships = {name: shipped(name) for name in names()}
    made["properties"]["mapping"] = {"enum": list(ships)}
    made["$defs"] = {
        "mappings": {n: {"folder": m.folder, "about": m.about} for n, m in ships.items()},
        "fields": {folder: sorted(fields_of(folder)) for folder in KINDS_OF},
    }
    return made


ADDED = ("source", "body", "kind", "policy", "draft", "document")
"""What reading adds to an entry; nobody writes it in front matter."""


def _front_matter(schema: Schema) -> Schema:
    fields = {k: _listed(v) for k, v in schema["properties"].items() if k not in ADDED}
    kept = {k: v for k, v in schema.items() if k not in ("properties", "required")}
    kept["properties"] = fields
    kept["required"] = [k for k in schema.get("required", ()) if k in fields]
    kept.get("$defs", {}).pop("Source", None)
    return kept


def _entry(made: Schema) -> Schema:
    """Every kind of entry may be a draft (`status: draft`) and name where it was imported from."""
    schema = _front_matter(made)
    fields = schema["properties"]
    draft: Schema = {"const": "draft"}
    if "status" in fields:  # of a draft, where it stands in its life is its `stage`
        fields["stage"] = fields["status"]
        draft = {**fields["status"], "anyOf": [*fields["status"]["anyOf"], draft]}
    fields["status"] = draft
    if "Document" in schema.get("$defs", {}):
        fields["source"] = {"$ref": "#/$defs/Document"}
    return schema


def _listed(field: Schema) -> Schema:
    """A list may be written as a single value."""
    if field.get("type") != "array":
        return field
    kept = {k: v for k, v in field.items() if k not in ("type", "items", "default")}
    single = field["items"]
    return kept | {"anyOf": [single, {"type": "array", "items": single}]}


def _asset(schema: Schema) -> Schema:
    made = _entry(schema)
    made["properties"].pop("asset_kind")
    made["properties"]["kind"] = {"enum": ["system", "dataset", "model", "supplier"]}
    return made


def _policy() -> Schema:
    from knowledge.entries import Policy, Requirement

    made = _entry(Policy.model_json_schema())
    requirement = _entry(Requirement.model_json_schema())
    made.setdefault("$defs", {}).update(requirement.pop("$defs", {}))
    made["properties"]["requirements"] = {"type": "array", "items": requirement}
    return made


def _proposal() -> Schema:
    """Every key is optional; facts stand beside the other keys."""
    from agent.schema.proposal import Declared

    made = _front_matter(Declared.model_json_schema())
    made["additionalProperties"] = True
    for parsed in ("facts", "other"):
        made["properties"].pop(parsed)
    for fact in FACTS:
        values = ORDERED_FACTS.get(fact) or CLOSED_SETS.get(fact)
        single: Schema = {"enum": list(values)} if values else {"type": "string"}
        made["properties"][fact] = {"anyOf": [single, {"type": "array", "items": single}]}
    return made
