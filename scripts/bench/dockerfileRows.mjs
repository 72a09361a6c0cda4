// What a keystroke in a Dockerfile costs, beside the validator of dockerfile-utils on the same text in the same run.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { leaveOutCorners } from '../../esbuild.mjs';
import { say } from '../rig/say.mjs';
import { compared, inTurn } from './measure.mjs';

const stage = (/** @type {number} */ at) => `
# build part ${at}
FROM --platform=$BUILDPLATFORM node:\${VERSION}-alpine AS build${at}
ARG TARGETARCH
WORKDIR /app
COPY --chown=node:node package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm \\
    npm ci \\
    # between two
    && npm run build -- --arch "\${TARGETARCH}"
RUN <<EOF
apt-get update
apt-get install -y --no-install-recommends ca-certificates
rm -rf /var/lib/apt/lists/*
EOF
ENV PATH=/opt/bin:$PATH HOME="/home/app" A='single quoted'
LABEL org.opencontainers.image.title="An app" org.opencontainers.image.version=\${VERSION}
EXPOSE 8080/tcp
HEALTHCHECK --interval=30s --timeout=1m30s CMD ["curl", "-f", "http://localhost"]
COPY --from=build${Math.max(at - 1, 0)} /app/dist /srv
ENTRYPOINT ["/srv/app", "--port", "8080"]
`;

/** @param {number} lines @returns {string} a file of that length, of stages as people write them */
function fileOf(lines) {
  let text = 'ARG VERSION=22';
  for (let at = 0; text.split('\n').length < lines; at++) text += stage(at);
  return text.split('\n').slice(0, lines).join('\n');
}

/** @param {{ root: string, folder: string, rounds: number }} options @returns {Promise<import('./measure.mjs').Row[]>} */
export async function dockerfileRows({ root, folder, rounds }) {
  mkdirSync(folder, { recursive: true });
  const outfile = path.join(folder, 'dockerfile.cjs');
  await build({
    stdin: {
      contents: `export { parseModel } from './model/model'; export { lint } from './rules/lint';`,
      resolveDir: path.join(root, 'src/dockerfile'),
      loader: 'ts',
    },
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    plugins: [leaveOutCorners],
    logLevel: 'error',
  });
  const require = createRequire(import.meta.url);
  /** @type {typeof import('../../src/dockerfile/model/model') & typeof import('../../src/dockerfile/rules/lint')} */
  const { parseModel, lint } = require(outfile);
  /** @type {typeof import('dockerfile-utils')} */
  const { validate } = require('dockerfile-utils');
  /** @type {import('./measure.mjs').Row[]} */
  const rows = [];
  for (const [lines, atMost] of /** @type {const} */ ([
    [50, 1],
    [500, 8],
    [5000, 150],
  ])) {
    const text = fileOf(lines);
    const repeats = Math.max(1, Math.round(2000 / lines));
    const per = (/** @type {() => unknown} */ work) => async () => {
      const began = performance.now();
      for (let count = 0; count < repeats; count++) work();
      return (performance.now() - began) / repeats;
    };
    const [ours = [], theirs = []] = await inTurn(
      rounds,
      per(() => lint(parseModel(text))),
      per(() => validate(text)),
    );
    const row = compared(`Dockerfile of ${lines} lines: read it, all rules`, ours, theirs, { unit: 'ms' });
    const middle = [...ours].sort((a, b) => a - b)[ours.length >> 1] ?? NaN;
    rows.push({ ...row, goal: `<= ${atMost} ms`, reached: middle <= atMost });
    say(`  ${row.what}: ${row.ours} beside ${row.theirs}  ${row.ratio}`);
  }
  return rows;
}
