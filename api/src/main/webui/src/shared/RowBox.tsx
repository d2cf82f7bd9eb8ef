/** A box to tick in a row of a table; native, as there are many. */
export function RowBox({
  label,
  isChecked,
  isPartly = false,
  onChange,
}: {
  label: string;
  isChecked: boolean;
  isPartly?: boolean;
  onChange: (isChecked: boolean, isRange: boolean) => void;
}) {
  return (
    <input
      type="checkbox"
      aria-label={label}
      checked={isChecked}
      ref={(box) => {
        if (box !== null) box.indeterminate = isPartly;
      }}
      // A click tells whether Shift was held; a change does not.
      onClick={(event) => {
        event.stopPropagation();
        onChange(event.currentTarget.checked, event.shiftKey);
      }}
      onChange={() => undefined}
    />
  );
}
