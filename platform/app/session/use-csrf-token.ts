import { useRouteLoaderData } from "@remix-run/react";
import type { loader } from "../routes/dashboard/layout.tsx";

/** The session's own token, without which no action of the dashboard does anything. */
export const useCsrfToken = () => useRouteLoaderData<typeof loader>("routes/dashboard/layout")?.csrfToken ?? "";
