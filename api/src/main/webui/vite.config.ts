import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** A Valet started with `./valet up`; the page then believes to come from it. */
const api = process.env.VALET_URL ?? 'http://localhost:8080';
const proxied = { target: api, headers: { origin: api }, ws: true };

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: '../../../target/webui/dist',
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    // The content policy allows no data: in styles or scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/api': proxied,
      '/login': { target: api },
      '/logout': proxied,
      '/q': { target: api },
    },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test/setup.ts'],
    restoreMocks: true,
    // Generous: the machine may be busy with other builds.
    testTimeout: 60_000,
    css: false,
    pool: 'threads',
    env: { TZ: 'UTC' },
  },
});
