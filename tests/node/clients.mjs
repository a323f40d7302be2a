// The clients of the TypeScript SDK 1.x and 2.x and of the AI SDK, as their documentation shows them: `node clients.mjs`.
// It is spoken to, and answers, like the Python programs: tests/python/clients.py says how.

import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { inspect } from 'node:util';

import { createMCPClient } from '@ai-sdk/mcp';
import { Client, SSEClientTransport, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as Client1 } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport as SSEClientTransport1 } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport as StreamableHTTPClientTransport1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

/** The time limit of a request, in milliseconds: far longer than any answer on the loopback takes, however busy the machine is. */
const PATIENCE = 10_000;
/** What has no time limit of its own is ended after so long: some clients wait twice, once for each era. */
const END = 3 * PATIENCE;

/** So many runs may begin at once. One that has said nothing for a while no longer counts: it waits, and needs no processor. */
const BEGINNING = 6;
const BEGUN_AFTER = 1_000;

const INFO = { name: 'lab', version: '0' };

/** What the client under test said besides its error. */
const log = new AsyncLocalStorage();
const noted = error => {
  // That requests were aborted is what ending a run brings with it.
  if (!/aborted/.test(error.message)) log.getStore()?.push(`onerror: ${error.message}`);
};
for (const level of ['debug', 'info', 'log', 'warn', 'error']) {
  console[level] = (...words) => void log.getStore()?.push(`console: ${words.join(' ')}`);
}
const say = what => process.stdout.write(`${JSON.stringify(what)}\n`);

async function sdk(client, transport) {
  client.onerror = noted;
  await client.connect(transport, { timeout: PATIENCE });
  await client.listTools(undefined, { timeout: PATIENCE });
  return client;
}

const CLIENTS = {
  'typescript-1': (url, sse, requestInit) =>
    sdk(new Client1(INFO), new (sse ? SSEClientTransport1 : StreamableHTTPClientTransport1)(url, { requestInit })),
  'typescript-2': (url, sse, requestInit) =>
    sdk(new Client(INFO), new (sse ? SSEClientTransport : StreamableHTTPClientTransport)(url, { requestInit })),
  'typescript-2-auto': (url, sse, requestInit) =>
    sdk(
      new Client(INFO, { versionNegotiation: { mode: 'auto' } }),
      new (sse ? SSEClientTransport : StreamableHTTPClientTransport)(url, { requestInit }),
    ),
  'ai-sdk': async (url, sse, { headers }) => {
    const transport = { type: sse ? 'sse' : 'http', url: url.href, headers };
    const client = await createMCPClient({ transport, onUncaughtError: noted });
    await client.tools();
    return client;
  },
};

const PACKAGES = {
  'typescript-1': '@modelcontextprotocol/sdk',
  'typescript-2': '@modelcontextprotocol/client',
  'typescript-2-auto': '@modelcontextprotocol/client',
  'ai-sdk': '@ai-sdk/mcp',
};

const version = of => JSON.parse(readFileSync(new URL(`node_modules/${of}/package.json`, import.meta.url))).version;

const after = (time, value) => new Promise(resolve => setTimeout(resolve, time, value).unref());

/** `fetch failed` says nothing by itself: Node prints what it was caused by below it. */
function message(error) {
  const causes = [];
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    causes.push(`${name(cause)}: ${cause.message}`);
  }
  return [error.message, ...causes].join(' ← ');
}

/** The name that Node prints: not every class sets its own. */
function name(error) {
  return /\w+/.exec(inspect(error))?.[0] ?? error.name;
}

function described(error) {
  return { wrapped: false, class: name(error), code: error.code ?? null, message: message(error) };
}

async function outcome({ run, client, url, transport, token }) {
  const lines = [];
  const requestInit = { headers: token ? { Authorization: `Bearer ${token}` } : {} };
  const begun = performance.now();
  let error = null;
  try {
    const open = log.run(lines, () => CLIENTS[client](new URL(url), transport === 'sse', requestInit));
    const connected = await Promise.race([open, after(END)]);
    open.catch(() => {});
    await connected?.close();
  } catch (thrown) {
    error = described(thrown);
  }
  return { run, hung: performance.now() - begun > PATIENCE - 1_000, error, log: lines };
}

let beginning = 0;
const waiting = [];

async function begin(order) {
  if (beginning === BEGINNING) await new Promise(resolve => waiting.push(resolve));
  else beginning += 1;
  const over = outcome(order).then(say);
  await Promise.race([over, after(BEGUN_AFTER)]);
  const next = waiting.shift();
  if (next) next();
  else beginning -= 1;
  await over;
}

const versions = Object.fromEntries(Object.entries(PACKAGES).map(([client, of]) => [client, version(of)]));
say({ versions });

// What a client throws where nobody can catch it is a line of its log, and no end of this program.
process.on('unhandledRejection', noted);

const runs = [];
for await (const line of createInterface({ input: process.stdin })) runs.push(begin(JSON.parse(line)));
await Promise.all(runs);
process.exit();
