import { Badge, Button, Paper } from "@mantine/core";
import { Form } from "@remix-run/react";
import { formatDevice } from "../../../format/format-device.ts";
import { formatMoment } from "../../../format/format-moment.ts";
import { settings } from "../../../messages/en/settings.ts";
import { CsrfField } from "../../../ui/csrf-field.tsx";
import styles from "./settings.module.css";

const words = settings.security;

interface SessionShown {
  id: string;
  kind: "page" | "api";
  device: string;
  address: string | null;
  seenAt: string;
  isHere: boolean;
}

const EndButton = ({ intent, label }: { intent: string; label: string }) => (
  <Form method="post">
    <CsrfField />
    <Button type="submit" name="intent" value={intent} variant="default">
      {label}
    </Button>
  </Form>
);

function SessionLine({ id, kind, device, address, seenAt, isHere }: SessionShown) {
  const name = formatDevice(device);
  return (
    <li>
      <div>
        <p>
          {name}{" "}
          {isHere && (
            <Badge component="span" variant="light">
              {words.here}
            </Badge>
          )}
        </p>
        <p data-volatile className={styles.quiet}>
          {[words.kinds[kind], address, words.seen(formatMoment(seenAt))].filter(Boolean).join(" · ")}
        </p>
      </div>
      {!isHere && (
        <Form method="post">
          <CsrfField />
          <input type="hidden" name="session_id" value={id} />
          <Button
            type="submit"
            name="intent"
            value="end-one"
            variant="default"
            size="xs"
            aria-label={words.endOne(name, address ?? "")}
          >
            {words.end}
          </Button>
        </Form>
      )}
    </li>
  );
}

/** Every place where the account is signed in, and the way to end each or all. */
export function SessionList({ sessions }: { sessions: SessionShown[] }) {
  return (
    <Paper withBorder className={styles.card}>
      <h2>{words.sessionsTitle}</h2>
      <ul className={styles.sessions}>
        {sessions.map((session) => (
          <SessionLine key={session.id} {...session} />
        ))}
      </ul>
      <div className="row">
        {sessions.length > 1 && <EndButton intent="end-others" label={words.endOthers} />}
        <EndButton intent="end-all" label={words.endAll} />
      </div>
    </Paper>
  );
}
