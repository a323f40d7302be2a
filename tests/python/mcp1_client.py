"""The client of the Python SDK 1.x, as its README shows it; `clients.py` says how this program is spoken to."""

from datetime import timedelta

from mcp import ClientSession
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamablehttp_client

import clients


async def mcp(url: str, transport: str, headers: dict[str, str]) -> None:
    connect = sse_client if transport == "sse" else streamablehttp_client
    async with connect(url, headers=headers) as (read, write, *_):
        async with ClientSession(read, write, read_timeout_seconds=timedelta(seconds=clients.PATIENCE)) as session:
            await session.initialize()
            await session.list_tools()


if __name__ == "__main__":
    clients.main({"mcp": "mcp"}, {"mcp": mcp})
