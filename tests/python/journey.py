"""A tool whose arguments are Pydantic models inside one another, as FastMCP describes them to a client."""

import datetime
import enum
from typing import Annotated, Any, Literal, Optional

from pydantic import BaseModel, Field


class Class(str, enum.Enum):
    first = "first"
    second = "second"


class Address(BaseModel):
    street: str = Field(min_length=1)
    zip: str = Field(pattern=r"^\d{5}$")
    country: Optional[str] = None


class Traveller(BaseModel):
    name: str
    age: int = Field(ge=0, lt=150)
    home: Address
    work: Optional[Address] = None
    tags: list[str] = []


def offer(server: Any) -> None:
    @server.tool()
    def plan_journey(
        traveller: Traveller,
        day: datetime.date,
        seats: Annotated[list[Class], Field(max_length=2)] = [Class.second],
        budget: float | None = None,
        stops: list[Address] = [],
        size: Literal["S", "M", "L"] = "M",
        either: int | str = "any",
        note: str = None,
    ) -> str:
        """Says what it understood."""
        return " ".join(
            str(part)
            for part in [
                traveller.name, traveller.age, traveller.home.zip, traveller.tags, day.isoformat(), [seat.value for seat in seats],
                budget, [stop.zip for stop in stops], size, repr(either), note,
            ]
        )
