/** The account that the try-on on the platform's own landing page runs on: nobody's, charged nothing, in nobody's statistics. */
export const siteUserId = "00000000-0000-7000-8000-000000000001";
export const siteKeyId = "00000000-0000-7000-8000-000000000002";

/** Publishable, like every such key; it works on the platform's own origin alone. */
export const sitePublishableKey = `pk_live_${"TrailRoomLandingPage".padEnd(32, "0")}`;

export const isSiteUser = (userId: string) => userId === siteUserId;
