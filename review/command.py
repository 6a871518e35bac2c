"""`crossfoot review`: serve the web application."""

from pipeline.commands.common import opened_store
from pipeline.ranking import is_ranked, rank


def review_command(location: str, blobs: str | None, *, host: str, port: int, password: str | None) -> None:
    """Serve the application until it is stopped."""
    import uvicorn

    from review.app import create_app

    with opened_store(location, blobs) as store:
        with store.reading() as connection:
            ready = is_ranked(connection)
        if not ready:
            rank(store)
        print(f"Crossfoot is at http://{host}:{port}/ (stop it with Ctrl-C).", flush=True)
        uvicorn.run(
            create_app(store, password=password), host=host, port=port, log_level="warning", server_header=False
        )
