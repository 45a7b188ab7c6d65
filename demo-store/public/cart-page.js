import { cartLines, keepLines } from "./cart.js";

const rupees = new Intl.NumberFormat("en-IN", { style: "currency", currency: "INR", maximumFractionDigits: 0 });

/** An element with properties and children. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function stepper(line, title, change) {
  const step = (label, by) =>
    element("button", {
      type: "button",
      textContent: by > 0 ? "+" : "−",
      ariaLabel: `${label} ${title}`,
      onclick: () => change(line, by),
    });
  return element(
    "span",
    { className: "stepper" },
    step("One fewer:", -1),
    element("span", { textContent: String(line.quantity), ariaLabel: `${line.quantity} pieces` }),
    step("One more:", 1),
  );
}

function row(line, product, change) {
  const colour = product.colours.find(({ id }) => id === line.colour) ?? product.colours[0];
  const address = `/products/${product.slug}?colour=${colour.id}`;
  const picture = element("img", { src: colour.picture, alt: "", width: 1000, height: 1200 });
  return element(
    "li",
    { className: "line" },
    element("a", { href: address, className: "tile", tabIndex: -1, ariaHidden: "true" }, picture),
    element(
      "span",
      { className: "line-words" },
      element("a", { href: address, className: "card-title", textContent: product.title }),
      element("span", { className: "card-note", textContent: `${colour.name} · ${line.size}` }),
      stepper(line, product.title, change),
    ),
    element("span", { className: "price", textContent: rupees.format((product.pricePaise * line.quantity) / 100) }),
  );
}

/** Shows the cart's lines with today's titles and prices, and keeps them up to date. */
export async function showCartPage(cart) {
  const products = await (await fetch("/products.json")).json();
  const find = ({ slug }) => products.find((product) => product.slug === slug);
  const change = (line, by) =>
    keepLines(
      cartLines().flatMap((each) => {
        const same = each.slug === line.slug && each.colour === line.colour && each.size === line.size;
        const quantity = same ? each.quantity + by : each.quantity;
        return quantity > 0 ? [{ ...each, quantity }] : [];
      }),
    );
  const show = () => {
    const lines = cartLines().filter(find);
    const sum = lines.reduce((total, line) => total + find(line).pricePaise * line.quantity, 0);
    cart.querySelector("[data-cart-lines]").replaceChildren(...lines.map((line) => row(line, find(line), change)));
    cart.querySelector("[data-cart-empty]").hidden = lines.length > 0;
    cart.querySelector("[data-cart-total]").hidden = lines.length === 0;
    cart.querySelector("[data-cart-sum]").textContent = rupees.format(sum / 100);
  };
  cart.querySelector("[data-cart-clear]").addEventListener("click", () => keepLines([]));
  document.addEventListener("cart:changed", show);
  show();
}
