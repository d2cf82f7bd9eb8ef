import type { TemplateParameter, TemplateSpec } from '@/api/types';
import { isoDuration, plural } from '@/shared/format';
import { Chip, Chips, Facts } from '@/shared/Page';

const list = (values: readonly string[]) =>
  values.length === 0 ? (
    <span className="muted">none</span>
  ) : (
    <Chips>
      {values.map((value) => (
        <Chip key={value}>{value}</Chip>
      ))}
    </Chips>
  );

/** One version in full. */
export function SpecView({ spec }: { spec: TemplateSpec }) {
  return (
    <Facts
      items={[
        ['Image', <code key="image">{spec.imageId}</code>],
        ['Sizes', list(spec.instanceTypes)],
        ['Subnets', list(spec.subnetIds)],
        ['Security groups', list(spec.securityGroupIds)],
        ['Public IPv4', spec.publicIp ? 'yes' : 'no'],
        ['Volume', `${spec.volume.sizeGib} GiB ${spec.volume.type}, encrypted`],
        ['Engines', list(spec.engines)],
        ['Desktop', spec.desktop ? 'yes' : 'no'],
        ['Capacity', plural(spec.capacity, 'task')],
        ['Unhealthy after', plural(spec.health.failures, 'failure')],
        ['Healthy after', plural(spec.health.successes, 'success', 'successes')],
        ['Boot grace', isoDuration(spec.health.bootGrace)],
        ['Repair after', isoDuration(spec.health.repairAfter)],
        [
          'Parameters',
          spec.parameters.length === 0 ? (
            <span className="muted">none</span>
          ) : (
            <ul>
              {spec.parameters.map((parameter) => (
                <li key={parameter.name}>
                  <code>{parameter.name}</code> <span className="muted">{limits(parameter)}</span>
                </li>
              ))}
            </ul>
          ),
        ],
      ]}
    />
  );
}

function limits(parameter: TemplateParameter): string {
  const parts: string[] = [parameter.type];
  if (parameter.choices.length > 0) parts.push(`one of ${parameter.choices.join(', ')}`);
  if (parameter.minimum != null) parts.push(`at least ${parameter.minimum}`);
  if (parameter.maximum != null) parts.push(`at most ${parameter.maximum}`);
  if (parameter.defaultValue != null)
    parts.push(`by default ${JSON.stringify(parameter.defaultValue)}`);
  return parts.join(', ');
}
