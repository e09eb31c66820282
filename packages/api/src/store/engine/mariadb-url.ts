export interface Address {
  readonly host: string;
  readonly port: number;
}

/** By which a server, or a cluster whose nodes hold the same data, is reached. */
export interface Server extends Address {
  /** TypeORM keeps them apart: with the wrong one it sees a schema that has drifted. */
  readonly dialect: 'mariadb' | 'mysql';
  /** Further nodes of its cluster, in the order in which they are asked where those before them do not serve. */
  readonly others: readonly Address[];
  readonly username: string;
  readonly password: string;
  readonly database: string;
  /** TLS, with a certificate that the system trusts. */
  readonly tls: boolean;
}

/** A URL with one host for each node of `scheme://user:password@host:port,host:port/database`, which no URL can hold. */
export function urlsOfNodes(url: string): string[] {
  const [, head, hosts, tail] = /^(\w+:\/\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/s.exec(url) ?? [];
  return head === undefined ? [url] : (hosts ?? '').split(',').map((host) => `${head}${host}${tail ?? ''}`);
}

/**
 * `mariadb://user:password@host:port/name`, `mysql://…`; several hosts stand with commas between them.
 *
 * @param variable whose value it is, for what is said of a fault
 * @throws Error that names the fault and never the password
 */
export function serverOf(url: string, variable = 'DATABASE_URL'): Server {
  const [first, ...others] = urlsOfNodes(url).map((each) => parsed(each, variable));
  if (first === undefined) throw new Error(`${variable}: the host is missing.`);
  return { ...first, others: others.map(({ host, port }) => ({ host, port })) };
}

function parsed(url: string, variable: string): Omit<Server, 'others'> {
  const given = URL.canParse(url) ? new URL(url) : null;
  const dialect = given?.protocol.slice(0, -1);
  if (given === null || (dialect !== 'mariadb' && dialect !== 'mysql')) {
    throw new Error(`${variable}: expected sqlite:PATH, mysql://… or mariadb://….`);
  }
  const database = decodeURIComponent(given.pathname.slice(1));
  if (database === '') throw new Error(`${variable}: the name of the database is missing after the host.`);
  for (const [name, value] of given.searchParams) {
    if (name !== 'tls' || !['true', 'false'].includes(value)) {
      throw new Error(`${variable}: unknown parameter ${name}; there is tls=true and tls=false.`);
    }
  }
  return {
    dialect,
    host: given.hostname.replace(/^\[|\]$/g, ''),
    port: Number(given.port || 3306),
    username: decodeURIComponent(given.username),
    password: decodeURIComponent(given.password),
    database,
    tls: given.searchParams.get('tls') === 'true',
  };
}
