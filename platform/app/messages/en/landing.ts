/** The garments on the page, by the name of their picture. */
const garments = {
  "ridge-tee-mustard": "Ridge Print Tee",
  "plain-tee-moss": "Everyday Tee",
  "striped-tee-navy": "Harbour Stripe Tee",
  "polo-navy": "Clubhouse Polo",
  "long-sleeve-teal": "Long-Sleeve Tee",
  "sweatshirt-brick": "Loopback Sweatshirt",
} as const;

export type GarmentName = keyof typeof garments;

/** The landing page. What it claims is measured or documented. */
export const landing = {
  title: "TrailRoom: let shoppers see it on themselves",
  description:
    "One button on your product page. A shopper gives a photo and sees your garment on themselves, in seconds. Try it here.",
  garments,
  hero: {
    title: "See it on yourself, before you buy.",
    lead: "TrailRoom puts one button on your product page. A shopper gives a photo, and seconds later your garment is on them: their face, their room, their light.",
    try: "Try it on this page",
    start: "Put it on your shop",
    choose: "Choose a product picture",
    product: "Your product picture",
    worn: "On whoever is looking",
    note: "Not retouched: made by our own engine, on an ordinary processor.",
    garmentAlt: (garment: string) => `Product picture: ${garment}`,
    personAlt: (garment: string) => `A computer-generated person wearing the ${garment}, as the engine shows it`,
  },
  facts: [
    { figure: "< 1 kB", text: "on your page until somebody points at the button" },
    { figure: "1 script, 1 element", text: "and your product page has it" },
    { figure: "0", text: "requests to anybody else, no cookies, no tracking" },
    { figure: "24 h", text: "at most, then the shopper’s photo is gone" },
  ],
  live: {
    eyebrow: "Live",
    title: "This is the button. Tap it.",
    lead: "What follows is not a film. It is the widget that shoppers get, with the engine behind it. Begin with a sample person, or use a photo of your own.",
    button: "Try it on",
    noScript: "The button needs JavaScript. Everything else on this page works without.",
    rules: [
      "Sample people up to sixty times an hour.",
      "Your own photo three times a day. It is deleted as soon as the picture is made; the picture within the hour.",
      "No account, no charge, and it shows up in nobody’s statistics.",
    ],
    garmentAlt: (garment: string) => `${garment}, the product picture`,
  },
  how: {
    title: "Two pictures in, one picture out.",
    lead: "No 3D models, no photo shoots, no sizes to measure. The product picture that you have is enough, if it shows the garment alone on a plain ground.",
    photo: "The shopper’s photo",
    garment: "Your product picture",
    result: "What they see",
    plus: "plus",
    equals: "makes",
    steps: [
      {
        title: "They tap the button",
        text: "The dialog opens on your page, in your colours, in their language. They are told what happens to their photo before they give one.",
      },
      {
        title: "They give a photo",
        text: "From the camera or the album. It is turned, shrunk and stripped of its metadata on their device, and checked before anything is charged.",
      },
      {
        title: "They see themselves",
        text: "With a slider between before and after, and your add-to-cart beside it. What they do next is told to your page as an event, never who they are.",
      },
    ],
  },
  merchants: {
    title: "Made so that a shop can leave it on.",
    items: [
      {
        title: "Your page stays fast",
        text: "Nothing heavy before the tap, no shift of the layout, no style leaking in or out. It passes the strictest content policy that you can set.",
      },
      {
        title: "Nothing is charged for nothing",
        text: "A try-on that fails, is cancelled or is refused gives its credits back, exactly once. A daily budget for each key keeps strangers from spending yours.",
      },
      {
        title: "It never talks about money",
        text: "When credits or budgets are used up, shoppers read that try-on is resting. You get the mail.",
      },
      {
        title: "Everybody can use it",
        text: "By keyboard and by screen reader, in English, Hindi, Spanish, French, German and Arabic, on a phone from 360 pixels up.",
      },
      {
        title: "You see what it does",
        text: "Every try-on with its product, time and outcome, a ledger of every credit, and each job’s reason when it did not work.",
      },
      {
        title: "It runs where you say",
        text: "On one machine with nothing else around it, or on a fleet with your own database and object store. The engine needs no graphics card.",
      },
    ],
  },
  limits: {
    title: "What it cannot do.",
    lead: "A preview shows cut, colour and print. It does not measure anybody, and it is not a photograph. We would rather say no than show something wrong.",
    works: "Works well",
    refuses: "It says no",
    weak: "Not good yet",
    worksItems: [
      "One adult, upright, facing the camera, head to hips",
      "Tops, trousers, shorts and skirts, pictured alone on a plain ground",
      "Plain cloth, stripes, prints, collars, long and short sleeves",
    ],
    refusesItems: [
      "Several people, turned or seated ones, cropped or blurred photos",
      "Dresses, swimwear, underwear, open jackets, thin straps",
      "Pairs for which skin would have to be invented on the body",
    ],
    weakItems: [
      "Arms that come out from under long sleeves look smooth",
      "White on white can have a ragged edge",
      "About a third of the pictures still show a fault that people notice",
    ],
    more: "How it was judged, and by whom",
  },
  privacy: {
    title: "A photo of a person is not just another upload.",
    items: [
      ["Asked first", "Who, what for, how long: shown before the first photo, and asked again when the text changes."],
      ["Stripped", "Metadata and place are gone before anything leaves the device."],
      [
        "Kept shortly",
        "The photo 24 hours at most, at once if the merchant says so or the shopper taps “delete my photo now”.",
      ],
      [
        "Seen by nobody",
        "Merchants and operators never see a shopper’s photo. Nobody is identified. Nothing is used for training.",
      ],
      ["Marked", "Every picture that is downloaded says that it is an AI preview, in the picture and in its metadata."],
    ],
  },
  developers: {
    title: "For developers: it does what the documentation says.",
    lead: "The reference is made from the same objects that check each request, and a test holds every answer to it.",
    page: "On the page",
    server: "From your server",
    points: [
      "Idempotent: repeat any request under its key, never two jobs",
      "Test keys that are free and can force every error and every delay",
      "Progress as an event stream, or one call that waits",
      "One error envelope, one table, a link to each code",
    ],
    docs: "Read the docs",
    quickStart: "Five minutes with curl",
  },
  pricing: {
    title: "Three try-ons a day are free.",
    lead: "One credit shows a top, two a whole outfit. The free ones are filled up again every midnight (UTC); those that you buy stay until they are used.",
    soon: "Credits cannot be bought yet: payment comes with the next version. These are the prices that it will open with.",
    from: "Credits in one order",
    price: "Price a credit",
    rows: [
      ["10 to 49", "₹12.00"],
      ["50 to 99", "₹11.40"],
      ["100 to 499", "₹10.80"],
      ["500 to 999", "₹10.20"],
      ["1000 to 10 000", "₹9.60"],
    ],
    tax: "plus 18 % GST. No subscription, no minimum, no charge for what fails.",
  },
  close: {
    title: "Your product page, on the one person who matters.",
    start: "Start free",
    docs: "Read the docs",
  },
};
