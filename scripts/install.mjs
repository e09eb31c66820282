import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { capture, StepFailed } from './children.mjs';
import { fingerprint, unlessDone } from './fingerprint.mjs';
import { pnpm, root } from './places.mjs';
import { canInstallSystemPackages, findProgram, installSystemPackages } from './system-packages.mjs';

/** Installs the packages that the lockfile names, where they are not in place yet. */
export async function install() {
  const packages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/package.json`);
  const manifests = ['package.json', ...packages].filter((path) => existsSync(join(root, path)));
  const folders = manifests.map((path) => join(dirname(path), 'node_modules'));
  // A native module is built for one version of Node's binary interface, on one platform.
  const facts = [process.versions.modules, process.platform, process.arch];
  const current = fingerprint(['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests], facts);
  await unlessDone('packages', folders, current, async () => {
    let { code, output, seconds } = await installPackages();
    const tools = missingBuildTools();
    if (code !== 0 && tools.length > 0 && canInstallSystemPackages()) {
      console.log('failed: perhaps a native module had to be compiled');
      await installSystemPackages(tools);
      ({ code, output, seconds } = await installPackages());
    }
    if (code === 0) return console.log(`${seconds} s`);
    console.log('failed');
    process.stderr.write(output);
    const hint =
      tools.length === 0
        ? ''
        : ` Not found here, and needed where better-sqlite3 has no ready-made binary: ${tools.join(', ')}.`;
    throw new StepFailed(`Installing packages: failed after ${seconds} s. Its output stands above.${hint}`);
  });
}

function installPackages() {
  return capture('Installing packages', [...pnpm(), 'install', '--frozen-lockfile'], {
    cwd: root,
    // CI: pnpm asks no question then.
    env: { ...process.env, CI: 'true', ...headersOfThisNode() },
  });
}

/** Where the headers lie beside Node, node-gyp need not download them. pnpm does not pass npm's own setting on. */
function headersOfThisNode() {
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  return existsSync(join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {};
}

/** @returns {string[]} the Debian packages of what a C++ build needs and this machine has not */
function missingBuildTools() {
  const tools = { python3: 'python3', make: 'make', 'g++': 'g++' };
  return Object.entries(tools).flatMap(([program, name]) => (findProgram([program]) === null ? [name] : []));
}
