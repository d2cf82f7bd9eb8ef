import type { Template, TemplateSpec } from '@/api/types';
import { plural } from '@/shared/format';
import { parseTags } from '@/shared/tags';
import { names, type Draft } from './draft';
import classes from './Create.module.css';

/** What will be made, as a sentence. */
export function Review({
  draft,
  template,
  spec,
}: {
  draft: Draft;
  template: Template;
  spec: TemplateSpec;
}) {
  const wanted = names(draft);
  const first = wanted[0] ?? '';
  const set = Object.entries(draft.parameters).filter(([, value]) => value !== '');
  const tags = Object.entries(parseTags(draft.tags).tags);
  return (
    <div className={classes.review}>
      <p>
        <strong>{plural(draft.count, 'sandbox', 'sandboxes')}</strong> in{' '}
        <strong>{draft.environment}</strong>, named <strong>{first}</strong>
        {wanted.length > 1 && (
          <>
            {' '}
            to <strong>{wanted.at(-1)}</strong>
          </>
        )}
        , from version {draft.templateVersion ?? template.latestVersion} of{' '}
        <strong>{template.name}</strong>: {spec.instanceTypes.join(' or ')} in{' '}
        {plural(spec.subnetIds.length, 'subnet')}, {spec.volume.sizeGib} GiB {spec.volume.type},{' '}
        {spec.publicIp ? 'with' : 'without'} a public address, for{' '}
        {plural(draft.capacity ?? spec.capacity, 'task')} at once
        {spec.engines.length > 0 && <>, with {spec.engines.join(', ')}</>}
        {spec.desktop && <> and a desktop to watch</>}.
      </p>
      <p>
        {set.length === 0
          ? 'All parameters have their defaults.'
          : `Parameters: ${set.map((one) => one.join(' = ')).join(', ')}.`}{' '}
        {tags.length === 0 ? 'No tags.' : `Tags: ${tags.map((one) => one.join('=')).join(', ')}.`}
      </p>
      <p className="muted">
        Price: unknown. This Valet has no price list yet; EC2 bills {spec.instanceTypes[0]} by the
        second while it runs, and its volume until it is terminated.
      </p>
    </div>
  );
}
