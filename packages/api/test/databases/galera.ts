import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, openSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type mysql from 'mysql2/promise';
import { freePort } from '../harness/free-port.js';
import type { ServerFolder } from './mariadb-folder.js';
import { answering, serverFolder } from './mariadb-folder.js';

/** One server of a cluster. */
export interface GaleraNode {
  readonly port: number;
  /** Without a database name: `mariadb://root@127.0.0.1:PORT`. */
  readonly url: string;
  /** Kills it as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on its data, and resolves once it has caught up with the others. */
  rejoin(): Promise<void>;
  /** Starts it again without waiting: where most of the cluster is gone, none comes up before the others. */
  launch(): Promise<void>;
  /** Stops and continues the process: to the others, and to its clients, it hangs. */
  freeze(): void;
  thaw(): void;
}

export interface GaleraCluster {
  readonly nodes: readonly GaleraNode[];
  /** Resolves once each node sees all of them. One that has just come to itself takes itself for a part of them still. */
  whole(): Promise<void>;
  /** Stops all and deletes their data. */
  remove(): Promise<void>;
}

const PROVIDER = '/usr/lib/galera/libgalera_smm.so';
/** It has what the others have, and takes writes; with `size`, as one of so many. */
async function isSynced(connection: mysql.Connection, size: string | null): Promise<boolean> {
  const [rows] = await connection.query<mysql.RowDataPacket[]>(
    "SHOW STATUS WHERE Variable_name IN ('wsrep_local_state_comment', 'wsrep_cluster_status', 'wsrep_cluster_size')",
  );
  const values = rows.map((row) => String(row['Value']));
  return values.includes('Synced') && values.includes('Primary') && (size === null || values.includes(size));
}

interface Ports {
  readonly sql: number;
  readonly group: number;
  readonly catchUp: number;
  readonly transfer: number;
}

/** Not root: rsync, by which a node tells another that nothing is to be copied, would give up its rights and find the folder
 *  closed. Debian's package brings this user. */
const user = userInfo().username === 'root' ? 'mysql' : userInfo().username;

function giveTo(owner: string, folder: string): void {
  if (owner !== userInfo().username) execFileSync('chown', ['-R', owner, folder]);
}

/** Nodes of one Galera cluster, on free ports of 127.0.0.1, each with a folder of its own. About 15 s for three. */
export async function startGalera(size = 3): Promise<GaleraCluster> {
  const ports: Ports[] = [];
  for (let i = 0; i < size; i++) {
    ports.push({
      sql: await freePort(),
      group: await freePort(),
      catchUp: await freePort(),
      transfer: await freePort(),
    });
  }
  const address = `gcomm://${ports.map(({ group }) => `127.0.0.1:${group}`).join(',')}`;
  const nodes = ports.map((own, i) => galeraNode(`node${i + 1}`, own, address));
  const [first, ...others] = nodes;
  if (first === undefined) throw new Error('A cluster has a node.');
  first.folder.install();
  await first.launch(['--wsrep-new-cluster']);
  await first.synced();
  // The others begin with a copy, at the same place of the cluster's history: sending them a whole database would need
  // programs beside the server's, and rights of their own.
  await first.stop();
  for (const { folder } of others) {
    cpSync(`${first.folder.path}/data`, `${folder.path}/data`, {
      recursive: true,
      filter: (path) => !path.endsWith('galera.cache'),
    });
    giveTo(user, folder.path);
  }
  await first.launch(['--wsrep-new-cluster']);
  await first.synced();
  for (const node of others) await node.rejoin();
  return {
    nodes,
    async whole() {
      // Twice: the one that was away may have been asked before the others knew.
      for (const node of [...nodes, ...nodes]) await node.synced(size);
    },
    async remove() {
      for (const node of nodes) await node.kill();
      for (const { folder } of nodes) rmSync(folder.path, { recursive: true, force: true });
    },
  };
}

function galeraNode(name: string, ports: Ports, address: string) {
  const folder = serverFolder(user);
  giveTo(user, folder.path);
  let child: ChildProcess | null = null;
  const killed = () => child?.kill('SIGKILL');

  async function launch(more: readonly string[] = startPosition(folder)): Promise<void> {
    const log = openSync(join(folder.path, 'log'), 'a');
    const words = [...folder.arguments(ports.sql), ...clusterArguments(name, ports, address), ...more];
    child = spawn('mariadbd', words, { stdio: ['ignore', log, log], env: folder.env });
    process.once('exit', killed);
    await new Promise((resolve, reject) => child?.once('spawn', resolve).once('error', reject));
  }

  async function synced(size?: number): Promise<void> {
    if (child === null) throw new Error(`${name} does not run.`);
    const wanted = size === undefined ? null : String(size);
    await answering(ports.sql, child, (connection) => isSynced(connection, wanted), 120);
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const dying = child;
    if (dying === null) return;
    child = null;
    process.removeListener('exit', killed);
    // A node that cannot go on ends by itself.
    if (dying.exitCode !== null || dying.signalCode !== null) return;
    const gone = new Promise((resolve) => dying.once('exit', resolve));
    dying.kill(signal);
    await gone;
  }

  return {
    folder,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    port: ports.sql,
    url: `mariadb://root@127.0.0.1:${ports.sql}`,
    launch,
    synced,
    async rejoin() {
      await launch();
      await synced();
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
  };
}

function clusterArguments(name: string, ports: Ports, address: string): string[] {
  const provider = {
    'gmcast.listen_addr': `tcp://127.0.0.1:${ports.group}`,
    'ist.recv_addr': `127.0.0.1:${ports.catchUp}`,
    'gcache.size': '128M',
  };
  return [
    '--wsrep-on=ON',
    `--wsrep-provider=${PROVIDER}`,
    `--wsrep-cluster-address=${address}`,
    '--wsrep-cluster-name=twofold',
    `--wsrep-node-name=${name}`,
    `--wsrep-node-address=127.0.0.1:${ports.group}`,
    `--wsrep-provider-options=${Object.entries(provider)
      .map(([option, value]) => `${option}=${value}`)
      .join(';')}`,
    '--wsrep-sst-method=rsync',
    // Two nodes of one machine that join at once would both take the usual port.
    `--wsrep-sst-receive-address=127.0.0.1:${ports.transfer}`,
    '--wsrep-slave-threads=4',
    '--binlog-format=ROW',
    '--default-storage-engine=InnoDB',
    '--innodb-autoinc-lock-mode=2',
  ];
}

/** After a crash the file that says how far a node had got says nothing; InnoDB knows. With it, what is missing alone is
 *  sent, and not the whole database (as Debian's galera_recovery does before it starts the service). */
function startPosition(folder: ServerFolder): string[] {
  const recovered = spawnSync('mariadbd', [...folder.arguments(0), '--wsrep-recover'], {
    env: folder.env,
    encoding: 'utf8',
  });
  const position = /Recovered position:?\s+(\S+:\d+)/.exec(`${recovered.stdout}${recovered.stderr}`)?.[1];
  return position === undefined ? [] : [`--wsrep-start-position=${position}`];
}
