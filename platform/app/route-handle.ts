/** What a route's `handle` may say to the pages around it. */
export interface RouteHandle {
  /** the page is plain HTML: forms and links, no script at all */
  isStatic?: boolean;
}
