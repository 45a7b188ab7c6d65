import { addLine, cartCount } from "./cart.js";
import { showCartPage } from "./cart-page.js";
import { startProductPage } from "./product-page.js";
import { startSetupPage } from "./setup-page.js";
import { useChosenKey } from "./shop-key.js";

const showCount = () => {
  for (const place of document.querySelectorAll("[data-cart-count]")) place.textContent = String(cartCount());
};

// before the widget's own script runs, so that it starts with the key that this browser has chosen
useChosenKey(document);
showCount();
document.addEventListener("cart:changed", showCount);
window.addEventListener("storage", showCount);

const product = document.querySelector("article.product");
if (product) startProductPage(product, addLine);
const cart = document.querySelector("[data-cart]");
if (cart) void showCartPage(cart);
const setup = document.querySelector("form[data-setup]");
if (setup) startSetupPage(setup);
