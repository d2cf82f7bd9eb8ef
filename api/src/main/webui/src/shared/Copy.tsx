import { useEffect, useState } from 'react';
import { CheckIcon, CopyIcon } from './icons';
import classes from './Copy.module.css';

/** Text that is copied by a click: ids, addresses, request ids. */
export function Copy({
  text,
  label,
  shown = text,
}: {
  text: string;
  label: string;
  shown?: string;
}) {
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(() => setDone(false), 1_500);
    return () => clearTimeout(timer);
  }, [isDone]);
  return (
    <button
      type="button"
      className={classes.copy}
      title={isDone ? 'Copied' : `Copy ${label}: ${text}`}
      aria-label={isDone ? `${shown} copied` : `${shown}, copy ${label}`}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setDone(true))}
    >
      <code className="truncate">{shown}</code>
      {isDone ? (
        <CheckIcon className={`${classes.icon ?? ''} ${classes.done ?? ''}`} />
      ) : (
        <CopyIcon className={classes.icon} />
      )}
    </button>
  );
}

/** An id in a table: its end tells more than its beginning, which is time. */
export function Id({ id, label }: { id: string; label: string }) {
  return <Copy text={id} label={label} shown={id.length > 12 ? `…${id.slice(-8)}` : id} />;
}
