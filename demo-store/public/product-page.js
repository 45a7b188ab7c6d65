/** Variants, the cart button and the try-on element of one product page. */
export function startProductPage(article, addLine) {
  const { slug } = article.dataset;
  const choices = article.querySelector("[data-choices]");
  const picture = article.querySelector("[data-product-picture]");
  const tryOn = article.querySelector("trailroom-tryon");
  const title = article.querySelector("h1").textContent;
  const chosen = (name) => choices.elements.namedItem(name);

  const showColour = () => {
    const { value, dataset } = choices.querySelector("input[name=colour]:checked");
    picture.src = dataset.picture;
    picture.alt = `${title} in ${dataset.name}`;
    article.querySelector("[data-chosen-colour]").textContent = dataset.name;
    const garment = tryOn.hasAttribute("bottom-image") ? "bottom-image" : "product-image";
    tryOn.setAttribute(garment, dataset.picture);
    tryOn.setAttribute("product-id", `${slug}-${value}`);
    history.replaceState(null, "", `${location.pathname}?colour=${value}`);
  };

  const add = () => {
    const piece = { slug, colour: chosen("colour").value, size: chosen("size").value };
    addLine(piece);
    const { name } = choices.querySelector("input[name=colour]:checked").dataset;
    const link = Object.assign(document.createElement("a"), { href: "/cart", textContent: "View cart" });
    article.querySelector("[data-status]").replaceChildren(`${title}, ${name}, ${piece.size}: in your cart. `, link);
  };

  choices.addEventListener("change", (event) => {
    if (event.target.name === "colour") showColour();
  });
  choices.addEventListener("submit", (event) => event.preventDefault());
  article.querySelector("[data-add-to-cart]").addEventListener("click", add);
  tryOn.addEventListener("trailroom:add-to-cart", add);
}
