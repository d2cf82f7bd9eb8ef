import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Template, TemplateUsage, TemplateVersion } from '@/api/types';
import { useMay } from '@/app/me';
import { count } from '@/shared/format';
import { later } from '@/shared/later';
import { ListRow, PagedList } from '@/shared/List';
import { tell, tellFailure } from '@/shared/notices';
import { Card, Chip, Empty, PageHead, Skeleton } from '@/shared/Page';
import { ProblemView } from '@/shared/ProblemView';
import { Time } from '@/shared/Time';
import { Comparison } from './Comparison';
import { SpecView } from './SpecView';
import { useRetire, useTemplate, useUsage, useVersions } from './template';
import classes from './Templates.module.css';

const NewVersionDialog = later(async () => (await import('./NewVersionDialog')).NewVersionDialog);
const CloneDialog = later(async () => (await import('./CloneDialog')).CloneDialog);

export function TemplatePage() {
  const { id = '' } = useParams();
  const query = useTemplate(id);
  if (query.data !== undefined) return <TemplateView key={id} template={query.data} />;
  return query.error === null ? (
    <Skeleton lines={12} />
  ) : (
    <>
      <PageHead title="Template" documentTitle="Template" />
      <ProblemView error={query.error} what="The template" onRetry={() => void query.refetch()} />
    </>
  );
}

function TemplateView({ template }: { template: Template }) {
  const versions = useVersions(template.id);
  const usage = useUsage(template.id).data;
  const all = versions.data?.pages.flatMap((page) => page.items) ?? [];
  const [chosen, setChosen] = useState<number | null>(null);
  const [dialog, setDialog] = useState<'version' | 'clone' | null>(null);
  const navigate = useNavigate();
  const shown = all.find((one) => one.version === (chosen ?? template.latestVersion));
  const close = () => setDialog(null);
  return (
    <>
      <PageHead
        documentTitle={template.name}
        title={
          <>
            {template.name} {template.retiredAt !== null && <Chip>retired</Chip>}
          </>
        }
        truth={template.description ?? undefined}
        actions={<Actions template={template} onDialog={setDialog} />}
      />
      <div className={classes.grid}>
        <div className={classes.stack}>
          <Card title="Versions" isFlush>
            <PagedList
              query={versions}
              what="Versions"
              isBare
              keyOf={(version) => String(version.version)}
              empty={<Empty title="There are no versions" />}
            >
              {(version) => (
                <VersionRow
                  version={version}
                  usage={usage}
                  template={template}
                  isShown={version.version === shown?.version}
                  onShow={() => setChosen(version.version)}
                />
              )}
            </PagedList>
          </Card>
          <Comparison
            key={template.latestVersion}
            id={template.id}
            latest={template.latestVersion}
          />
        </div>
        <Card title={shown === undefined ? 'Version' : `Version ${shown.version}`}>
          {shown === undefined ? <Skeleton lines={10} /> : <SpecView spec={shown.spec} />}
        </Card>
      </div>
      {dialog === 'version' && shown !== undefined && (
        <NewVersionDialog template={template} base={shown} onClose={close} />
      )}
      {dialog === 'clone' && shown !== undefined && (
        <CloneDialog
          template={template}
          version={shown.version}
          onClose={close}
          onSaved={(id) => void navigate(`/templates/${id}`)}
        />
      )}
    </>
  );
}

function Actions({
  template,
  onDialog,
}: {
  template: Template;
  onDialog: (dialog: 'version' | 'clone') => void;
}) {
  const mayAdmin = useMay('admin');
  const mayProvision = useMay('provision');
  const retire = useRetire(template);
  const why = mayAdmin ? undefined : 'Needs the permission “admin”';
  const isRetired = template.retiredAt !== null;
  return (
    <>
      <Button disabled={!mayAdmin} title={why} onClick={() => onDialog('clone')}>
        Clone
      </Button>
      <Button
        disabled={!mayAdmin}
        title={why ?? 'No new sandbox is made from a retired template; those that are there stay.'}
        loading={retire.isPending}
        onClick={() =>
          retire.mutate(undefined, {
            onSuccess: () => tell(`${template.name} is ${isRetired ? 'in use again' : 'retired'}.`),
            onError: (error) => tellFailure(template.name, error),
          })
        }
      >
        {isRetired ? 'Use it again' : 'Retire'}
      </Button>
      <Button disabled={!mayAdmin} title={why} onClick={() => onDialog('version')}>
        New version
      </Button>
      {mayProvision && !isRetired && (
        <Button variant="filled" component={Link} to={`/sandboxes/new?template=${template.id}`}>
          Create sandboxes
        </Button>
      )}
    </>
  );
}

function VersionRow({
  version,
  usage,
  template,
  isShown,
  onShow,
}: {
  version: TemplateVersion;
  usage: TemplateUsage | undefined;
  template: Template;
  isShown: boolean;
  onShow: () => void;
}) {
  const used = usage?.versions.find((one) => one.version === version.version);
  const filter = `template:"${template.name}" version:${version.version}`;
  return (
    <div className={isShown ? classes.shown : undefined}>
      <ListRow tracks="minmax(110px, auto) minmax(0, 1fr) auto">
        <button type="button" className={classes.version} aria-pressed={isShown} onClick={onShow}>
          Version <strong className="num">{version.version}</strong>
          {version.version === template.latestVersion && <span className="muted"> newest</span>}
        </button>
        <span className="num">
          {used === undefined ? (
            <span className="muted">not used</span>
          ) : (
            <Link to={`/?filter=${encodeURIComponent(filter)}`}>
              {count(used.wanted)} wanted, {count(used.applied)} made, {count(used.running)} running
            </Link>
          )}
        </span>
        <span className="muted">
          <Time at={version.createdAt} />
        </span>
      </ListRow>
    </div>
  );
}
