import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Grant, Role } from '@/api/types';
import { useMay } from '@/app/me';
import { useTenants } from '@/features/templates/queries';
import { Copy } from '@/shared/Copy';
import { later } from '@/shared/later';
import { ListRow, PagedList } from '@/shared/List';
import listClasses from '@/shared/List.module.css';
import { tell, tellFailure } from '@/shared/notices';
import { Card, Chip, Chips, Empty, Loaded, PageHead } from '@/shared/Page';
import { Time } from '@/shared/Time';
import { PERMISSIONS } from './permissions';
import {
  useCreateTenant,
  useDeleteRole,
  useGrants,
  useGroupMappings,
  useRevoke,
  useRoles,
} from './queries';
import classes from './Access.module.css';

const GrantDialog = later(async () => (await import('./GrantDialog')).GrantDialog);
const RoleDialog = later(async () => (await import('./RoleDialog')).RoleDialog);

/** Who has what, and from where. */
export function AccessPage() {
  const [dialog, setDialog] = useState<'grant' | 'role' | null>(null);
  const mayAdmin = useMay('admin');
  const roles = useRoles();
  const tenants = useTenants();
  const close = () => setDialog(null);
  const why = mayAdmin ? undefined : 'Needs the permission “admin”';
  return (
    <>
      <PageHead
        title="Access"
        documentTitle="Access"
        truth="A person has what grants and groups of the identity provider give, all together. A revoked grant bites within seconds."
        actions={
          <>
            <Button disabled={!mayAdmin} title={why} onClick={() => setDialog('role')}>
              New role
            </Button>
            <Button
              variant="filled"
              disabled={!mayAdmin}
              title={why}
              onClick={() => setDialog('grant')}
            >
              Grant a role
            </Button>
          </>
        }
      />
      <div className={classes.grid}>
        <div className={classes.stack}>
          <Card title="Grants" isFlush>
            <Grants />
          </Card>
          <Card title="Groups of the identity provider" isFlush>
            <Groups />
          </Card>
        </div>
        <div className={classes.stack}>
          <Card title="Roles" isFlush>
            <Loaded query={roles} what="Roles">
              {(page) => (
                <ul>
                  {page.items.map((role) => (
                    <li key={role.id} className={listClasses.item}>
                      <RoleRow role={role} mayAdmin={mayAdmin} />
                    </li>
                  ))}
                </ul>
              )}
            </Loaded>
          </Card>
          <Card title="Tenants" isFlush>
            <Tenants mayAdmin={mayAdmin} />
          </Card>
        </div>
      </div>
      {dialog === 'grant' && (
        <GrantDialog roles={roles.data?.items ?? []} tenants={tenants.data ?? []} onClose={close} />
      )}
      {dialog === 'role' && <RoleDialog onClose={close} />}
    </>
  );
}

function useScopeWords() {
  const tenants = useTenants().data;
  return (tenantId: string | null, environment: string | null): string => {
    const tenant =
      tenantId === null
        ? 'all tenants'
        : (tenants?.find((one) => one.id === tenantId)?.slug ?? `…${tenantId.slice(-8)}`);
    return `${tenant}, ${environment ?? 'all environments'}`;
  };
}

function Grants() {
  const grants = useGrants();
  return (
    <PagedList
      query={grants}
      what="Grants"
      isBare
      keyOf={(grant) => grant.id}
      empty={
        <Empty title="Nothing was granted yet">
          Until then roles come from groups of the identity provider alone.
        </Empty>
      }
    >
      {(grant) => <GrantRow grant={grant} />}
    </PagedList>
  );
}

