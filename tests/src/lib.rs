//! What the tests share: servers, a browser and fixtures.
