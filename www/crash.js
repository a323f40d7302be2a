// What a person sees when the program dies. It works without WebAssembly: after a trap the program must not be called again.

const RECORDING = "mcpRecording";

function button(text, run) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.addEventListener("click", run);
  return button;
}

function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([window[RECORDING]], { type: "application/json" }));
  link.download = "mcp-session.trace.json";
  link.click();
  URL.revokeObjectURL(link.href);
}

function crashed(reason) {
  if (document.getElementById("crash")) return;
  const box = document.createElement("div");
  box.id = "crash";
  box.setAttribute("role", "alertdialog");
  box.setAttribute("aria-modal", "true");
  box.setAttribute("aria-labelledby", "crash-title");
  const card = document.createElement("div");
  const title = document.createElement("h2");
  title.id = "crash-title";
  title.textContent = "The inspector has stopped working";
  const text = document.createElement("p");
  text.textContent = window[RECORDING]
    ? "This is a fault of this page, not of your server. What was recorded until now can still be saved."
    : "This is a fault of this page, not of your server. Nothing had been recorded.";
  const detail = document.createElement("pre");
  detail.textContent = reason;
  const row = document.createElement("div");
  row.className = "row";
  if (window[RECORDING]) row.append(button("Download trace", save));
  const restart = button("Restart", () => location.reload());
  restart.className = "primary";
  row.append(restart);
  card.append(title, text, detail, row);
  box.append(card);
  document.body.append(box);
  restart.focus();
}

// A panic tells its reason first; a trap (out of memory, stack overflow) only shows as a RuntimeError or RangeError.
const isTrap = (error) => error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
window.addEventListener("mcp-panic", (event) => crashed(event.detail));
window.addEventListener("error", (event) => isTrap(event.error) && crashed(String(event.error)));
window.addEventListener("unhandledrejection", (event) => isTrap(event.reason) && crashed(String(event.reason)));
