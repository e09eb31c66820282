import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { step } from './children.mjs';

/** Servers lie in sbin, which only root has on its PATH. */
export const searchPath = [process.env['PATH'], '/usr/sbin', '/usr/local/sbin'].join(delimiter);

/** The names of the browser, in the order of preference. */
export const browsers = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * @param {readonly string[]} names of one program, in the order of preference
 * @returns {string | null} its path
 */
export function findProgram(names) {
  for (const path of names.flatMap((name) =>
    searchPath.split(delimiter).map((folder) => join(folder, name)),
  )) {
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not here.
    }
  }
  return null;
}

/** Debian and Ubuntu, as root: there apt can be called without a question. */
export function canInstallSystemPackages() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && findProgram(['apt-get']) !== null;
}

/**
 * @param {readonly string[]} names
 * @throws {import('./children.mjs').StepFailed}
 */
export async function installSystemPackages(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step('Updating the list of system packages', ['apt-get', 'update'], { env });
  const call = ['apt-get', 'install', '--yes', '--no-install-recommends', ...names];
  await step(`Installing ${names.join(', ')}`, call, { env });
}
