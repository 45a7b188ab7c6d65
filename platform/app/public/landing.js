// The landing page has no cart: whoever wants the button for a shop of their own is led to where it begins.
document.addEventListener("trailroom:add-to-cart", () => location.assign("/register"));
