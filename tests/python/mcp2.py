"""A server of the Python SDK 2.x, which speaks 2026-07-28 and, to older clients, the handshake: `mcp2.py PORT`."""

import sys
from typing import Annotated

from mcp.server.elicitation import ElicitationResult
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.resolve import Elicit, Resolve

import weather
import web


def main(port: int) -> None:
    server = MCPServer("weather", instructions=weather.INSTRUCTIONS, version="2")
    weather.offer(server, Context)

    def details(city: str) -> Elicit[weather.Booking]:
        return Elicit(weather.question(city), weather.Booking)

    @server.tool()
    def book(city: str, answer: Annotated[ElicitationResult[weather.Booking], Resolve(details)]) -> str:
        """Books a journey; asks for the details."""
        return weather.booked(city, answer)

    @server.tool()
    async def open_station(name: str, ctx: Context) -> str:
        """Opens a station, which is one more tool."""
        server.add_tool(weather.observation(name), name=f"observe_{name}")
        # One for streams of `subscriptions/listen`, one for GET streams.
        await ctx.notify_tools_changed()
        await ctx.session.send_tool_list_changed()
        return f"{name} is open"

    web.serve(web.readable(server.streamable_http_app()), port)


if __name__ == "__main__":
    main(int(sys.argv[1]))
