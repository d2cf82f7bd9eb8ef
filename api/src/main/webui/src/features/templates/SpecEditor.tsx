import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { TemplateSpec } from '@/api/types';
import { ProblemView } from '@/shared/ProblemView';
import { StatusGlyph } from '@/shared/StatusGlyph';
import type { Sign } from '@/shared/vocabulary';
import { useValidate } from './template';
import classes from './Templates.module.css';

const CHECKS: Record<string, Sign> = {
  passed: { shape: 'disc', role: 'ok', word: 'Passed' },
  failed: { shape: 'diamond', role: 'bad', word: 'Failed' },
  not_checked: { shape: 'ring', role: 'muted', word: 'Not checked' },
};

const unknown: Sign = { shape: 'ring', role: 'muted', word: 'Not checked' };

/** A spec as JSON, checked against what EC2 has before it is saved. */
export function SpecEditor({
  initial,
  label,
  error,
  isSaving,
  canSave,
  onSave,
  onClose,
}: {
  initial: TemplateSpec;
  label: string;
  error: unknown;
  isSaving: boolean;
  canSave: boolean;
  onSave: (spec: TemplateSpec) => void;
  onClose: () => void;
}) {
  const [text, setText] = useState(() => JSON.stringify(initial, null, 2));
  const validate = useValidate();
  const { spec, fault } = read(text);
  return (
    <>
      <Textarea
        label="Spec"
        description="Image, sizes, networks, volume, engines, parameters, thresholds. The server names every fault by its field."
        value={text}
        error={fault}
        rows={18}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--v-mono)', fontSize: 12 } }}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {validate.error !== null && <ProblemView error={validate.error} what="The check" />}
      {validate.data !== undefined && (
        <ul aria-label="Checks">
          {validate.data.checks.map((check) => (
            <li key={check.name} className={classes.check}>
              <StatusGlyph sign={CHECKS[check.status] ?? unknown} />
              <span>
                {check.name} {check.detail}
              </span>
            </li>
          ))}
          {validate.data.errors.map((one) => (
            <li key={one.field + one.message}>
              <code>{one.field}</code> {one.message}
            </li>
          ))}
        </ul>
      )}
      {error !== null && <ProblemView error={error} what="The change" />}
      <div className={classes.buttons}>
        <Button onClick={onClose}>Leave it</Button>
        <Button
          disabled={spec === null}
          loading={validate.isPending}
          onClick={() => spec !== null && validate.mutate(spec)}
        >
          Check against EC2
        </Button>
        <Button
          variant="filled"
          disabled={spec === null || !canSave}
          loading={isSaving}
          onClick={() => spec !== null && onSave(spec)}
        >
          {label}
        </Button>
      </div>
    </>
  );
}

function read(text: string): { spec: TemplateSpec | null; fault: string | null } {
  try {
    return { spec: JSON.parse(text) as TemplateSpec, fault: null };
  } catch (error) {
    return { spec: null, fault: `Not JSON yet: ${(error as Error).message}` };
  }
}
