/** `proxies` of the CLI's config.json: settings by the engine's address, or under `default`. */
export type Proxies = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

const VARIABLES: readonly [string, string][] = [
  ['httpProxy', 'HTTP_PROXY'],
  ['httpsProxy', 'HTTPS_PROXY'],
  ['noProxy', 'NO_PROXY'],
  ['ftpProxy', 'FTP_PROXY'],
  ['allProxy', 'ALL_PROXY'],
];

/**
 * The variables the CLI adds to a container for `proxies`, in upper and in lower case; `names` are those the user gave, which
 * stay as they are (`docker/cli: ConfigFile.ParseProxyConfig`). `host` is the engine's address, such as
 * `unix:///var/run/docker.sock`.
 */
export function proxyEnv(proxies: Proxies, host: string | undefined, names: ReadonlySet<string>): string[] {
  const settings = (host === undefined ? undefined : proxies[host]) ?? proxies['default'] ?? {};
  return VARIABLES.flatMap(([setting, upper]) => {
    const value = settings[setting];
    if (typeof value !== 'string' || value === '') return [];
    return [upper, upper.toLowerCase()].filter((name) => !names.has(name)).map((name) => `${name}=${value}`);
  });
}
