import { Kbd, Modal } from '@mantine/core';
import { useShortcuts } from './shortcuts';
import classes from './Frame.module.css';

/** The keys of the page that is shown. */
export function ShortcutList() {
  const shortcuts = useShortcuts();
  const byKeys = [...new Map(shortcuts.map((shortcut) => [shortcut.keys, shortcut])).values()];
  return (
    <dl className={classes.shortcuts}>
      {byKeys.map(({ keys, does }) => (
        <div key={keys}>
          <dt>
            {keys.split(' ').map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}

export function ShortcutDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Keys on this page">
      <ShortcutList />
    </Modal>
  );
}
