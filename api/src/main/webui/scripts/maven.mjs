// Called by the Maven build of `api`: builds or checks the dashboard if anything of it changed since
// that was last done. `node maven.mjs build OUTPUT` or `node maven.mjs check`.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE = [20, 19];
const webui = fileURLToPath(new URL('..', import.meta.url));
const contract = join(webui, '../../../../docs/api/openapi.yaml');
const target = join(webui, '../../../target/webui');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < NODE[0] || (major === NODE[0] && minor < NODE[1])) {
  console.error(
    `The dashboard needs Node ${NODE.join('.')} or newer, this is ${process.versions.node}. ` +
      'Install one, or build the API alone with -Dskip.webui.',
  );
  process.exit(1);
}

function files(path) {
  if (!statSync(path).isDirectory()) return path.endsWith('.gen.ts') ? [] : [path];
  return readdirSync(path)
    .filter((name) => name !== 'node_modules')
    .sort()
    .flatMap((name) => files(join(path, name)));
}

function fingerprint() {
  const hash = createHash('sha256').update(process.version);
  for (const file of [...files(webui), contract]) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

const stamp = (what) => join(target, what);
const isDone = (what, value) =>
  existsSync(stamp(what)) && readFileSync(stamp(what), 'utf8') === value;

function done(what, value) {
  mkdirSync(target, { recursive: true });
  writeFileSync(stamp(what), value);
}

function npm(...args) {
  execFileSync('npm', args, { cwd: webui, stdio: 'inherit' });
}

function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(webui, 'package-lock.json')))
    .digest('hex');
  const installed = join(webui, 'node_modules/.valet-lock');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lock) return;
  npm('ci', '--prefer-offline', '--no-audit', '--no-fund');
  writeFileSync(installed, lock);
}

const [what, output] = process.argv.slice(2);
const now = fingerprint();
if (what === 'build') {
  if (isDone('built', now) && existsSync(join(output, 'index.html'))) process.exit(0);
  rmSync(stamp('built'), { force: true });
  install();
  npm('run', 'build');
  rmSync(output, { recursive: true, force: true });
  cpSync(join(target, 'dist'), output, { recursive: true });
  done('built', now);
} else if (what === 'check') {
  if (isDone('checked', now)) process.exit(0);
  install();
  npm('run', 'check');
  done('checked', now);
} else {
  console.error('usage: node maven.mjs build OUTPUT | check');
  process.exit(2);
}
