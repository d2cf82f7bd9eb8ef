import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Permission } from '@/api/types';
import { tell } from '@/shared/notices';
import { ProblemView } from '@/shared/ProblemView';
import { PERMISSION_NAMES, PERMISSIONS } from './permissions';
import { useCreateRole } from './queries';
import classes from './Access.module.css';

export function RoleDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [permissions, setPermissions] = useState<string[]>(['read']);
  const create = useCreateRole();
  return (
    <Modal opened onClose={onClose} title="New role">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(
            {
              name,
              description: description === '' ? null : description,
              permissions: permissions as Permission[],
            },
            {
              onSuccess: () => {
                tell(`The role ${name} was made; grant it to somebody.`);
                onClose();
              },
            },
          );
        }}
      >
        <TextInput
          label="Name"
          value={name}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Description"
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Checkbox.Group label="What it allows" value={permissions} onChange={setPermissions}>
          <div className={classes.boxes}>
            {PERMISSION_NAMES.map((permission) => (
              <Checkbox
                key={permission}
                value={permission}
                label={`${permission}: ${PERMISSIONS[permission]}`}
              />
            ))}
          </div>
        </Checkbox.Group>
        {create.error !== null && <ProblemView error={create.error} what="The role" />}
        <div className={classes.buttons}>
          <Button onClick={onClose}>Leave it</Button>
          <Button
            type="submit"
            variant="filled"
            loading={create.isPending}
            disabled={name.trim() === '' || permissions.length === 0}
          >
            Make the role
          </Button>
        </div>
      </form>
    </Modal>
  );
}
