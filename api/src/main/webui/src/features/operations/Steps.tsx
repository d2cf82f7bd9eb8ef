import type { Operation } from '@/api/types';
import { stepDuration, words } from '@/shared/format';
import { StatusGlyph } from '@/shared/StatusGlyph';
import { Elapsed } from '@/shared/Time';
import { progressSign } from '@/shared/vocabulary';
import classes from './Operations.module.css';

/** What an operation went through so far, with how long each step took. */
export function Steps({ operation }: { operation: Operation }) {
  return (
    <ol className={classes.steps} aria-label="Steps">
      {operation.steps.map((step) => (
        <li key={step.name + step.startedAt} className={classes.step}>
          <StatusGlyph sign={progressSign(step.status)} />
          <span>{words(step.name)}</span>
          <span className="num muted">
            {step.endedAt === null ? (
              <Elapsed since={step.startedAt} />
            ) : (
              stepDuration(Date.parse(step.endedAt) - Date.parse(step.startedAt))
            )}
          </span>
          {step.detail !== null && <span className={classes.detail}>{step.detail}</span>}
        </li>
      ))}
    </ol>
  );
}
