import type { Alerts, Logger } from "../core/ports.ts";
import type { Metrics } from "./create-metrics.ts";

/** Tells the operator twice: a log line at error, with `alert` as its kind, and a counter for the rules file. */
export function createAlerts(log: Logger, { alerts }: Pick<Metrics, "alerts">): Alerts {
  return {
    raise: (kind, fields) => {
      alerts.inc({ kind });
      log.error({ alert: kind, ...fields }, `alert: ${kind}`);
    },
  };
}
