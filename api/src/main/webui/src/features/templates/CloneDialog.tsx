import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Template } from '@/api/types';
import { tell } from '@/shared/notices';
import { ProblemView } from '@/shared/ProblemView';
import { useClone } from './template';
import classes from './Templates.module.css';

export function CloneDialog({
  template,
  version,
  onClose,
  onSaved,
}: {
  template: Template;
  version: number;
  onClose: () => void;
  onSaved: (id: string) => void;
}) {
  const [name, setName] = useState(`${template.name}-copy`);
  const clone = useClone(template.id);
  return (
    <Modal opened onClose={onClose} title={`Clone version ${version} of ${template.name}`}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          clone.mutate(
            { name, version },
            {
              onSuccess: (saved) => {
                tell(`${saved.template.name} was created.`);
                onClose();
                onSaved(saved.template.id);
              },
            },
          );
        }}
      >
        <TextInput
          label="Name of the new template"
          value={name}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {clone.error !== null && <ProblemView error={clone.error} what="The clone" />}
        <div className={classes.buttons}>
          <Button onClick={onClose}>Leave it</Button>
          <Button
            type="submit"
            variant="filled"
            loading={clone.isPending}
            disabled={name.trim() === ''}
          >
            Clone it
          </Button>
        </div>
      </form>
    </Modal>
  );
}
