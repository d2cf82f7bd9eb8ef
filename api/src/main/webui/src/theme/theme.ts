import { createTheme, type MantineTheme } from '@mantine/core';

// Locking the page's scroll would inject a style element, which the content policy forbids.
const floating = { lockScroll: false, transitionProps: { duration: 120 } };
const still = { transitionProps: { duration: 0 } };

/**
 * How components behave; how they look is in tokens.css. By name, not by import: what a page does not
 * use is not loaded with it.
 */
const components: MantineTheme['components'] = {
  ActionIcon: { defaultProps: { variant: 'subtle', size: 28, color: 'dark' } },
  Button: { defaultProps: { size: 'xs', variant: 'default' } },
  Checkbox: { defaultProps: { size: 'xs' } },
  Drawer: {
    defaultProps: { ...floating, position: 'right', closeButtonProps: { 'aria-label': 'Close' } },
  },
  Menu: { defaultProps: { shadow: 'md', ...still } },
  Modal: {
    defaultProps: { ...floating, centered: true, closeButtonProps: { 'aria-label': 'Close' } },
  },
  NumberInput: { defaultProps: { size: 'xs' } },
  SegmentedControl: { defaultProps: { size: 'xs' } },
  Select: { defaultProps: { size: 'xs', comboboxProps: still } },
  Switch: { defaultProps: { size: 'xs' } },
  Textarea: { defaultProps: { size: 'xs' } },
  TextInput: { defaultProps: { size: 'xs' } },
  Tooltip: { defaultProps: { openDelay: 300, ...still } },
};

export const theme = createTheme({
  cursorType: 'pointer',
  respectReducedMotion: true,
  components,
});
