"""Runs clients against many servers at once, and says of each run what a person would have seen.

On standard input comes one JSON object a line: `run` (repeated in the answer), `client`, `url`, `transport` (`http` or `sse`)
and `token` (or null). On standard output goes, when the program is ready, a line with the installed `versions` by client, and a line
for each run when it is over, in whatever order:

    {"run": 7, "hung": false, "error": {"wrapped": true, "class": "McpError", "code": 32600, "message": "…"}, "log": ["…"]}

`error` is null when the handshake and `tools/list` came to their end; it is the leaf where the client raised an exception group.
`hung` says that nothing happened until a time limit ended it: `error` is then what the client makes of a limit that was set
with its own means, or null when it has none for that.
"""

import contextvars
import json
import logging
import sys
import time
from collections.abc import Awaitable, Callable
from importlib.metadata import version

import anyio
import anyio.to_thread

# The time limit of a request, in seconds: far longer than any answer on the loopback takes, however busy the machine is.
PATIENCE = 10
# What has no time limit of its own is ended after so many seconds: some clients wait twice, once for each era.
END = 3 * PATIENCE

# So many runs may begin at once. One that has said nothing for a while no longer counts: it waits, and needs no processor.
BEGINNING = 6
BEGUN_AFTER = 1

Client = Callable[[str, str, dict[str, str]], Awaitable[None]]

log: contextvars.ContextVar[list[str]] = contextvars.ContextVar("log")


class Log(logging.Handler):
    """Keeps what a client logs with the run it belongs to: tasks inherit the context they were made in."""

    def emit(self, record: logging.LogRecord) -> None:
        lines = log.get(None)
        if lines is None:
            return
        text = f"{record.name.split('.')[-1]}: {record.getMessage()}"
        error = record.exc_info and record.exc_info[1]
        lines.append(f"{text} ({type(error).__name__}: {error})" if error else text)


def leaf(error: BaseException) -> BaseException:
    while inner := getattr(error, "exceptions", None):
        error = inner[0]
    return error


def described(error: BaseException) -> dict:
    inner = leaf(error)
    # A JSON-RPC error as the SDK 1.x and 2.x carry it.
    code = getattr(getattr(inner, "error", None), "code", None)
    return {"wrapped": inner is not error, "class": type(inner).__name__, "code": code, "message": str(inner)}


async def outcome(client: Client, order: dict) -> dict:
    headers = {"Authorization": f"Bearer {order['token']}"} if order["token"] else {}
    lines: list[str] = []
    log.set(lines)
    begun = time.monotonic()
    error = None
    try:
        with anyio.move_on_after(END):
            await client(order["url"], order["transport"], headers)
    except Exception as raised:
        error = described(raised)
    return {"run": order["run"], "hung": time.monotonic() - begun > PATIENCE - 1, "error": error, "log": lines}


async def serve(clients: dict[str, Client]) -> None:
    beginning = anyio.Semaphore(BEGINNING)

    async def run(order: dict, over: anyio.Event) -> None:
        print(json.dumps(await outcome(clients[order["client"]], order)), flush=True)
        over.set()

    async def begin(over: anyio.Event) -> None:
        with anyio.move_on_after(BEGUN_AFTER):
            await over.wait()
        beginning.release()

    async with anyio.create_task_group() as runs:
        while line := await anyio.to_thread.run_sync(sys.stdin.readline):
            await beginning.acquire()
            over = anyio.Event()
            runs.start_soon(run, json.loads(line), over)
            runs.start_soon(begin, over)


def main(packages: dict[str, str], clients: dict[str, Client]) -> None:
    """Serves `clients`; `packages` names the package of each."""
    logging.basicConfig(level=logging.WARNING, handlers=[Log()])
    print(json.dumps({"versions": {client: version(package) for client, package in packages.items()}}), flush=True)
    anyio.run(serve, clients)
