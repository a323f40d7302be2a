"""What every Python server of the tests offers: tools, a prompt and resources about the weather."""

import asyncio
from typing import Any

from pydantic import BaseModel, Field

INSTRUCTIONS = "Ask for a city by its name."
STATIONS = [f"station-{number:02}" for number in range(1, 31)]


class Booking(BaseModel):
    """The form that `book` shows: every kind of field that elicitation knows, with and without default."""

    name: str = Field(title="Your name", min_length=1)
    day: str = Field(title="Day of departure", json_schema_extra={"format": "date"})
    guests: int = Field(default=2, ge=1, le=8)
    budget: float = Field(default=99.5)
    seat: str = Field(default="window", json_schema_extra={"enum": ["window", "aisle"]})
    insured: bool = Field(default=True)


def question(city: str) -> str:
    return f"Who travels to {city}, and when?"


def booked(city: str, answer: Any) -> str:
    """The result of `book`, from the answer as the SDK gives it."""
    if answer.action != "accept":
        return f"No journey to {city}: {answer.action}"
    return f"Booked {city} for {answer.data.guests}, {answer.data.name}"


def observation(name: str):
    def read() -> str:
        """The last observation."""
        return f"{name}: 21 °C"

    return read


async def survey(ctx: Any, stations: int) -> str:
    """Asks one station after the other and tells how far it is."""
    for station in range(1, stations + 1):
        await asyncio.sleep(0.02)
        await ctx.report_progress(station, stations, STATIONS[(station - 1) % len(STATIONS)])
    return f"{stations} stations answered"


def offer(server: Any, context: type) -> None:
    """Registers what the FastMCP of every SDK takes in the same words; `context` is the SDK's own class."""

    @server.tool()
    def forecast(city: str) -> str:
        """Weather forecast for a city."""
        return f"Sunny in {city}"

    @server.tool()
    def alerts(region: str) -> list[str]:
        """Warnings in force for a region."""
        return []

    @server.tool()
    def evacuate(city: str) -> str:
        """Fails, always."""
        raise ValueError(f"Nobody can leave {city}")

    # The SDKs find the context by its annotation.
    async def with_context(ctx: context, stations: int = 3) -> str:
        return await survey(ctx, stations)

    server.tool(name="survey", description=survey.__doc__)(with_context)

    @server.prompt()
    def packing_list(city: str, days: str = "3") -> str:
        """What to pack for a journey."""
        return f"What do I pack for {days} days in {city}?"

    @server.resource("observation://{name}")
    def any_observation(name: str) -> str:
        """The last observation of a station."""
        return f"{name}: 21 °C"

    for name in STATIONS:
        server.resource(f"observation://{name}", name=name, mime_type="text/plain")(observation(name))
