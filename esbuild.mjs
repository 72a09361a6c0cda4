// Builds dist/: the host half (extension.js and the chunks it loads late) and one script per webview panel.
//   node esbuild.mjs            minified, guarded by size, as it ships
//   node esbuild.mjs --dev      readable, with source maps
//   node esbuild.mjs --watch    the same, again after every change
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build as bundle, context, transform } from 'esbuild';

/** @typedef {{ dev?: boolean, outdir?: string, guarded?: boolean }} BuildOptions guarded: say and limit what it weighs */

const root = path.dirname(fileURLToPath(import.meta.url));
const target = 'node20';

/**
 * What the bundle may weigh, in bytes: the entry is on the way of every start of the editor. What is only loaded by one
 * of the features (an `import()` of a file in its folder) is counted there, all the rest as `host`.
 * @type {{ entry: number, host: number, features: Readonly<Record<string, number>> }}
 */
const limits = {
  entry: 60 * 1024,
  host: 470 * 1024,
  features: {
    'src/panels/': 100 * 1024,
    'src/dockerfile/': 200 * 1024,
    'src/files/': 60 * 1024,
    // Rooms of commands with views of their own; the first with all that reads and writes the files in volumes.
    'src/commands/volumes/': 40 * 1024,
    'src/commands/networks/': 20 * 1024,
    'src/commands/swarm/': 20 * 1024,
    'src/commands/build/': 30 * 1024,
    // With their tree and the client of their protocol.
    'src/commands/registries/': 70 * 1024,
    // Services and nodes, which only who has a swarm sees.
    'src/views/swarm/': 16 * 1024,
    // What unpacks zstd, for editors whose Node does not.
    'src/engine/lens/zstd': 12 * 1024,
  },
};

/**
 * Corners of dockerode that nothing here uses: libraries larger than the rest of the bundle, and one class per kind of
 * object, for the engine layer makes its requests itself.
 */
const corners = [
  {
    importer: /[\\/]dockerode[\\/]lib[\\/]/,
    path: /^(\.\/(session|buildkit|container|image|volume|network|service|plugin|secret|config|task|node|exec)|tar-fs|@balena\/dockerignore)$/,
  },
  { importer: /[\\/]docker-modem[\\/]lib[\\/]/, path: /^\.\/(ssh|http)$/ },
];
const banned = /node_modules[\\/](@grpc|protobufjs|@protobufjs|ssh2|cpu-features)[\\/]/;

/** @type {import('esbuild').Plugin} */
export const leaveOutCorners = {
  name: 'leave-out-corners',
  setup(build) {
    build.onResolve({ filter: /^(\.\/\w+|tar-fs|@balena\/dockerignore)$/ }, (args) => {
      const cut = corners.some(
        (corner) => corner.importer.test(args.importer) && corner.path.test(args.path),
      );
      return cut ? { path: args.path, namespace: 'left-out' } : undefined;
    });
    // docker-modem's own log, which nobody can turn on here: a library that prints in colours, for every terminal.
    build.onResolve({ filter: /^debug$/ }, ({ importer }) =>
      /[\\/]docker-modem[\\/]/.test(importer) ? { path: 'debug', namespace: 'silent' } : undefined,
    );
    // Of dockerfile-ast only where instructions begin and end is used: what its classes for each of them know is not.
    build.onResolve(
      {
        filter:
          /^\.\/(instructions\/\w+|(json|property|modifiable)Instruction|instruction|property|flag|argument|jsonArgument|variable|heredoc)$/,
      },
      ({ importer, resolveDir }) =>
        /[\\/]dockerfile-ast[\\/]lib[\\/](main|parser|dockerfile|imageTemplate)\.js$/.test(importer)
          ? { path: 'instructions', namespace: 'plain', pluginData: resolveDir }
          : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'plain' }, ({ pluginData }) => ({
      resolveDir: String(pluginData),
      contents: `class Plain extends require('./line').Line {
          constructor(document, range, dockerfile, escape, keyword) {
            super(document, range);
            this.keyword = keyword;
          }
          getKeyword() {
            return this.keyword.toUpperCase();
          }
        }
        for (const name of ['Instruction', 'Add', 'Arg', 'Cmd', 'Copy', 'Entrypoint', 'Env', 'From', 'Healthcheck', 'Label', 'Onbuild',
          'Run', 'Shell', 'Stopsignal', 'User', 'Volume', 'Workdir']) exports[name] = Plain;`,
    }));
    // Of the language server's types dockerfile-ast makes positions and ranges; the rest of them weighs a seventh of its bundle.
    build.onResolve({ filter: /^vscode-languageserver-types$/ }, () => ({
      path: 'types',
      namespace: 'ranges',
    }));
    build.onLoad({ filter: /.*/, namespace: 'ranges' }, () => ({
      contents: `exports.Position = { create: (line, character) => ({ line, character }) };
        exports.Range = {
          create: (start, end, line, character) =>
            line === undefined
              ? { start, end }
              : { start: exports.Position.create(start, end), end: exports.Position.create(line, character) },
        };`,
    }));
    build.onLoad({ filter: /.*/, namespace: 'silent' }, () => ({
      contents: 'module.exports = () => () => undefined;',
    }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path: name }) => ({
      contents: `module.exports = () => { throw new Error('${name} of dockerode is left out of this build'); };`,
    }));
  },
};

