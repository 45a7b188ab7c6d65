const scheme = /^[a-z][a-z\d+.-]*:\/\//i;

/** What somebody typed as the addresses of a shop, one a line, as origins: "shop.example/tees" is https://shop.example. What is no address stays as it is, to be refused by name. */
export const readOrigins = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[\s,]+/)
      .filter(Boolean)
      .map((one) => {
        const url = URL.parse(scheme.test(one) ? one : `https://${one}`);
        return url && url.origin !== "null" ? url.origin : one;
      }),
  ),
];
