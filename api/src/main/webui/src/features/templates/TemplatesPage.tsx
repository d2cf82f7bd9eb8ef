import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Template } from '@/api/types';
import { useMay } from '@/app/me';
import { useShortcut } from '@/app/shortcuts';
import { useFleetSummary } from '@/features/fleet/queries';
import { count, plural } from '@/shared/format';
import { later } from '@/shared/later';
import { ListRow } from '@/shared/List';
import { Chip, Empty, Loaded, PageHead } from '@/shared/Page';
import { tell } from '@/shared/notices';
import { Time } from '@/shared/Time';
import listClasses from '@/shared/List.module.css';
import { useTemplates } from './queries';

const NewTemplateDialog = later(
  async () => (await import('./NewTemplateDialog')).NewTemplateDialog,
);

const TRACKS = 'minmax(140px, 1fr) minmax(0, 2fr) 70px 110px 110px';

export function TemplatesPage() {
  const templates = useTemplates();
  const summary = useFleetSummary().data;
  const [isRetiredShown, setRetiredShown] = useState(false);
  const [isNew, setNew] = useState(false);
  const navigate = useNavigate();
  const mayAdmin = useMay('admin');
  useShortcut('r', 'Read it all again', () => void templates.refetch());

  const uses = new Map(summary?.byTemplate.map((one) => [one.templateId, one.count]));
  return (
    <>
      <PageHead
        title="Templates"
        documentTitle="Templates"
        truth="What sandboxes are made from. A version never changes; a change is a new version."
        actions={
          <Button
            variant="filled"
            disabled={!mayAdmin}
            title={mayAdmin ? undefined : 'Needs the permission “admin”'}
            onClick={() => setNew(true)}
          >
            New template
          </Button>
        }
      />
      <Loaded query={templates} what="Templates" lines={6}>
        {(all) => {
          const retired = all.filter((one) => one.retiredAt !== null).length;
          const shown = all.filter((one) => isRetiredShown || one.retiredAt === null);
          return (
            <>
              {retired > 0 && (
                <Switch
                  mb={12}
                  label={`Show ${plural(retired, 'retired one')}`}
                  checked={isRetiredShown}
                  onChange={(event) => setRetiredShown(event.currentTarget.checked)}
                />
              )}
              {shown.length === 0 ? (
                <Empty title="There is no template in use">
                  Make one; it says which image, sizes and networks its sandboxes get.
                </Empty>
              ) : (
                <ul className={listClasses.list} aria-label="Templates">
                  {shown.map((template) => (
                    <li key={template.id} className={listClasses.item}>
                      <Row template={template} uses={uses.get(template.id) ?? 0} />
                    </li>
                  ))}
                </ul>
              )}
            </>
          );
        }}
      </Loaded>
      {isNew && (
        <NewTemplateDialog
          onClose={() => setNew(false)}
          onSaved={(saved) => {
            tell(`${saved.template.name} was created.`);
            void navigate(`/templates/${saved.template.id}`);
          }}
        />
      )}
    </>
  );
}

function Row({ template, uses }: { template: Template; uses: number }) {
  return (
    <ListRow tracks={TRACKS}>
      <span className="truncate">
        <Link to={`/templates/${template.id}`}>
          <strong>{template.name}</strong>
        </Link>{' '}
        {template.retiredAt !== null && <Chip>retired</Chip>}
      </span>
      <span className="muted truncate" title={template.description ?? undefined}>
        {template.description}
      </span>
      <span className="num">v{template.latestVersion}</span>
      <Link to={`/?filter=${encodeURIComponent(`template:"${template.name}"`)}`} className="num">
        {count(uses)} {uses === 1 ? 'sandbox' : 'sandboxes'}
      </Link>
      <span className="muted">
        <Time at={template.updatedAt} />
      </span>
    </ListRow>
  );
}
