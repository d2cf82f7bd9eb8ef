import { Select } from '@mantine/core';
import { words } from './format';

/** One value of a few, or none. */
export function Picker<T extends string>({
  label,
  value,
  values,
  any,
  wordOf = words,
  onChange,
  width = 150,
}: {
  label: string;
  value: T | undefined;
  values: readonly T[];
  /** What no choice is called; without it one must be made. */
  any?: string;
  wordOf?: (value: T) => string;
  onChange: (value: T | undefined) => void;
  width?: number;
}) {
  return (
    <Select
      aria-label={label}
      w={width}
      data={values.map((one) => ({ value: one, label: wordOf(one) }))}
      value={value ?? null}
      placeholder={any}
      clearable={any !== undefined}
      allowDeselect={false}
      clearButtonProps={{ 'aria-label': `Clear ${label}` }}
      onChange={(next) => onChange(next === null ? undefined : next)}
    />
  );
}
