import { Button, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { logOut } from '@/api/client';
import type { Me } from '@/api/types';
import { useMe } from '@/app/me';
import { ShortcutList } from '@/app/ShortcutList';
import { PERMISSIONS } from '@/features/access/permissions';
import { useTenants } from '@/features/templates/queries';
import { Copy } from '@/shared/Copy';
import { tellFailure } from '@/shared/notices';
import { Card, Chip, Chips, Facts, Loaded, PageHead } from '@/shared/Page';
import { Time } from '@/shared/Time';
import classes from '@/features/access/Access.module.css';

/** Who am I here, what may I do, and how does the page behave. */
export function MePage() {
  const me = useMe();
  const leave = useMutation({
    mutationFn: logOut,
    onError: (error) => tellFailure('You are still signed in', error),
  });
  return (
    <>
      <PageHead
        title={me.data?.name ?? 'Me'}
        documentTitle="Me"
        truth="Rights come from grants and groups; each line says from which."
        actions={
          <Button loading={leave.isPending} onClick={() => leave.mutate()}>
            Sign out everywhere in this browser
          </Button>
        }
      />
      <Loaded query={me} what="Your session">
        {(one) => (
          <div className={classes.grid}>
            <div className={classes.stack}>
              <Rights me={one} />
              <Sources me={one} />
            </div>
            <div className={classes.stack}>
              <Session me={one} />
              <Theme />
              <Card title="Keys everywhere">
                <ShortcutList />
              </Card>
            </div>
          </div>
        )}
      </Loaded>
    </>
  );
}

function usePlaces() {
  const tenants = useTenants().data;
  return (where: { tenantId: string | null; environment: string | null }): string => {
    const tenant =
      where.tenantId === null
        ? 'all tenants'
        : (tenants?.find((tenant) => tenant.id === where.tenantId)?.slug ?? where.tenantId);
    return `${tenant}, ${where.environment ?? 'all environments'}`;
  };
}

function Rights({ me }: { me: Me }) {
  const place = usePlaces();
  return (
    <Card title="What you may do">
      <Facts
        items={me.permissions.map(
          (held) =>
            [
              held.permission,
              <span key={held.permission}>
                {PERMISSIONS[held.permission]}{' '}
                <span className="muted">({held.where.map(place).join('; ')})</span>
              </span>,
            ] as const,
        )}
      />
    </Card>
  );
}

function Sources({ me }: { me: Me }) {
  const place = usePlaces();
  return (
    <Card title="Where from">
      <Facts
        items={me.sources.map(
          (source) =>
            [
              source.role,
              <span key={JSON.stringify(source)}>
                {source.group === null ? 'a grant' : `the group ${source.group}`}, {place(source)}
                {source.expiresAt !== null && (
                  <>
                    , <Time at={source.expiresAt} prefix="ends" />
                  </>
                )}
              </span>,
            ] as const,
        )}
      />
    </Card>
  );
}

function Session({ me }: { me: Me }) {
  return (
    <Card title="Session">
      <Facts
        items={[
          [
            'Roles',
            <Chips key="roles">
              {me.roles.map((role) => (
                <Chip key={role}>{role}</Chip>
              ))}
            </Chips>,
          ],
          ['Subject', <Copy key="subject" text={me.subject} label="subject" />],
          ['Issuer', me.issuer],
          [
            'Renewed by',
            me.session.expiresAt === null ? null : (
              <>
                using it; otherwise <Time at={me.session.expiresAt} prefix="ends" />
              </>
            ),
          ],
        ]}
      />
    </Card>
  );
}

function Theme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Card title="Theme">
      <SegmentedControl
        aria-label="Theme"
        value={colorScheme}
        data={[
          { value: 'auto', label: 'As the system' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
        onChange={(value) => setColorScheme(value)}
      />
    </Card>
  );
}
