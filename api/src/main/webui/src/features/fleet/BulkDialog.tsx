import { Button, Modal, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { idempotencyKey } from '@/api/client';
import type { BulkAction, BulkPreview, Operation } from '@/api/types';
import { OperationProgress } from '@/features/operations/OperationProgress';
import { ACTIONS } from '@/features/sandbox/actions';
import { plural } from '@/shared/format';
import { Loaded } from '@/shared/Page';
import { ProblemView } from '@/shared/ProblemView';
import { bulkRequest, previewSentence, useBulk, usePreview, type Target } from './bulk';
import classes from './Bulk.module.css';

/** First what would happen, then the question, then what happens, in one place. */
export function BulkDialog({
  action,
  target,
  onClose,
}: {
  action: BulkAction;
  target: Target;
  onClose: (isDone: boolean) => void;
}) {
  const [operation, setOperation] = useState<Operation | null>(null);
  const preview = usePreview(action, target);
  const { verb } = ACTIONS[action];
  return (
    <Modal
      opened
      onClose={() => onClose(operation !== null)}
      title={operation === null ? `${verb} many sandboxes` : `${verb}: progress`}
      size={640}
    >
      {operation === null ? (
        <Loaded query={preview} what="The preview" lines={6}>
          {(what) => (
            <Question
              action={action}
              target={target}
              preview={what}
              onAccepted={setOperation}
              onClose={() => onClose(false)}
            />
          )}
        </Loaded>
      ) : (
        <>
          <OperationProgress id={operation.id} />
          <div className={classes.buttons}>
            <span className={classes.hint}>It goes on when you close this.</span>
            <Button component={Link} to={`/operations/${operation.id}`}>
              Open its page
            </Button>
            <Button variant="filled" onClick={() => onClose(true)}>
              Close
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}

function Question({
  action,
  target,
  preview,
  onAccepted,
  onClose,
}: {
  action: BulkAction;
  target: Target;
  preview: BulkPreview;
  onAccepted: (operation: Operation) => void;
  onClose: () => void;
}) {
  const [key] = useState(idempotencyKey);
  const [concurrency, setConcurrency] = useState(10);
  const [typed, setTyped] = useState('');
  const bulk = useBulk();
  const { verb, says } = ACTIONS[action];
  const isDangerous = action === 'terminate';
  const phrase = `terminate ${preview.acting}`;
  const isConfirmed = !isDangerous || typed === phrase;
  return (
    <form
      className={classes.question}
      onSubmit={(event) => {
        event.preventDefault();
        const request = bulkRequest(action, target, { concurrency });
        bulk.mutate({ request, key }, { onSuccess: onAccepted });
      }}
    >
      <p>
        <strong>{previewSentence(verb, preview)}</strong>
      </p>
      <p className="muted">{says}</p>
      <PreviewList preview={preview} />
      <NumberInput
        label="How many at a time"
        value={concurrency}
        min={1}
        max={100}
        w={160}
        onChange={(value) => setConcurrency(Number(value) || 1)}
      />
      {isDangerous && preview.acting > 0 && (
        <TextInput
          label={`Type “${phrase}” to confirm`}
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      {bulk.error !== null && <ProblemView error={bulk.error} what="The request" />}
      <div className={classes.buttons}>
        <Button onClick={onClose}>Leave them</Button>
        <Button
          type="submit"
          variant="filled"
          color={isDangerous ? 'red' : undefined}
          loading={bulk.isPending}
          disabled={preview.acting === 0 || !isConfirmed}
        >
          {verb} {plural(preview.acting, 'sandbox', 'sandboxes')}
        </Button>
      </div>
    </form>
  );
}

const MOST_SHOWN = 200;

function PreviewList({ preview }: { preview: BulkPreview }) {
  const order = { refuse: 0, skip: 1, act: 2 };
  const items = preview.items.toSorted((a, b) => order[a.effect] - order[b.effect]);
  return (
    <ul className={classes.list} aria-label="What would happen">
      {items.slice(0, MOST_SHOWN).map((item) => (
        <li key={item.sandboxId}>
          <span className="truncate">{item.name ?? item.sandboxId}</span>
          <span className={item.effect === 'refuse' ? classes.refused : 'muted'}>
            {item.detail}
          </span>
        </li>
      ))}
      {items.length > MOST_SHOWN && <li className="muted">and {items.length - MOST_SHOWN} more</li>}
    </ul>
  );
}