function GrantRow({ grant }: { grant: Grant }) {
  const revoke = useRevoke();
  const scope = useScopeWords();
  const [isAsked, setAsked] = useState(false);
  const name = grant.label ?? grant.subject;
  return (
    <ListRow tracks="minmax(0, 1.2fr) minmax(70px, 0.5fr) minmax(0, 1fr) auto auto">
      <span className="truncate" title={`${grant.issuer}\n${grant.subject}`}>
        {grant.label ?? <Copy text={grant.subject} label="subject" />}
      </span>
      <strong className="truncate">{grant.role}</strong>
      <span className="muted truncate">{scope(grant.tenantId, grant.environment)}</span>
      <span className="muted">
        {grant.expiresAt === null ? (
          <Time at={grant.createdAt} />
        ) : (
          <Time at={grant.expiresAt} prefix="ends" />
        )}
      </span>
      {isAsked ? (
        <Button
          color="red"
          variant="filled"
          loading={revoke.isPending}
          onBlur={() => setAsked(false)}
          onClick={() =>
            revoke.mutate(grant.id, {
              onSuccess: () => tell(`${name} has no longer the role ${grant.role} by this grant.`),
              onError: (error) => tellFailure('The grant was not revoked', error),
            })
          }
        >
          Revoke, surely
        </Button>
      ) : (
        <Button aria-label={`Revoke ${grant.role} of ${name}`} onClick={() => setAsked(true)}>
          Revoke
        </Button>
      )}
    </ListRow>
  );
}

function Groups() {
  const groups = useGroupMappings();
  return (
    <Loaded query={groups} what="Groups">
      {(page) =>
        page.items.length === 0 ? (
          <Empty title="No group is mapped">Mappings stand in the configuration of Valet.</Empty>
        ) : (
          <ul>
            {page.items.map((mapping) => (
              <li key={JSON.stringify(mapping)} className={listClasses.item}>
                <ListRow tracks="minmax(0, 1.2fr) minmax(70px, 0.5fr) minmax(0, 1.4fr)">
                  <code className="truncate">{mapping.group}</code>
                  <strong>{mapping.role}</strong>
                  <span className="muted">
                    {mapping.tenant ?? 'all tenants'}, {mapping.environment ?? 'all environments'}
                  </span>
                </ListRow>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function RoleRow({ role, mayAdmin }: { role: Role; mayAdmin: boolean }) {
  const remove = useDeleteRole();
  return (
    <div className={classes.role}>
      <div className={classes.roleHead}>
        <strong>{role.name}</strong>
        {role.builtIn ? (
          <span className="muted">built in</span>
        ) : (
          <Button
            disabled={!mayAdmin}
            loading={remove.isPending}
            onClick={() =>
              remove.mutate(role.id, {
                onSuccess: () => tell(`The role ${role.name} is gone.`),
                onError: (error) => tellFailure('The role was not deleted', error),
              })
            }
          >
            Delete
          </Button>
        )}
      </div>
      <div className="muted">{role.description}</div>
      <Chips>
        {role.permissions.map((permission) => (
          <Chip key={permission} title={PERMISSIONS[permission]}>
            {permission}
          </Chip>
        ))}
      </Chips>
    </div>
  );
}

function Tenants({ mayAdmin }: { mayAdmin: boolean }) {
  const tenants = useTenants();
  const create = useCreateTenant();
  const [slug, setSlug] = useState('');
  return (
    <>
      <Loaded query={tenants} what="Tenants">
        {(all) => (
          <ul>
            {all.map((tenant) => (
              <li key={tenant.id} className={listClasses.item}>
                <ListRow tracks="minmax(0, 1fr) minmax(96px, auto)">
                  <strong>{tenant.slug}</strong>
                  <Copy text={tenant.id} label="tenant id" shown={`…${tenant.id.slice(-8)}`} />
                </ListRow>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {mayAdmin && (
        <form
          className={classes.pad}
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate(slug, {
              onSuccess: () => {
                tell(`The tenant ${slug} was created.`);
                setSlug('');
              },
              onError: (error) => tellFailure('The tenant was not created', error),
            });
          }}
        >
          <TextInput
            label="New tenant"
            placeholder="Short name; it never changes"
            value={slug}
            onChange={(event) => setSlug(event.currentTarget.value)}
            rightSectionWidth={80}
            rightSection={
              <Button
                type="submit"
                size="compact-xs"
                loading={create.isPending}
                disabled={slug === ''}
              >
                Create
              </Button>
            }
          />
        </form>
      )}
    </>
  );
}