/**
 * Only ES modules can be split into shared chunks, and only CommonJS starts fast in the extension host: so the bundle
 * is made as the former, and each file of it is turned into the latter. `import()` becomes a `require` on first use.
 * @param {{ outdir: string, dev: boolean, guarded: boolean }} options
 * @returns {import('esbuild').Plugin}
 */
const writeAsCommonJs = ({ outdir, dev, guarded }) => ({
  name: 'write-as-commonjs',
  setup(build) {
    build.onEnd(async (result) => {
      if (result.errors.length > 0) return;
      const files = await Promise.all((result.outputFiles ?? []).map((file) => asCommonJs(file, dev)));
      if (!dev) files.push(await interopFile());
      // The entry last: who loads it finds every chunk it names.
      files.sort((a, b) => Number(a.name === 'extension.js') - Number(b.name === 'extension.js'));
      mkdirSync(outdir, { recursive: true });
      for (const { name, code } of files) writeWhole(path.join(outdir, name), code);
      const kept = new Set(files.map(({ name }) => name));
      for (const name of readdirSync(outdir)) {
        if (/^chunk-.*\.js$/.test(name) && !kept.has(name)) rmSync(path.join(outdir, name));
      }
      if (guarded && result.metafile) guard(result.metafile, files);
    });
  },
});

/** What esbuild would write into each file, one for all of them: how the names of an ES module become CommonJS's. */
const INTEROP = 'interop.js';
const declarations = /^(?:var __\w+ = .*\n(?:[ })].*\n)*)+/m;

/** @satisfies {import('esbuild').TransformOptions} */
const commonJs = {
  format: /** @type {const} */ ('cjs'),
  platform: /** @type {const} */ ('node'),
  target,
  supported: { 'dynamic-import': false },
};

/** @param {import('esbuild').OutputFile} file @param {boolean} dev */
async function asCommonJs(file, dev) {
  const name = path.basename(file.path);
  const map = { sourcemap: dev ? /** @type {const} */ ('inline') : false, sourcefile: name };
  const { code } = await transform(file.text, { ...commonJs, ...map });
  if (dev) return { name, code };
  const own = declarations.exec(code)?.[0] ?? '';
  const rest = code.replace(own, '');
  const used = declared(own).filter((helper) => rest.includes(`${helper}(`));
  const shared = `var { ${used.join(', ')} } = require("./${INTEROP}");\n${rest}`;
  return { name, code: (await transform(shared, { ...commonJs, minify: true })).code };
}

/** @param {string} code the names it declares */
const declared = (code) => [...code.matchAll(/^var (__\w+)/gm)].map(([, name]) => String(name));

/** The file of all such declarations, taken from a module that needs each of them. */
async function interopFile() {
  const needy = 'import * as a from "a"; import b from "b"; export * from "c"; export { a, b };';
  const own = declarations.exec((await transform(needy, commonJs)).code)?.[0] ?? '';
  const all = `${own}module.exports = { ${declared(own).join(', ')} };`;
  return { name: INTEROP, code: (await transform(all, { ...commonJs, minify: true })).code };
}

/** What is imported as `./file?worker` is a string: a whole script, to start a worker with. @type {import('esbuild').Plugin} */
export const workerSource = {
  name: 'worker-source',
  setup(build) {
    build.onResolve({ filter: /\?worker$/ }, ({ path: name, resolveDir }) => ({
      path: path.join(resolveDir, `${name.replace(/\?worker$/, '')}.ts`),
      namespace: 'worker',
    }));
    build.onLoad({ filter: /.*/, namespace: 'worker' }, async ({ path: file }) => {
      const { minify = false, target: page } = build.initialOptions;
      const options = {
        bundle: true,
        write: false,
        minify,
        format: /** @type {const} */ ('iife'),
        target: page,
      };
      const { outputFiles, metafile } = await bundle({ ...options, entryPoints: [file], metafile: true });
      return {
        contents: `export const source = ${JSON.stringify(outputFiles?.[0]?.text)};`,
        watchFiles: Object.keys(metafile?.inputs ?? {}).map((input) => path.resolve(input)),
      };
    });
  },
};

/** A reader never sees half of it. @param {string} file @param {string} text */
function writeWhole(file, text) {
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

/**
 * Says what the bundle weighs and throws when it is too heavy.
 * @param {import('esbuild').Metafile} metafile
 * @param {{ name: string, code: string }[]} files
 */
function guard(metafile, files) {
  const weights = new Map(files.map(({ name, code }) => [name, Buffer.byteLength(code)]));
  const parts = weighParts(metafile, weights);
  /** @type {Map<string, number>} */
  const inputs = new Map();
  for (const output of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      inputs.set(input, (inputs.get(input) ?? 0) + bytesInOutput);
    }
  }
  const largest = [...inputs].sort((a, b) => b[1] - a[1]).slice(0, 5);
  for (const { name, bytes, limit } of parts) console.log(`${name} ${kb(bytes)} of ${kb(limit)}`);
  for (const [input, bytes] of largest) console.log(`  ${kb(bytes).padStart(9)}  ${input}`);

  const strays = Object.keys(metafile.inputs).filter((input) => banned.test(input));
  if (strays.length > 0) throw new Error(`These must not be in the bundle: ${strays.slice(0, 5).join(', ')}`);
  for (const { name, bytes, limit } of parts) {
    if (bytes > limit)
      throw new Error(`${name} weighs ${kb(bytes)} of ${kb(limit)}; see the largest inputs above.`);
  }
}

