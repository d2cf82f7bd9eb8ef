import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { BulkAction, Sandbox } from '@/api/types';
import { ACTIONS } from './actions';
import classes from './Actions.module.css';

/** Says what will happen, and asks. Termination wants the name typed. */
export function ConfirmAction({
  action,
  sandbox,
  onConfirm,
  onClose,
}: {
  action: BulkAction;
  sandbox: Sandbox;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState('');
  const { verb, says } = ACTIONS[action];
  const isDangerous = action === 'terminate';
  const active = sandbox.activeTasks ?? 0;
  return (
    <Modal opened onClose={onClose} title={`${verb} ${sandbox.name}`}>
      <form
        className={classes.confirm}
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm();
          onClose();
        }}
      >
        <p>{says}</p>
        {active > 0 && action !== 'start' && (
          <p>
            <strong>
              {active} {active === 1 ? 'task is' : 'tasks are'} running on it.
            </strong>
          </p>
        )}
        {action === 'upgrade' && sandbox.drift !== null && (
          <ul className={classes.changes}>
            {sandbox.drift.changes.map((change) => (
              <li key={change}>
                <code>{change}</code>
              </li>
            ))}
          </ul>
        )}
        {isDangerous && (
          <TextInput
            label={`Type ${sandbox.name} to confirm`}
            value={typed}
            autoComplete="off"
            data-autofocus
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <div className={classes.buttons}>
          <Button onClick={onClose}>Leave it</Button>
          <Button
            type="submit"
            variant="filled"
            color={isDangerous ? 'red' : undefined}
            disabled={isDangerous && typed !== sandbox.name}
            data-autofocus={isDangerous ? undefined : true}
          >
            {verb} {sandbox.name}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
