const files = import.meta.glob<string>("./*.avif", { eager: true, query: "?url&no-inline", import: "default" });
const widths = [320, 640];
const addressOf = (name: string, width: number) => files[`./${name}-${width}.avif`] ?? "";

interface Props {
  /** of the pictures that `npm run site:pictures` makes */
  name: string;
  alt: string;
  sizes: string;
  /** seen at once: not put off until it is scrolled to */
  isFirst?: boolean;
  className?: string;
}

/** One of the landing page's pictures, in the width that its place needs. */
export function Picture({ name, alt, sizes, isFirst = false, className }: Props) {
  return (
    <img
      className={className}
      src={addressOf(name, 640)}
      srcSet={widths.map((width) => `${addressOf(name, width)} ${width}w`).join(", ")}
      sizes={sizes}
      alt={alt}
      width={640}
      height={name.startsWith("person") ? 853 : 768}
      loading={isFirst ? "eager" : "lazy"}
      decoding="async"
    />
  );
}
