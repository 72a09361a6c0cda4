/** The layer table of CONTRIBUTING.md, as rules. Type imports count. */
const only = (name, from, allowed, extra = {}) => ({
  name,
  severity: 'error',
  from: { path: from, ...extra },
  to: { pathNot: allowed, dependencyTypesNot: ['core'] },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      // The package it imports has its name; the two are taken for one.
      from: { pathNot: '^esbuild\\.mjs$' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only(
      'engine-stands-alone',
      '^src/engine/',
      ['^src/engine/', 'node_modules/(tar-stream|@types/tar-stream)'],
      { pathNot: ['^src/engine/(transport|lens/zstd)\\.ts$'] },
    ),
    only('one-file-unpacks-zstd', '^src/engine/lens/zstd\\.ts$', ['^src/engine/', 'node_modules/fzstd']),
    only('transport-is-the-door-to-dockerode', '^src/engine/transport\\.ts$', [
      '^src/engine/',
      'node_modules/(@types/)?dockerode',
    ]),
    {
      name: 'only-transport-imports-dockerode',
      severity: 'error',
      from: { path: '^(src|webview)/', pathNot: '^src/engine/transport\\.ts$' },
      to: { path: 'node_modules/(@types/)?(dockerode|docker-modem)' },
    },
    {
      name: 'protocol-is-types',
      severity: 'error',
      from: { path: '^src/protocol/' },
      to: { pathNot: '^src/(protocol|engine)/' },
    },
    {
      name: 'protocol-imports-types-only',
      severity: 'error',
      from: { path: '^src/protocol/' },
      to: { path: '^src/engine/', dependencyTypesNot: ['type-only'] },
    },
    only('views', '^src/views/', [
      '^src/(views|engine)/',
      '^src/ids\\.ts$',
      '^vscode$',
      'node_modules/@types/vscode',
    ]),
    only('terminals', '^src/terminals/', [
      '^src/(terminals|engine)/',
      '^src/ids\\.ts$',
      '^vscode$',
      'node_modules/@types/vscode',
    ]),
    only('panels', '^src/panels/', [
      '^src/(panels|engine|protocol)/',
      '^src/ids\\.ts$',
      '^vscode$',
      'node_modules/@types/vscode',
    ]),
    only('dockerfile-core', '^src/dockerfile/(model|rules|language)/', [
      '^src/dockerfile/(model|rules|language)/',
      'node_modules/dockerfile-ast',
    ]),
    only(
      'dockerfile',
      '^src/dockerfile/',
      ['^src/(dockerfile|engine)/', '^src/ids\\.ts$', '^vscode$', 'node_modules/@types/vscode'],
      { pathNot: ['^src/dockerfile/(model|rules|language)/'] },
    ),
    only('files', '^src/files/', [
      '^src/(files|engine)/',
      '^src/ids\\.ts$',
      '^vscode$',
      'node_modules/@types/vscode',
    ]),
    only('commands', '^src/commands/', [
      '^src/(commands|engine|terminals|panels|files)/',
      '^src/views/nodes\\.ts$',
      '^src/ids\\.ts$',
      '^vscode$',
      'node_modules/@types/vscode',
    ]),
    {
      name: 'commands-speak-verbs',
      severity: 'error',
      from: { path: '^src/(commands|views|terminals|panels|dockerfile|files)/' },
      to: { path: '^src/engine/(transport\\.ts|wire/)' },
    },
    { name: 'nobody-imports-the-root', severity: 'error', from: {}, to: { path: '^src/extension\\.ts$' } },
    only('webview', '^webview/', ['^webview/', '^src/protocol/', 'node_modules/']),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|out)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
