import type { AlertKind, Alerts, Logger } from "../core/ports.ts";
import type { Metrics } from "./create-metrics.ts";

const kinds = {
  engine_cost_cap: true,
  engine_circuit_open: true,
  engine_request_refused: true,
  engine_model_gone: true,
  engine_model_ending: true,
} satisfies Record<AlertKind, true>;

/** Tells the operator twice: a log line at error, with `alert` as its kind, and a counter for the rules file. */
export function createAlerts(log: Logger, { alerts }: Pick<Metrics, "alerts">): Alerts {
  // each starts at 0: a rule sees no increase in a series that begins with its first alert
  for (const kind of Object.keys(kinds)) alerts.inc({ kind }, 0);
  return {
    raise: (kind, fields) => {
      alerts.inc({ kind });
      log.error({ alert: kind, ...fields }, `alert: ${kind}`);
    },
  };
}
