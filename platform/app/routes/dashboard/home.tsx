import type { MetaFunction } from "@remix-run/node";
import { useOutletContext } from "@remix-run/react";
import { dashboard as words } from "../../messages/en/dashboard.ts";
import { site } from "../../messages/en/site.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import type { DashboardContext } from "./layout.tsx";

export const meta: MetaFunction = () => [{ title: site.titleOf(words.home.title) }];

export default function DashboardHome() {
  const { user } = useOutletContext<DashboardContext>();
  return <PageHeader title={words.home.greeting(user.firstName)} />;
}
