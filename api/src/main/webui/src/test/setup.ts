import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(cleanup);
configure({ asyncUtilTimeout: 20_000 });

// What jsdom does not have and components ask for.
window.matchMedia = (query: string) =>
  ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    dispatchEvent: () => false,
  }) as unknown as MediaQueryList;
window.scrollTo = () => undefined;
// Asked for by axe; there is nothing to draw on.
HTMLCanvasElement.prototype.getContext = () => null;
Element.prototype.scrollIntoView = () => undefined;
globalThis.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

// A screenful, where nothing is laid out: else a virtual table would show no rows.
Object.defineProperty(Element.prototype, 'clientHeight', { get: () => 800 });
Object.defineProperty(Element.prototype, 'clientWidth', { get: () => 1_200 });
Object.defineProperty(document, 'fonts', { value: new EventTarget() });
