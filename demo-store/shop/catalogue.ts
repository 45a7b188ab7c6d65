/** One colour of a product: its picture is public/products/<product>-<colour id>.jpg. */
export interface Colour {
  id: string;
  name: string;
  /** The cloth's colour, for the round swatch. */
  swatch: string;
}

/** A product of the shop. Tops are tried on alone, bottoms as an outfit's lower half. */
export interface Product {
  slug: string;
  title: string;
  kind: "top" | "bottom";
  pricePaise: number;
  colours: readonly [Colour, ...Colour[]];
  sizes: readonly string[];
  line: string;
  story: string;
  facts: readonly string[];
}

const letters = ["XS", "S", "M", "L", "XL"];
const inches = ["28", "30", "32", "34", "36"];

/** Everything the shop sells, in the order of its shelves. */
export const catalogue: readonly Product[] = [
  {
    slug: "plain-tee",
    title: "Everyday Tee",
    kind: "top",
    pricePaise: 129_900,
    colours: [
      { id: "moss", name: "Moss", swatch: "#5f7355" },
      { id: "black", name: "Coal", swatch: "#2a2a2c" },
      { id: "white", name: "Chalk", swatch: "#e9e8e4" },
    ],
    sizes: letters,
    line: "Midweight cotton, cut straight.",
    story:
      "The one you reach for. A 200 g jersey that keeps its shape, a neck that stays flat, and enough length to move in.",
    facts: ["100% combed cotton, 200 g/m²", "Ribbed neck, twin-needle hems", "Wash at 30°, line dry"],
  },
  {
    slug: "striped-tee",
    title: "Harbour Stripe Tee",
    kind: "top",
    pricePaise: 149_900,
    colours: [
      { id: "navy", name: "Navy on oat", swatch: "#27344f" },
      { id: "rust", name: "Oat on rust", swatch: "#b5573a" },
    ],
    sizes: letters,
    line: "Knitted stripes, never printed.",
    story: "Yarn-dyed and knitted in one piece of cloth, so the stripes stay crisp on the inside too.",
    facts: ["100% cotton, 190 g/m²", "Yarn-dyed stripe", "Wash at 30°, inside out"],
  },
  {
    slug: "ridge-tee",
    title: "Ridge Print Tee",
    kind: "top",
    pricePaise: 159_900,
    colours: [
      { id: "mustard", name: "Mustard", swatch: "#d09a3c" },
      { id: "ink", name: "Ink", swatch: "#2d3a4f" },
    ],
    sizes: letters,
    line: "A low sun over three ridges.",
    story: "Our own drawing, screen-printed by hand in four soft inks that you can hardly feel.",
    facts: ["100% cotton, 200 g/m²", "Water-based inks", "Wash at 30°, do not iron the print"],
  },
  {
    slug: "polo",
    title: "Clubhouse Polo",
    kind: "top",
    pricePaise: 199_900,
    colours: [
      { id: "navy", name: "Navy", swatch: "#2c3c5c" },
      { id: "cream", name: "Cream", swatch: "#e6ddc8" },
    ],
    sizes: letters,
    line: "Piqué knit with a tipped collar.",
    story: "A collar that stands up on its own, a short placket with three buttons, and ribbed cuffs.",
    facts: ["100% cotton piqué, 220 g/m²", "Corozo buttons", "Wash at 30°, reshape while damp"],
  },
  {
    slug: "long-sleeve",
    title: "Long-Sleeve Tee",
    kind: "top",
    pricePaise: 169_900,
    colours: [
      { id: "plum", name: "Plum", swatch: "#6b3f53" },
      { id: "teal", name: "Teal", swatch: "#2f6b6b" },
    ],
    sizes: letters,
    line: "For the first cool morning.",
    story:
      "The Everyday Tee with sleeves: the same jersey, the same neck, and ribbed cuffs that push up and stay there.",
    facts: ["100% combed cotton, 200 g/m²", "Ribbed cuffs", "Wash at 30°, line dry"],
  },
  {
    slug: "sweatshirt",
    title: "Loopback Sweatshirt",
    kind: "top",
    pricePaise: 279_900,
    colours: [
      { id: "grey", name: "Pebble grey", swatch: "#a7a8aa" },
      { id: "brick", name: "Brick", swatch: "#9c4a3c" },
    ],
    sizes: letters,
    line: "Heavy loopback, soft from day one.",
    story: "A 380 g loopback that is smooth outside and springy inside, gathered in by deep ribs.",
    facts: ["100% cotton loopback, 380 g/m²", "Ribbed neck, cuffs and hem", "Wash at 30°, line dry"],
  },
  {
    slug: "tank",
    title: "Bound Tank",
    kind: "top",
    pricePaise: 99_900,
    colours: [
      { id: "sky", name: "Sky", swatch: "#8fb2c9" },
      { id: "coral", name: "Coral", swatch: "#d9705c" },
    ],
    sizes: letters,
    line: "Light, close, and bound all round.",
    story: "Fine cotton with a little stretch and a narrow binding that lies flat under a shirt.",
    facts: ["95% cotton, 5% elastane", "Self-fabric binding", "Wash at 30°, line dry"],
  },
  {
    slug: "shorts",
    title: "Camp Shorts",
    kind: "bottom",
    pricePaise: 189_900,
    colours: [
      { id: "olive", name: "Olive", swatch: "#6a6b4a" },
      { id: "stone", name: "Stone", swatch: "#bdb8ab" },
    ],
    sizes: inches,
    line: "Washed twill that ends above the knee.",
    story: "Roomy through the leg, with slanted pockets deep enough for a phone that you would rather not look at.",
    facts: ["100% cotton twill, 240 g/m²", "Slant pockets", "Wash at 30°, line dry"],
  },
  {
    slug: "chinos",
    title: "Straight Chinos",
    kind: "bottom",
    pricePaise: 249_900,
    colours: [
      { id: "sand", name: "Sand", swatch: "#c3ac86" },
      { id: "navy", name: "Navy", swatch: "#35415a" },
    ],
    sizes: inches,
    line: "One leg width from thigh to hem.",
    story: "A straight leg in brushed twill that dresses up or down, with a clean front and a proper waistband.",
    facts: ["98% cotton, 2% elastane", "Zip fly, belt loops", "Wash at 30°, press while damp"],
  },
  {
    slug: "skirt",
    title: "Gathered Midi Skirt",
    kind: "bottom",
    pricePaise: 219_900,
    colours: [
      { id: "rose", name: "Rose", swatch: "#b9808a" },
      { id: "forest", name: "Forest", swatch: "#37574a" },
    ],
    sizes: letters,
    line: "Soft folds from a gathered waist.",
    story: "Washed viscose with weight enough to fall straight and volume enough to turn round in.",
    facts: ["100% viscose", "Elastic waist, side pockets", "Wash at 30°, line dry"],
  },
];

/** The product of a page address, if there is one. */
export const findProduct = (slug: string): Product | undefined => catalogue.find((product) => product.slug === slug);

/** Path of the picture of one colour. */
export const picturePath = (product: Product, colour: Colour): string => `/products/${product.slug}-${colour.id}.jpg`;
