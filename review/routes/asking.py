"""What an address asks for."""

from fastapi import Request

_LONGEST = 200


def chosen(request: Request, *names: str) -> dict[str, str]:
    """The filters of an address that are set, in their order."""
    found = {name: request.query_params.get(name, "").strip()[:_LONGEST].replace("\0", "") for name in names}
    return {name: value for name, value in found.items() if value}
