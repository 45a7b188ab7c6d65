import { Link } from "@remix-run/react";
import type { OnboardingStep } from "../../../../core/onboarding/list-steps.ts";
import { homeWords } from "../../../messages/en/home.ts";
import { Card } from "../../../ui/card.tsx";
import { CheckIcon } from "../../../ui/icons/job-icons.tsx";
import styles from "./checklist.module.css";

const words = homeWords.steps;
const places: Record<OnboardingStep["id"], string> = {
  verify_email: "/dashboard/settings",
  make_key: "/dashboard/keys",
  name_shop: "/dashboard/keys",
  first_try_on: "/dashboard/install",
};

function Step({ step, isNext }: { step: OnboardingStep; isNext: boolean }) {
  const { title, text, link } = words[step.id];
  return (
    <li className={`${styles.step} ${step.isDone ? styles.done : ""}`}>
      <span className={styles.mark} role="img" aria-label={step.isDone ? words.done : words.open}>
        {step.isDone && <CheckIcon />}
      </span>
      <div>
        <h3>{title}</h3>
        {!step.isDone && <p>{text}</p>}
      </div>
      {isNext && <Link to={places[step.id]}>{link}</Link>}
    </li>
  );
}

/** What a new merchant has still to do; each step ticks itself. Gone when all is done. */
export function Checklist({ steps }: { steps: OnboardingStep[] }) {
  const done = steps.filter(({ isDone }) => isDone).length;
  if (done === steps.length) return null;
  const next = steps.find(({ isDone }) => !isDone);
  return (
    <Card title={words.title} note={words.note(done, steps.length)}>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <Step key={step.id} step={step} isNext={step === next} />
        ))}
      </ol>
    </Card>
  );
}
