"""A FastMCP server under uvicorn; its options choose what a page finds in its way."""

import argparse

from mcp.server.auth.provider import AccessToken
from mcp.server.auth.settings import AuthSettings
from mcp.server.fastmcp import Context, FastMCP
from mcp.server.transport_security import TransportSecuritySettings

import journey
import tokens
import weather
import web


class JwtVerifier:
    async def verify_token(self, token: str) -> AccessToken | None:
        claims = tokens.verify(token)
        if claims is None:
            return None
        return AccessToken(
            token=token, client_id=claims["sub"], scopes=claims["scope"].split(), expires_at=claims["exp"]
        )


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--cors", action="store_true", help="let pages of any origin read the answers")
    parser.add_argument("--expose", action="store_true", help="let pages see the session id")
    parser.add_argument("--json", action="store_true", help="answer JSON instead of event streams")
    parser.add_argument("--bearer", action="store_true", help="want a token of tokens.py")
    parser.add_argument("--issuer", default=tokens.ISSUER, help="the authorization server that it names")
    parser.add_argument("--only-origin", help="refuse every other origin")
    parser.add_argument("--only-host", help="refuse every other host")
    return parser.parse_args()


def settings(chosen: argparse.Namespace) -> dict:
    """The arguments of FastMCP beyond its defaults, which protect a server on the loopback."""
    loopback = f"127.0.0.1:{chosen.port}"
    result: dict = {"json_response": chosen.json}
    if chosen.only_origin or chosen.only_host:
        result["transport_security"] = TransportSecuritySettings(
            allowed_hosts=[chosen.only_host or loopback],
            allowed_origins=[chosen.only_origin] if chosen.only_origin else ["http://127.0.0.1:*"],
        )
    if chosen.bearer:
        result["token_verifier"] = JwtVerifier()
        result["auth"] = AuthSettings(
            issuer_url=chosen.issuer,
            resource_server_url=f"http://{loopback}/mcp",
            required_scopes=[tokens.SCOPE],
            # The verifier checks the audience.
            validate_token_resource=False,
        )
    return result


def main() -> None:
    chosen = options()
    server = FastMCP("weather", instructions=weather.INSTRUCTIONS, port=chosen.port, **settings(chosen))
    weather.offer(server, Context)
    journey.offer(server)

    @server.tool()
    async def book(city: str, ctx: Context) -> str:
        """Books a journey; asks for the details."""
        return weather.booked(city, await ctx.elicit(weather.question(city), weather.Booking))

    @server.tool()
    async def sign_in(url: str, ctx: Context) -> str:
        """Asks the person to visit a page."""
        answer = await ctx.elicit_url("Please sign in.", url, "sign-in-1")
        return f"{url}: {answer.action}"

    @server.tool()
    async def open_station(name: str, ctx: Context) -> str:
        """Opens a station, which is one more tool."""
        server.add_tool(weather.observation(name), name=f"observe_{name}")
        await ctx.session.send_tool_list_changed()
        return f"{name} is open"

    app = server.streamable_http_app()
    if chosen.cors:
        app = web.readable(app, ["Mcp-Session-Id", "WWW-Authenticate"] if chosen.expose else [])
    web.serve(app, chosen.port)


if __name__ == "__main__":
    main()
