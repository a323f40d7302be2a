"""The bearer tokens of the test server: `python tokens.py SECONDS [ISSUER]` prints one that expires in so many seconds."""

import sys
import time

import jwt

SECRET = "only-for-tests-on-the-loopback-0123456789"
ISSUER = "https://auth.example.com"
AUDIENCE = "weather"
SCOPE = "weather:read"


def mint(expires_in: int, issuer: str = ISSUER) -> str:
    now = int(time.time())
    claims = {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": "tester",
        "scope": SCOPE,
        "iat": min(now, now + expires_in) - 60,
        "exp": now + expires_in,
    }
    return jwt.encode(claims, SECRET, algorithm="HS256")


def verify(token: str) -> dict | None:
    """The claims of a token that is genuine, for us and still valid."""
    try:
        return jwt.decode(token, SECRET, algorithms=["HS256"], audience=AUDIENCE)
    except jwt.InvalidTokenError:
        return None


if __name__ == "__main__":
    print(mint(int(sys.argv[1]), *sys.argv[2:]))
