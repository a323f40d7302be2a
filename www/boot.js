// Starts the page. When that fails (an old browser, a file missing on the host), says so instead of staying silent.
//
// The program comes in two parts. A first visit loads the first; the deferred part, which makes and shows recordings, is loaded
// at the first sign that the page is going to be used, or when the program asks for it.

const SIGNS = ["pointerdown", "keydown", "focusin", "input", "dragover"];

const address = (selector) => document.querySelector(selector).href;

async function start() {
  const { default: init } = await import(address('link[rel="modulepreload"]'));
  const running = init({ module_or_path: address('link[rel="preload"][as="fetch"]') });
  const deferred = document.querySelector('meta[name="deferred"]');
  if (deferred) defer(new URL(deferred.content, document.baseURI), running);
  else window.mcpLoadDeferred = () => running;
  await running;
  // A program that was not split is all there.
  if (!deferred) arrived();
  document.getElementById("boot").remove();
}

const arrived = () => window.dispatchEvent(new Event("mcp-deferred"));

/** Has the deferred part loaded at the first sign, and whenever the program asks for it and waits. */
function defer(file, running) {
  let loading;
  let cache = "default";
  const load = () =>
    (loading ??= instantiate(file, running, cache).catch((error) => {
      // Who asks again shall not get the same answer out of a cache.
      [loading, cache] = [undefined, "reload"];
      throw error;
    }));
  window.mcpLoadDeferred = load;
  const wanted = () => {
    for (const sign of SIGNS) window.removeEventListener(sign, wanted, true);
    // The program asks for it when it needs it, and hears of a failure then.
    load().catch(() => {});
  };
  for (const sign of SIGNS) window.addEventListener(sign, wanted, true);
  if (location.hash) wanted();
}

/** Instantiates the deferred part. It puts its functions into the table of the first part; there is nothing to call. */
async function instantiate(file, running, cache) {
  const response = await fetch(file, { cache });
  if (!response.ok) throw new Error(`${response.status} for ${file.pathname}`);
  await WebAssembly.instantiate(await response.arrayBuffer(), { first: await running });
  arrived();
}

start().catch((error) => {
  const boot = document.getElementById("boot");
  boot.setAttribute("role", "alert");
  boot.querySelector("p").textContent =
    "The page could not start: its program did not load, or this browser is too old for it. " +
    `Reload, or use a current browser. (${error})`;
});
