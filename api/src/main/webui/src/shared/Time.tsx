import { useNow } from './clock';
import { clockDuration, exact, relative, roughDuration } from './format';

/** A moment: relative up to a day; local time and UTC on hover. */
export function Time({ at, prefix }: { at: string; prefix?: string }) {
  const now = useNow();
  const moment = Date.parse(at);
  const words = relative(moment, now);
  return (
    <time dateTime={at} title={exact(moment)} className="num">
      {prefix === undefined ? words : `${prefix} ${words}`}
    </time>
  );
}

/** How long something has lasted, in one unit. */
export function Age({ since }: { since: string }) {
  const now = useNow();
  const moment = Date.parse(since);
  return (
    <time dateTime={since} title={exact(moment)} className="num">
      {roughDuration(now - moment)}
    </time>
  );
}

/** How long something has been going on, second by second. */
export function Elapsed({ since }: { since: string }) {
  const now = useNow('second');
  return (
    <time dateTime={since} title={exact(Date.parse(since))} className="num">
      {clockDuration(now - Date.parse(since))}
    </time>
  );
}
