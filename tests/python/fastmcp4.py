"""A FastMCP 4 server, which speaks 2026-07-28 and, to older clients, the handshake: `fastmcp4.py PORT`.

Its lists come in pages, and its event streams can be resumed in the handshake era.
"""

import asyncio
import sys

from fastmcp import Context, FastMCP
from fastmcp.server.elicitation import AcceptedElicitation, get_elicitation_schema
from fastmcp.server.event_store import EventStore
from mcp_types import ElicitRequest, ElicitRequestFormParams, InputRequiredResult, ToolListChangedNotification

import weather
import web

PAGE = 4
RETRY_MILLISECONDS = 300


def main(port: int) -> None:
    server = FastMCP("weather", instructions=weather.INSTRUCTIONS, version="4", list_page_size=PAGE)
    weather.offer(server, Context)

    @server.tool
    async def book(city: str, ctx: Context) -> str | InputRequiredResult:
        """Books a journey; asks for the details."""
        if ctx.request_context.protocol_version < "2026-07-28":
            return weather.booked(city, await ctx.elicit(weather.question(city), weather.Booking))
        answer = (ctx.input_responses or {}).get("details")
        if answer is None:
            form = ElicitRequestFormParams(
                message=weather.question(city), requested_schema=get_elicitation_schema(weather.Booking)
            )
            return InputRequiredResult(input_requests={"details": ElicitRequest(params=form)}, request_state=city)
        if answer.action == "accept":
            answer = AcceptedElicitation(data=weather.Booking.model_validate(answer.content))
        return weather.booked(city, answer)

    @server.tool
    async def open_station(name: str, ctx: Context) -> str:
        """Opens a station, which is one more tool."""
        server.tool(weather.observation(name), name=f"observe_{name}")
        await ctx.send_notification(ToolListChangedNotification())
        return f"{name} is open"

    @server.tool
    async def hang_up(ctx: Context) -> str:
        """Closes the event stream before it answers; a client has to ask for the rest (2025-11-25)."""
        await ctx.close_sse_stream()
        await asyncio.sleep(0.1)
        return "Still here"

    app = server.http_app(path="/mcp", event_store=EventStore(), retry_interval=RETRY_MILLISECONDS)
    web.serve(web.readable(app), port)


if __name__ == "__main__":
    main(int(sys.argv[1]))
