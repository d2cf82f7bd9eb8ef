import { Button, Drawer } from '@mantine/core';
import { Link } from 'react-router';
import type { Sandbox } from '@/api/types';
import { useNow } from '@/shared/clock';
import { Copy } from '@/shared/Copy';
import { Chip, Chips, Facts } from '@/shared/Page';
import { sentence } from '@/shared/reason';
import { Status } from '@/shared/StatusGlyph';
import { Time } from '@/shared/Time';
import { healthSign, phaseSign } from '@/shared/vocabulary';

/** A sandbox at a glance, beside the table; its page has the rest. */
export function QuickLook({
  sandbox,
  templateName,
  onClose,
}: {
  sandbox: Sandbox;
  templateName: string;
  onClose: () => void;
}) {
  const now = useNow();
  const { ec2 } = sandbox;
  return (
    <Drawer opened onClose={onClose} title={sandbox.name} size={400}>
      <p style={{ marginBottom: 16 }}>{sentence(sandbox, now)}</p>
      <Facts
        items={[
          ['Phase', <Status key="phase" sign={phaseSign(sandbox.phase)} />],
          ['Health', <Status key="health" sign={healthSign(sandbox.health.status)} />],
          ['Environment', sandbox.environment],
          ['Template', `${templateName} v${sandbox.templateVersion}`],
          ['Id', <Copy key="id" text={sandbox.id} label="id" />],
          ['Instance', ec2 && <Copy text={ec2.instanceId} label="instance id" />],
          [
            'Address',
            ec2?.privateIp != null ? <Copy text={ec2.privateIp} label="address" /> : null,
          ],
          ['Type and zone', ec2 && `${ec2.type} ${ec2.zone ?? ''}`],
          ['Tasks', `${sandbox.activeTasks ?? '–'} of ${sandbox.capacity}`],
          ['Created', <Time key="created" at={sandbox.createdAt} />],
          [
            'Tags',
            Object.keys(sandbox.tags).length > 0 ? (
              <Chips>
                {Object.entries(sandbox.tags).map(([key, value]) => (
                  <Chip key={key}>
                    {key}={value}
                  </Chip>
                ))}
              </Chips>
            ) : null,
          ],
        ]}
      />
      <p style={{ marginTop: 16 }}>
        <Button variant="filled" component={Link} to={`/sandboxes/${sandbox.id}`}>
          Open its page
        </Button>
      </p>
    </Drawer>
  );
}
