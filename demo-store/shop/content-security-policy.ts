/**
 * The shop's own needs and, of the platform, only what its widget documents: script-src and connect-src of its
 * origin, and blob: in img-src. No policy for Trusted Types is named, so the shop and the widget need none.
 */
export function contentSecurityPolicy(platformOrigin: string): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "font-src 'self'",
    `script-src 'self' ${platformOrigin}`,
    `connect-src 'self' ${platformOrigin}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}
