// Starts the page. When that fails (an old browser, a file missing on the host), says so instead of staying silent.

const address = (selector) => document.querySelector(selector).href;

async function start() {
  const { default: init } = await import(address('link[rel="modulepreload"]'));
  await init({ module_or_path: address('link[rel="preload"][as="fetch"]') });
  document.getElementById("boot").remove();
}

start().catch((error) => {
  const boot = document.getElementById("boot");
  boot.setAttribute("role", "alert");
  boot.querySelector("p").textContent =
    "The page could not start: its program did not load, or this browser is too old for it. " +
    `Reload, or use a current browser. (${error})`;
});
