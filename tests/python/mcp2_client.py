"""The clients of the Python SDK 2.x and of FastMCP 4, as their documentation shows them; see `clients.py`."""

from fastmcp import Client as FastMcpClient
from fastmcp.client.transports import SSETransport, StreamableHttpTransport
from mcp import Client
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

import clients


async def mcp(url: str, transport: str, headers: dict[str, str]) -> None:
    if transport == "sse":
        connection = sse_client(url, headers=headers)
    else:
        connection = streamable_http_client(url, http_client=create_mcp_http_client(headers=headers))
    async with Client(connection, read_timeout_seconds=clients.PATIENCE) as client:
        await client.list_tools()


async def fastmcp(url: str, transport: str, headers: dict[str, str]) -> None:
    connection = (SSETransport if transport == "sse" else StreamableHttpTransport)(url, headers=headers)
    # Its `timeout` would limit the request and, by the same time, the connection under it: which one is told is chance.
    async with FastMcpClient(connection) as client:
        await client.list_tools()


if __name__ == "__main__":
    clients.main({"mcp": "mcp", "fastmcp": "fastmcp-slim"}, {"mcp": mcp, "fastmcp": fastmcp})
