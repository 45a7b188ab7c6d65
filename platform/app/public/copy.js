// Gives each block of code a button that copies it. Without this script the page is whole all the same.
const script = document.querySelector("script[data-copy]");

for (const block of document.querySelectorAll(".code")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "code-copy";
  button.textContent = script.dataset.copy;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(block.querySelector("code").textContent);
      button.textContent = script.dataset.copied;
      setTimeout(() => {
        button.textContent = script.dataset.copy;
      }, 2000);
    } catch {
      // not allowed here: the text can still be selected
      getSelection().selectAllChildren(block.querySelector("code"));
    }
  });
  block.append(button);
}
