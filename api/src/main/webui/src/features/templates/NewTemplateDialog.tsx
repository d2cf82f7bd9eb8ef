import { Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { TemplateSpec } from '@/api/types';
import { useTemplates } from './queries';
import { SpecEditor } from './SpecEditor';
import { useNewTemplate, useVersions } from './template';
import classes from './Templates.module.css';

type Saved = NonNullable<ReturnType<typeof useNewTemplate>['data']>;

const BLANK: TemplateSpec = {
  imageId: 'ami-',
  instanceTypes: ['m7i.large'],
  subnetIds: ['subnet-'],
  securityGroupIds: ['sg-'],
  publicIp: false,
  volume: { sizeGib: 30, type: 'gp3' },
  engines: ['chromium'],
  desktop: false,
  capacity: 2,
  parameters: [],
  health: { failures: 3, successes: 2, bootGrace: 'PT5M', repairAfter: 'PT1M' },
};

/** Begins with what the newest template has: image, networks and groups are mostly the same. */
export function NewTemplateDialog({
  onClose,
  onSaved,
}: {
  onClose: () => void;
  onSaved: (saved: Saved) => void;
}) {
  const model = useTemplates().data?.at(0);
  const versions = useVersions(model?.id ?? '');
  const spec = versions.data?.pages[0]?.items[0]?.spec;
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const create = useNewTemplate();
  const isReady = model === undefined || spec !== undefined || versions.isError;
  return (
    <Modal opened onClose={onClose} title="New template" size={720}>
      <div className={classes.form}>
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
        {isReady && (
          <SpecEditor
            initial={spec ?? BLANK}
            label="Create the template"
            error={create.error}
            isSaving={create.isPending}
            canSave={name.trim() !== ''}
            onSave={(what) =>
              create.mutate({ name, description, spec: what }, { onSuccess: onSaved })
            }
            onClose={onClose}
          />
        )}
      </div>
    </Modal>
  );
}
