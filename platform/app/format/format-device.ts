// the first that fits: Edge and Opera call themselves Chrome, Chrome calls itself Safari
const programs: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const systems: [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
];
const longest = 60;
const nameIn = (list: [RegExp, string][], text: string) => list.find(([form]) => form.test(text))?.[1];

/** A user agent in words: "Firefox, Windows"; what is no browser we know keeps its own words. */
export function formatDevice(userAgent: string): string {
  const program = nameIn(programs, userAgent);
  const system = nameIn(systems, userAgent);
  return program && system ? `${program}, ${system}` : userAgent.slice(0, longest);
}
