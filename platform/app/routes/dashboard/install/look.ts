/** How the button looks, as the widget's CSS variables have it; an empty value is the widget's own. */
export interface Look {
  accent: string;
  ink: string;
  radius: string;
  font: string;
}

/** What the widget wears when it is told nothing (by day). */
export const widgetsOwn = { accent: "#1d211c", ink: "#ffffff", radius: "12" };

export const plainLook: Look = { accent: "", ink: "", radius: "", font: "" };

const colour = /^#[\da-f]{6}$/i;
const pixels = /^\d{1,2}$/;
const fonts = /^[\w ,-]{1,80}$/;
const most = 32;

/** A look from typed values; what does not parse, or is as it would be anyway, is left out. Nothing else ever gets into the snippet. */
export function readLook(typed: URLSearchParams): Look {
  const take = (name: keyof Look, form: RegExp) => {
    const value = typed.get(name)?.trim() ?? "";
    return form.test(value) ? value : "";
  };
  const radius = take("radius", pixels);
  const unless = (own: string, value: string) => (value === own ? "" : value);
  return {
    accent: unless(widgetsOwn.accent, take("accent", colour).toLowerCase()),
    ink: unless(widgetsOwn.ink, take("ink", colour).toLowerCase()),
    radius: unless(widgetsOwn.radius, radius && String(Math.min(most, Number(radius)))),
    font: take("font", fonts),
  };
}

/** The custom properties that make this look. */
export const propertiesOf = ({ accent, ink, radius, font }: Look): [string, string][] =>
  [
    ["--trailroom-accent", accent],
    ["--trailroom-on-accent", ink],
    ["--trailroom-radius", radius && `${radius}px`],
    ["--trailroom-font", font],
  ].filter((property): property is [string, string] => property[1] !== "");
