"""How the Python servers of the tests are put on the loopback: uvicorn, with CORS for pages of any origin."""

from typing import Any

import uvicorn
from starlette.middleware.cors import CORSMiddleware

EXPOSED = ["Mcp-Session-Id", "MCP-Protocol-Version", "WWW-Authenticate", "Allow", "Retry-After"]


def readable(app: Any, exposed: list[str] = EXPOSED) -> Any:
    """The application, readable for pages. The star also covers `Authorization` and `Mcp-Param-*`: Starlette repeats what is asked for."""
    return CORSMiddleware(
        app, allow_origins=["*"], allow_methods=["GET", "POST", "DELETE"], allow_headers=["*"], expose_headers=exposed
    )


def serve(app: Any, port: int) -> None:
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
