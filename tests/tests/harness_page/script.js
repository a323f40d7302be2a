const [button] = document.querySelectorAll("button");
button.addEventListener("click", async () => {
  const main = document.querySelector("main");
  main.dataset.phase = "running";
  const response = await fetch(document.querySelector("input").value).catch(String);
  document.querySelector("p").textContent = response.status ?? response;
  main.dataset.phase = "done";
});
