import { useState } from 'react';
import { later } from '@/shared/later';
import { useShortcut } from './shortcuts';

const ShortcutDialog = later(async () => (await import('./ShortcutList')).ShortcutDialog);

/** `?` lists the keys of the page that is shown. */
export function ShortcutHelp() {
  const [isOpen, setOpen] = useState(false);
  useShortcut('?', 'Show these keys', () => setOpen(true));
  return isOpen && <ShortcutDialog onClose={() => setOpen(false)} />;
}
