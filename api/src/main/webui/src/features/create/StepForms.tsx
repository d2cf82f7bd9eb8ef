import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import type { Environment, Template, TemplateParameter, TemplateSpec, Tenant } from '@/api/types';
import { plural } from '@/shared/format';
import { Empty } from '@/shared/Page';
import { ENVIRONMENTS } from '@/shared/vocabulary';
import { MOST, type Draft, type Faults } from './draft';
import classes from './Create.module.css';

interface StepProps {
  draft: Draft;
  faults: Faults;
  change: (patch: Partial<Draft>) => void;
  onLeave: (field: string) => void;
}

export function TemplateStep({
  draft,
  faults,
  change,
  templates,
}: StepProps & { templates: Template[] }) {
  const usable = templates.filter((template) => template.retiredAt === null);
  if (usable.length === 0) {
    return (
      <Empty title="There is no template to make one from">
        An administrator makes them, under Templates.
      </Empty>
    );
  }
  return (
    <fieldset className={classes.choices} style={{ border: 0, padding: 0, margin: 0 }}>
      <legend className="hidden-visually">Template</legend>
      {usable.map((template) => (
        <label key={template.id} className={classes.choice}>
          <input
            type="radio"
            name="template"
            checked={draft.templateId === template.id}
            onChange={() =>
              change({
                templateId: template.id,
                templateVersion: template.latestVersion,
                parameters: {},
                capacity: null,
              })
            }
          />
          <strong>{template.name}</strong>
          <span className="muted">version {template.latestVersion}</span>
          <span className="muted">{template.description}</span>
        </label>
      ))}
      {faults.templateId !== undefined && <div className={classes.fault}>{faults.templateId}</div>}
    </fieldset>
  );
}

export function ParametersStep({
  draft,
  faults,
  change,
  onLeave,
  spec,
}: StepProps & { spec: TemplateSpec }) {
  if (spec.parameters.length === 0) {
    return <p className="muted">This template asks for nothing. Everything is in its version.</p>;
  }
  const set = (name: string) => (value: string) =>
    change({ parameters: { ...draft.parameters, [name]: value } });
  return (
    <>
      {spec.parameters.map((parameter) => (
        <Parameter
          key={parameter.name}
          parameter={parameter}
          value={draft.parameters[parameter.name] ?? ''}
          error={faults[`parameters.${parameter.name}`]}
          onChange={set(parameter.name)}
          onBlur={() => onLeave(`parameters.${parameter.name}`)}
        />
      ))}
    </>
  );
}

interface ParameterProps {
  parameter: TemplateParameter;
  value: string;
  error?: string;
  onChange: (value: string) => void;
  onBlur: () => void;
}

/** The input that its type wants; the default stands there until something else is typed. */
function Parameter({ parameter, value, error, onChange, onBlur }: ParameterProps) {
  const fallback = parameter.defaultValue == null ? '' : defaultText(parameter.defaultValue);
  const shared = {
    label: parameter.name,
    description: parameter.description ?? undefined,
    placeholder: fallback,
    name: `parameters.${parameter.name}`,
    error,
    onBlur,
  };
  switch (parameter.type) {
    case 'integer':
      return (
        <NumberInput
          {...shared}
          allowDecimal={false}
          value={value === '' ? '' : Number(value)}
          onChange={(next) => onChange(String(next))}
        />
      );
    case 'boolean':
      return (
        <Select
          {...shared}
          data={[
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]}
          value={value === '' ? null : value}
          clearable
          onChange={(next) => onChange(next ?? '')}
        />
      );
    case 'choice':
      return (
        <Select
          {...shared}
          data={parameter.choices}
          value={value === '' ? null : value}
          clearable
          onChange={(next) => onChange(next ?? '')}
        />
      );
    case 'string':
      return (
        <TextInput
          {...shared}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

const defaultText = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

export function DetailsStep({
  draft,
  faults,
  change,
  onLeave,
  spec,
  tenants,
}: StepProps & { spec: TemplateSpec; tenants: Tenant[] }) {
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          label="Name"
          name="name"
          description={
            draft.count > 1 ? 'Each gets its number behind it' : 'Unique in its environment'
          }
          value={draft.name}
          error={faults.name}
          autoComplete="off"
          onBlur={() => onLeave('name')}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <NumberInput
          label="How many"
          name="count"
          description={`From 1 to ${MOST}`}
          value={draft.count}
          min={1}
          max={MOST}
          error={faults.count}
          onBlur={() => onLeave('count')}
          onChange={(value) => change({ count: Number(value) || 1 })}
        />
      </div>
      <div className={classes.pair}>
        <Select
          label="Environment"
          description="Chosen for good"
          data={ENVIRONMENTS}
          value={draft.environment}
          allowDeselect={false}
          onChange={(value) => change({ environment: (value ?? 'dev') as Environment })}
        />
        <NumberInput
          label="Capacity"
          name="capacity"
          description="Tasks at once"
          placeholder={`${plural(spec.capacity, 'task')}, as the template says`}
          value={draft.capacity ?? ''}
          min={1}
          max={100}
          error={faults.capacity}
          onBlur={() => onLeave('capacity')}
          onChange={(value) => change({ capacity: value === '' ? null : Number(value) })}
        />
      </div>
      {tenants.length > 1 && (
        <Select
          label="Tenant"
          description="Whose it is; chosen for good"
          placeholder="Your only one, or the default"
          clearable
          data={tenants.map((tenant) => ({ value: tenant.id, label: tenant.slug }))}
          value={draft.tenantId}
          onChange={(value) => change({ tenantId: value })}
        />
      )}
      <Textarea
        label="Tags"
        name="tags"
        description="One a line, as team=checkout; also set on the instance"
        autosize
        minRows={3}
        value={draft.tags}
        error={faults.tags}
        onBlur={() => onLeave('tags')}
        onChange={(event) => change({ tags: event.currentTarget.value })}
      />
    </>
  );
}
