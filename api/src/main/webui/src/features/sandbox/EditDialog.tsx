import { Button, Modal, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { asApiError } from '@/api/problem';
import type { Sandbox } from '@/api/types';
import { tell } from '@/shared/notices';
import { ProblemView } from '@/shared/ProblemView';
import { formatTags, parseTags } from '@/shared/tags';
import { useUpdate } from './queries';
import classes from './Sandbox.module.css';

/** Name, capacity and tags. What somebody else changed meanwhile is not overwritten. */
export function EditDialog({ sandbox, onClose }: { sandbox: Sandbox; onClose: () => void }) {
  // What was read when the dialog opened: live changes must not move the ground under a form.
  const [original] = useState(sandbox);
  const [name, setName] = useState(original.name);
  const [capacity, setCapacity] = useState(original.capacity);
  const [tags, setTags] = useState(formatTags(original.tags));
  const update = useUpdate(original);
  const parsed = parseTags(tags);
  const faults = update.error === null ? [] : asApiError(update.error).fields;
  const faultOf = (field: string) => faults.find((fault) => fault.field === field)?.message;
  return (
    <Modal opened onClose={onClose} title={`Edit ${original.name}`}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          update.mutate(
            { name, capacity, tags: parsed.tags },
            {
              onSuccess: () => {
                tell(`${name} was changed.`);
                onClose();
              },
            },
          );
        }}
      >
        <TextInput
          label="Name"
          value={name}
          error={faultOf('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NumberInput
          label="Capacity"
          description="Tasks at once; reaches the agent at its next boot"
          value={capacity}
          min={1}
          max={100}
          error={faultOf('capacity')}
          onChange={(value) => setCapacity(Number(value) || 1)}
        />
        <Textarea
          label="Tags"
          description="One a line, as key=value"
          autosize
          minRows={3}
          value={tags}
          error={parsed.fault ?? faultOf('tags')}
          onChange={(event) => setTags(event.currentTarget.value)}
        />
        {update.error !== null && <ProblemView error={update.error} what="The change" />}
        <div className={classes.buttons}>
          <Button onClick={onClose}>Leave it</Button>
          <Button
            type="submit"
            variant="filled"
            loading={update.isPending}
            disabled={parsed.fault !== null || name.trim() === ''}
          >
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
