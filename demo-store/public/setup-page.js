import { chosenKey, keepKey } from "./shop-key.js";

/** What is wrong with a key, in words, or an empty text. */
export function keyProblem(key, pattern) {
  if (/^sk_/.test(key)) return "That is a secret key. It belongs on a server, never on a page. Use the pk_ key.";
  if (!new RegExp(`^(?:${pattern})$`).test(key)) {
    return "That is not a publishable key: pk_live_ or pk_test_ and 32 letters or digits.";
  }
  return "";
}

/** The form that swaps the publishable key of this browser. */
export function startSetupPage(form) {
  const field = form.elements.namedItem("key");
  const own = form.dataset.defaultKey;
  const snippet = document.querySelector("[data-snippet]");
  const say = (problem, status) => {
    form.querySelector("[data-problem]").textContent = problem;
    form.querySelector("[data-status]").textContent = status;
    field.setAttribute("aria-invalid", String(problem !== ""));
  };
  const show = () => {
    field.value = chosenKey() ?? own;
    for (const tryOn of document.querySelectorAll(".setup trailroom-tryon")) {
      tryOn.setAttribute("publishable-key", field.value);
    }
    snippet.textContent = snippet.textContent.replace(/publishable-key="[^"]*"/, `publishable-key="${field.value}"`);
  };

  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const key = field.value.trim();
    const problem = keyProblem(key, field.pattern);
    if (problem) {
      say(problem, "");
      field.focus();
      return;
    }
    keepKey(key);
    show();
    say("", "Kept in this browser. Every product page uses it now.");
  });
  form.querySelector("[data-reset]").addEventListener("click", () => {
    keepKey(null);
    show();
    say("", "Back to the shop's own key.");
  });
  show();
}
