// A server of the TypeScript SDK 2.x, which speaks 2026-07-28: `node modern.mjs PORT [reject]`.
// To older clients it speaks the handshake without sessions, or refuses them when told to.

import { createServer } from 'node:http';

import { toNodeHandler } from '@modelcontextprotocol/node';
import { McpServer, ResourceTemplate, createMcpHandler, fromJsonSchema, inputRequired } from '@modelcontextprotocol/server';

const [port, legacy = 'stateless'] = process.argv.slice(2);
const STATIONS = Array.from({ length: 30 }, (_, index) => `station-${String(index + 1).padStart(2, '0')}`);
const PAGE = 10;
const EXPOSED = 'Mcp-Session-Id, MCP-Protocol-Version, WWW-Authenticate, Allow, Retry-After';

/** Stations that were opened since the start: each is one more tool. */
const opened = new Set();

const text = text => ({ content: [{ type: 'text', text }] });
const object = (properties, required) => fromJsonSchema({ type: 'object', properties, required });
const city = { type: 'string', description: 'Its name' };

/** The form that `book` shows: every kind of field that elicitation knows, with and without default. */
const BOOKING = {
  type: 'object',
  properties: {
    name: { type: 'string', title: 'Your name', minLength: 1 },
    day: { type: 'string', title: 'Day of departure', format: 'date' },
    guests: { type: 'integer', minimum: 1, maximum: 8, default: 2 },
    budget: { type: 'number', default: 99.5 },
    seat: { type: 'string', enum: ['window', 'aisle'], default: 'window' },
    insured: { type: 'boolean', default: true },
  },
  required: ['name', 'day'],
};

/** The server of one request: this SDK makes a new one for each. */
function weather() {
  const server = new McpServer(
    { name: 'weather', version: '2' },
    { instructions: 'Ask for a city by its name.', capabilities: { tools: { listChanged: true }, resources: {} } },
  );

  // The annotation asks clients of 2026-07-28 to send the city as the header Mcp-Param-City as well.
  const annotated = object({ city: { ...city, 'x-mcp-header': 'City' } }, ['city']);
  server.registerTool('forecast', { description: 'Weather forecast for a city.', inputSchema: annotated }, ({ city }) =>
    text(`Sunny in ${city}`),
  );

  server.registerTool('evacuate', { description: 'Fails, always.', inputSchema: object({ city }, ['city']) }, ({ city }) => {
    throw new Error(`Nobody can leave ${city}`);
  });

  const stations = object({ stations: { type: 'integer', default: 3 } });
  const asking = { description: 'Asks one station after the other and tells how far it is.', inputSchema: stations };
  server.registerTool('survey', asking, async ({ stations = 3 }, ctx) => {
    const progressToken = ctx.mcpReq._meta?.progressToken;
    for (let progress = 1; progress <= stations; progress += 1) {
      await new Promise(resolve => setTimeout(resolve, 20));
      if (progressToken === undefined) continue;
      const params = { progressToken, progress, total: stations, message: STATIONS[(progress - 1) % STATIONS.length] };
      await ctx.mcpReq.notify({ method: 'notifications/progress', params });
    }
    return text(`${stations} stations answered`);
  });

  const booking = { description: 'Books a journey; asks for the details.', inputSchema: object({ city }, ['city']) };
  server.registerTool('book', booking, ({ city }, ctx) => {
    const answer = ctx.mcpReq.inputResponses?.details;
    if (!answer) {
      const details = inputRequired.elicit({ message: `Who travels to ${city}, and when?`, requestedSchema: BOOKING });
      return inputRequired({ inputRequests: { details }, requestState: city });
    }
    if (answer.action !== 'accept') return text(`No journey to ${city}: ${answer.action}`);
    return text(`Booked ${city} for ${answer.content.guests}, ${answer.content.name}`);
  });

  const opening = { description: 'Opens a station, which is one more tool.', inputSchema: object({ name: { type: 'string' } }, ['name']) };
  server.registerTool('open_station', opening, ({ name }) => {
    opened.add(name);
    handler.notify.toolsChanged();
    return text(`${name} is open`);
  });
  for (const name of opened) {
    server.registerTool(`observe_${name}`, { description: 'The last observation.' }, () => text(`${name}: 21 °C`));
  }

  const packing = { description: 'What to pack for a journey.', argsSchema: object({ city }, ['city']) };
  server.registerPrompt('packing_list', packing, ({ city }) => ({
    messages: [{ role: 'user', content: { type: 'text', text: `What do I pack for ${city}?` } }],
  }));

  const template = new ResourceTemplate('observation://{name}', { list: undefined });
  server.registerResource('observation', template, { description: 'The last observation of a station.' }, (uri, { name }) => ({
    contents: [{ uri: uri.href, text: `${name}: 21 °C` }],
  }));
  server.server.setRequestHandler('resources/list', ({ params }) => {
    const start = Number(params?.cursor ?? 0);
    const page = STATIONS.slice(start, start + PAGE).map(name => ({ uri: `observation://${name}`, name }));
    return { resources: page, ...(start + PAGE < STATIONS.length && { nextCursor: String(start + PAGE) }) };
  });
  return server;
}

const handler = createMcpHandler(weather, { legacy });
const serve = toNodeHandler(handler);

createServer((request, response) => {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Expose-Headers', EXPOSED);
  if (request.method !== 'OPTIONS') return serve(request, response);
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, DELETE');
  // A list could not name Mcp-Param-*, and the star does not cover Authorization (Fetch standard).
  response.setHeader('Access-Control-Allow-Headers', request.headers['access-control-request-headers'] ?? '');
  response.writeHead(204).end();
}).listen(Number(port), '127.0.0.1');
