"""The review on a port of its own, for as long as it is measured or looked at."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from pipeline.store.database import Store
from review.app import create_app
from schemas.errors import CrossfootError

_PATIENCE = 30.0


@contextmanager
def served(store: Store) -> Iterator[str]:
    """The address of the application over a store. Raises CrossfootError when it does not start."""
    # The protocol is named because asyncio sends at once, instead of waiting for more, only where it knows that it is TCP.
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(create_app(store), log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        waited = time.monotonic() + _PATIENCE
        while not server.started:
            if not thread.is_alive() or time.monotonic() > waited:
                raise CrossfootError("The review did not start.")
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(_PATIENCE)
