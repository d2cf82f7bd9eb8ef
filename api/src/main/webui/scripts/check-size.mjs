// Fails when what the first view loads has grown beyond its budget, or holds what a page loads later.
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BUDGET = 200_000;
const dist = fileURLToPath(new URL('../../../../target/webui/dist/', import.meta.url));
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8'));

const initial = new Set();
function visit(key) {
  if (initial.has(key)) return;
  initial.add(key);
  for (const imported of manifest[key].imports ?? []) visit(imported);
}
visit('index.html');

let total = 0;
for (const key of initial) {
  const { file } = manifest[key];
  if (file.endsWith('.js')) total += gzipSync(readFileSync(dist + file)).length;
}
console.log(`Initial JavaScript: ${Math.round(total / 1000)} kB gzip of ${BUDGET / 1000} kB`);
if (total > BUDGET) {
  console.error('The first view loads too much: import() what only one page needs.');
  process.exit(1);
}
