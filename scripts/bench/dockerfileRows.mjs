// What a keystroke in a Dockerfile costs, in processor time, beside dockerfile-utils and dockerfile-language-service on the same text in the same run.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import process from 'node:process';
import { build } from 'esbuild';
import { leaveOutCorners } from '../../esbuild.mjs';
import { say } from '../rig/say.mjs';
import { compared, inTurn, median } from './measure.mjs';

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

/**
 * @typedef {typeof import('../../src/dockerfile/model/model') & typeof import('../../src/dockerfile/rules/lint')
 *   & typeof import('../../src/dockerfile/language/tokens') & typeof import('../../src/dockerfile/language/outline')
 *   & typeof import('../../src/dockerfile/language/folds') & typeof import('../../src/dockerfile/completion/complete')} Language
 */

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
      contents: `export { parseModel } from './model/model'; export { lint } from './rules/lint';
        export { tokens } from './language/tokens'; export { outline } from './language/outline';
        export { folds } from './language/folds'; export { complete } from './completion/complete';`,
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
  /** @type {Language} */
  const ours = require(outfile);
  /** @type {import('./measure.mjs').Row[]} */
  const rows = [];
  // An editor has been typed in for a while: the first of the rows is not to pay for compiling.
  for (const { mine, theirs } of works(ours, fileOf(500), { pass: 0, complete: 0 }))
    for (let count = 0; count < 40; count++) [mine, theirs].forEach((work) => work());
  for (const [lines, goals] of /** @type {const} */ ([
    [50, { pass: 1, complete: 1 }],
    [500, { pass: 8, complete: 5 }],
    [5000, { pass: 150, complete: 50 }],
  ])) {
    const text = fileOf(lines);
    const repeats = Math.max(1, Math.round(2000 / lines));
    // Theirs takes seconds for the longest: a few of those tell enough.
    const times = lines > 500 ? Math.min(rounds, 3) : rounds;
    for (const { what, mine, theirs, goal } of works(ours, text, goals)) {
      const [own = [], other = []] = await inTurn(times, per(mine, repeats), per(theirs, repeats));
      const row = compared(`Dockerfile of ${lines} lines: ${what}`, own, other, { unit: 'ms' });
      rows.push({ ...row, goal: `<= ${goal} ms`, reached: median(own) <= goal });
      say(`  ${row.what}: ${row.ours} beside ${row.theirs}  ${row.ratio}`);
    }
  }
  return rows;
}

/** @param {() => unknown} work @param {number} repeats */
const per = (work, repeats) => async () => {
  const began = process.cpuUsage();
  for (let count = 0; count < repeats; count++) work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000 / repeats;
};

/**
 * What is measured in a file, each beside what the other packages do for the same question.
 * @param {Language} ours
 * @param {string} text
 * @param {{ pass: number, complete: number }} goals ms
 */
function works({ parseModel, lint, tokens, outline, folds, complete }, text, goals) {
  const require = createRequire(import.meta.url);
  /** @type {typeof import('dockerfile-utils')} */
  const { validate } = require('dockerfile-utils');
  /** @type {typeof import('dockerfile-language-service')} */
  const { DockerfileLanguageServiceFactory } = require('dockerfile-language-service');
  const service = DockerfileLanguageServiceFactory.createLanguageService();
  const document = { uri: 'file:///Dockerfile' };
  const typed = `${text}\nRUN echo $`;
  const end = { line: typed.split('\n').length - 1, character: 'RUN echo $'.length };
  return [
    {
      what: 'read it, all rules',
      mine: () => lint(parseModel(text)),
      theirs: () => validate(text),
      goal: goals.pass,
    },
    {
      what: 'read it, all rules, colours, outline and folding',
      mine: () => {
        const model = parseModel(text);
        for (const span of [...lint(model), ...tokens(model), ...outline(model)]) model.lines.rangeOf(span);
        return folds(model);
      },
      theirs: () => {
        service.validate(text);
        service.computeSemanticTokens(text);
        service.computeSymbols(document, text);
        return service.computeFoldingRanges(text);
      },
      goal: goals.pass,
    },
    {
      what: 'read it, complete a variable',
      mine: () => complete(parseModel(typed), typed.length),
      theirs: () => service.computeCompletionItems(typed, end),
      goal: goals.complete,
    },
  ];
}
