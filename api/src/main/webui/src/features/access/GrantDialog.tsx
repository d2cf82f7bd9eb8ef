import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Environment, Role, Tenant } from '@/api/types';
import { tell } from '@/shared/notices';
import { ProblemView } from '@/shared/ProblemView';
import { ENVIRONMENTS } from '@/shared/vocabulary';
import { useCreateGrant } from './queries';
import classes from './Access.module.css';

export function GrantDialog({
  roles,
  tenants,
  onClose,
}: {
  roles: Role[];
  tenants: Tenant[];
  onClose: () => void;
}) {
  const [subject, setSubject] = useState('');
  const [label, setLabel] = useState('');
  const [role, setRole] = useState(
    roles.find((one) => one.name === 'viewer')?.name ?? roles[0]?.name ?? '',
  );
  const [tenantId, setTenantId] = useState<string | null>(null);
  const [environment, setEnvironment] = useState<string | null>(null);
  const create = useCreateGrant();
  return (
    <Modal opened onClose={onClose} title="Grant a role">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(
            {
              subject,
              role,
              tenantId,
              environment: environment as Environment | null,
              label: label === '' ? null : label,
            },
            {
              onSuccess: () => {
                tell(`${label === '' ? subject : label} has the role ${role}.`);
                onClose();
              },
            },
          );
        }}
      >
        <TextInput
          label="Subject"
          description="The identity provider's id of the person or service: sub of its token"
          value={subject}
          data-autofocus
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <TextInput
          label="Label"
          description="Who that is, for people"
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Select
          label="Role"
          data={roles.map((one) => one.name)}
          value={role}
          allowDeselect={false}
          onChange={(value) => setRole(value ?? '')}
        />
        <Select
          label="Tenant"
          placeholder="All tenants"
          clearable
          data={tenants.map((one) => ({ value: one.id, label: one.slug }))}
          value={tenantId}
          onChange={setTenantId}
        />
        <Select
          label="Environment"
          placeholder="All environments"
          clearable
          data={ENVIRONMENTS}
          value={environment}
          onChange={setEnvironment}
        />
        {create.error !== null && <ProblemView error={create.error} what="The grant" />}
        <div className={classes.buttons}>
          <Button onClick={onClose}>Leave it</Button>
          <Button
            type="submit"
            variant="filled"
            loading={create.isPending}
            disabled={subject.trim() === '' || role === ''}
          >
            Grant it
          </Button>
        </div>
      </form>
    </Modal>
  );
}