/** @param {number} bytes */
const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

/**
 * @param {import('esbuild').Metafile} metafile
 * @param {ReadonlyMap<string, number>} weights bytes by file name
 * @returns {{ name: string, bytes: number, limit: number }[]} the entry, the host and each feature
 */
function weighParts({ outputs }, weights) {
  const feature = (/** @type {string} */ file) => {
    // The rows and the commands of files are as much a part of that feature as the file system itself.
    const entry = outputs[file]?.entryPoint
      ?.replace(/^src\/(?:views|commands)\/files\//, 'src/files/')
      .replace(/^src\/(?:views\/registries|engine\/registry)\//, 'src/commands/registries/');
    return Object.keys(limits.features).find((folder) => entry?.startsWith(folder));
  };
  /** @param {Set<string>} found @param {string} file */
  const reach = (found, file) => {
    if (found.has(file)) return;
    found.add(file);
    for (const { path: next, kind } of outputs[file]?.imports ?? [])
      if (kind !== 'dynamic-import' || feature(next) === undefined) reach(found, next);
  };
  const host = new Set();
  reach(host, Object.keys(outputs).find((file) => outputs[file]?.entryPoint === 'src/extension.ts') ?? '');
  const weigh = (/** @type {Iterable<string>} */ chunks) =>
    [...chunks].reduce((sum, file) => sum + (weights.get(path.basename(file)) ?? 0), 0);
  const features = Object.entries(limits.features).map(([folder, limit]) => {
    const own = new Set();
    for (const file of Object.keys(outputs)) if (feature(file) === folder) reach(own, file);
    return { name: folder, bytes: weigh([...own].filter((file) => !host.has(file))), limit };
  });
  return [
    { name: 'extension.js', bytes: weights.get('extension.js') ?? 0, limit: limits.entry },
    { name: 'the host', bytes: weigh(host), limit: limits.host },
    ...features.filter(({ bytes }) => bytes > 0),
  ];
}

/** @param {BuildOptions} options @returns {Promise<import('esbuild').BuildContext[]>} */
async function contexts({ dev = false, outdir = path.join(root, 'dist'), guarded = !dev } = {}) {
  /** @satisfies {import('esbuild').BuildOptions} */
  const shared = {
    absWorkingDir: root,
    bundle: true,
    minify: !dev,
    sourcemap: dev ? /** @type {const} */ ('inline') : false,
    logLevel: /** @type {const} */ ('warning'),
    legalComments: /** @type {const} */ ('none'),
  };
  const host = await context({
    ...shared,
    entryPoints: { extension: 'src/extension.ts' },
    outdir,
    write: false,
    metafile: true,
    format: 'esm',
    splitting: true,
    chunkNames: 'chunk-[hash]',
    platform: 'node',
    target,
    // Some packages have a `main` that builds its requires at run time and cannot be bundled.
    mainFields: ['module', 'main'],
    external: ['vscode'],
    // A copy of Node's own streams for Nodes that are older than any editor's.
    alias: { 'readable-stream': 'node:stream' },
    plugins: [leaveOutCorners, writeAsCommonJs({ outdir, dev, guarded })],
  });
  const panels = panelEntries();
  if (Object.keys(panels).length === 0) return [host];
  const webview = await context({
    ...shared,
    entryPoints: panels,
    outdir: path.join(outdir, 'webview'),
    format: 'iife',
    platform: 'browser',
    target: 'chrome124',
    plugins: [workerSource],
  });
  return [host, webview];
}

/** `webview/<panel>/index.ts` -> `dist/webview/<panel>.js` @returns {Record<string, string>} */
function panelEntries() {
  const folder = path.join(root, 'webview');
  if (!existsSync(folder)) return {};
  const panels = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'index.ts')));
  return Object.fromEntries(panels.map((name) => [name, `webview/${name}/index.ts`]));
}

/** Builds once. @param {BuildOptions} [options] */
export async function build(options = {}) {
  const all = await contexts(options);
  try {
    for (const one of all) await one.rebuild();
  } finally {
    await Promise.all(all.map((one) => one.dispose()));
  }
}

/** Builds now and after every change, until the process ends. @param {BuildOptions} [options] */
async function watch(options = {}) {
  for (const one of await contexts({ dev: true, ...options })) await one.watch();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const flags = new Set(process.argv.slice(2));
  const work = flags.has('--watch') ? watch() : build({ dev: flags.has('--dev') });
  work.catch((/** @type {Error} */ error) => {
    console.error(`The build failed: ${error.message}`);
    process.exitCode = 1;
  });
}
