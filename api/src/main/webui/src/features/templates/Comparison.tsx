import { useState } from 'react';
import type { TemplateComparison } from '@/api/types';
import { Card, Empty, Loaded } from '@/shared/Page';
import { Picker } from '@/shared/Picker';
import { useComparison } from './template';
import classes from './Templates.module.css';

export const EFFECTS: Record<TemplateComparison['effect'], string> = {
  none: 'Upgrading from the first to the second interrupts nothing.',
  in_place: 'Upgrading drains and restarts a sandbox.',
  replace: 'Upgrading replaces a sandbox’s instance and volume.',
};

/** Two versions side by side: what differs, and what that means for a sandbox. */
export function Comparison({ id, latest }: { id: string; latest: number }) {
  const [from, setFrom] = useState(Math.max(1, latest - 1));
  const [to, setTo] = useState(latest);
  const comparison = useComparison(id, from, to);
  const versions = Array.from({ length: latest }, (_, i) => String(latest - i));
  const pick = (label: string, value: number, onPick: (value: number) => void) => (
    <Picker
      label={label}
      width={110}
      values={versions}
      wordOf={(version) => `Version ${version}`}
      value={String(value)}
      onChange={(version) => version !== undefined && onPick(Number(version))}
    />
  );
  return (
    <Card
      title="Side by side"
      aside={
        <span className={classes.pickers}>
          {pick('From', from, setFrom)} <span className="muted">→</span> {pick('To', to, setTo)}
        </span>
      }
    >
      {from === to ? (
        <Empty title={latest === 1 ? 'There is one version so far' : 'Choose two versions'} />
      ) : (
        <Loaded query={comparison} what="The comparison">
          {(one) => <Changes comparison={one} />}
        </Loaded>
      )}
    </Card>
  );
}

const text = (value: unknown): string =>
  value === null || value === undefined
    ? '–'
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

function Changes({ comparison }: { comparison: TemplateComparison }) {
  if (comparison.changes.length === 0) return <Empty title="The versions are the same" />;
  return (
    <div className={classes.scroll}>
      <p style={{ marginBottom: 8 }}>
        <strong>{EFFECTS[comparison.effect]}</strong>
      </p>
      <table className={classes.changes}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Version {comparison.from}</th>
            <th scope="col">Version {comparison.to}</th>
            <th scope="col">For a sandbox</th>
          </tr>
        </thead>
        <tbody>
          {comparison.changes.map((change) => (
            <tr key={change.path}>
              <th scope="row">
                <code>{change.path}</code>
              </th>
              <td className={classes.before}>
                <code>{text(change.before)}</code>
              </td>
              <td className={classes.after}>
                <code>{text(change.after)}</code>
              </td>
              <td>{change.meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
