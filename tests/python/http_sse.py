"""An HTTP+SSE server of the Python SDK 1.x (2024-11-05): GET /sse, POST /messages/; its tools come in pages."""

import sys

import mcp.types as types
from mcp.server.lowlevel import Server
from mcp.server.sse import SseServerTransport
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount, Route

import weather
import web

PAGE = 10


def main(port: int) -> None:
    server = Server("weather", version="1", instructions=weather.INSTRUCTIONS)
    city = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
    nothing = {"type": "object", "properties": {}}
    tools = [
        types.Tool(name="forecast", description="Weather forecast for a city.", inputSchema=city),
        types.Tool(name="book", description="Books a journey; asks for the details.", inputSchema=city),
        types.Tool(name="survey", description=weather.survey.__doc__, inputSchema=nothing),
        types.Tool(name="open_station", description="Opens a station, which is one more tool.", inputSchema=nothing),
    ]
    tools += [
        types.Tool(name=f"observe_{name}", description="The last observation.", inputSchema=nothing)
        for name in weather.STATIONS
    ]

    @server.list_tools()
    async def list_tools(request: types.ListToolsRequest) -> types.ListToolsResult:
        # Before a call to a tool it does not know, the SDK asks for the list without a request.
        start = int(request.params.cursor or 0) if request and request.params else 0
        more = start + PAGE < len(tools)
        return types.ListToolsResult(tools=tools[start : start + PAGE], nextCursor=str(start + PAGE) if more else None)

    @server.call_tool()
    async def call_tool(name: str, arguments: dict) -> list[types.ContentBlock]:
        return [types.TextContent(type="text", text=await answer(name, arguments))]

    async def answer(name: str, arguments: dict) -> str:
        context = server.request_context
        match name:
            case "forecast":
                return f"Sunny in {arguments['city']}"
            case "book":
                place = arguments["city"]
                form = weather.Booking.model_json_schema()
                given = await context.session.elicit(weather.question(place), form, context.request_id)
                return f"{place}: {given.action} {given.content}"
            case "survey":
                return await weather.survey(Progress(context), 3)
            case "open_station":
                name = f"observe_new_{len(tools)}"
                tools.append(types.Tool(name=name, description="The last observation.", inputSchema=nothing))
                await context.session.send_tool_list_changed()
                return f"{name} is open"
            case _ if name.startswith("observe_"):
                return weather.observation(name)()
            case _:
                raise ValueError(f"Unknown tool: {name}")

    @server.list_prompts()
    async def list_prompts() -> list[types.Prompt]:
        city = types.PromptArgument(name="city", required=True)
        return [types.Prompt(name="packing_list", description="What to pack for a journey.", arguments=[city])]

    @server.get_prompt()
    async def get_prompt(name: str, arguments: dict | None) -> types.GetPromptResult:
        text = types.TextContent(type="text", text=f"What do I pack for {(arguments or {}).get('city')}?")
        return types.GetPromptResult(messages=[types.PromptMessage(role="user", content=text)])

    @server.list_resources()
    async def list_resources() -> list[types.Resource]:
        return [types.Resource(uri=f"observation://{name}", name=name) for name in weather.STATIONS]

    @server.read_resource()
    async def read_resource(uri) -> str:
        return weather.observation(str(uri))()

    transport = SseServerTransport("/messages/")

    async def stream(request) -> Response:
        async with transport.connect_sse(request.scope, request.receive, request._send) as (read, write):
            await server.run(read, write, server.create_initialization_options())
        return Response()

    app = Starlette(
        routes=[Route("/sse", stream, methods=["GET"]), Mount("/messages/", app=transport.handle_post_message)]
    )
    web.serve(web.readable(app), port)


class Progress:
    """The one method of FastMCP's context that `survey` needs."""

    def __init__(self, context) -> None:
        self.context = context

    async def report_progress(self, progress: float, total: float, message: str) -> None:
        meta = self.context.meta
        if meta and meta.progressToken is not None:
            await self.context.session.send_progress_notification(
                meta.progressToken, progress, total, message, str(self.context.request_id)
            )


if __name__ == "__main__":
    main(int(sys.argv[1]))
