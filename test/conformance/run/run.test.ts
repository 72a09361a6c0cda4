import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/errors';
import { parseRunLine } from '../../../src/engine/run/commandLine/parse';
import { runArguments, runLine } from '../../../src/engine/run/commandLine/print';
import { createBody } from '../../../src/engine/run/createBody';
import type { RunSpec } from '../../../src/engine/run/spec';
import { address } from '../../../scripts/rig/engineApi.mjs';
import { engine } from '../../rig/engine';
import { cliVersion, dockerCli, runShell, type Ran } from '../support/cli';
import { startRecorder, type Recorded, type Recorder } from '../support/recorder';
import { FILES, INVALID, LINES, STRICTER, WIDER, type Line } from './lines';
import { normalise } from './normalise';

/** What the CLI did with a line. */
interface Outcome extends Ran {
  readonly sent: readonly Recorded[];
}

const AT_ONCE = 2;
/** Lines that a shell has to unquote when we print them. */
const QUOTED = LINES.filter((entry) => /['"\\]/.test(printed(entry)));
const OUTSIDE = { FROM_OUTSIDE: 'from outside' };

const cli = await dockerCli();
const version = await cliVersion(cli);
/** Other versions send other requests; this one is the reference. */
const REFERENCE = '20.10.';
if (!version.startsWith(REFERENCE)) {
  console.warn(
    `Skipped: the CLI at ${cli} is ${version}, and requests are compared with those of ${REFERENCE}x.`,
  );
}

let folder: string;
/** The CLI's outcome of every line, and of every line as we print it. */
const outcomes = new Map<string, Outcome>();
/** The engine's address as each line's CLI knew it, which chooses among the proxies. */
const hosts = new Map<string, string>();

describe.skipIf(!version.startsWith(REFERENCE))(`docker run, beside the CLI ${version}`, () => {
  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-run-'));
    for (const [name, content] of Object.entries(FILES)) writeFileSync(path.join(folder, name), content);

    const work = [
      ...LINES,
      ...QUOTED.map((entry) => ({ ...entry, line: printed(entry) })),
      ...[...INVALID.map((line) => ({ line })), ...STRICTER, ...WIDER].map(({ line }) => ({ line })),
    ];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, worker) => {
        await using recorder = await startRecorder(address(engine.host));
        for (let next = work.pop(); next; next = work.pop()) await runCli(next, recorder, worker);
      }),
    );
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe('the same request as the docker CLI', () => {
    it.each(LINES.map((entry) => [keyOf(entry), entry] as const))('%s', async (key, entry) => {
      const theirs = outcomes.get(key);
      expect(theirs?.sent, theirs?.stderr).toHaveLength(1);
      const [sent] = theirs?.sent ?? [];
      const { query, body } = await ours(entry);
      expect(normalise({ query, body })).toEqual(sent && normalise(sent));
    });
  });

  describe('printed lines', () => {
    it.each(LINES.map(({ line }) => line))('read back as the same: %s', (line) => {
      const { spec } = parseRunLine(line);
      for (const shell of ['sh', 'powershell', 'cmd'] as const) {
        // cmd alone cannot write a line break.
        if (shell === 'cmd' && runArguments(spec).some((word) => word.includes('\n'))) continue;
        expect(parseRunLine(runLine(spec, { shell }), shell).spec).toEqual(spec);
      }
    });

    it.each(QUOTED.map((entry) => [printed(entry), entry] as const))(
      'make the CLI send the same: %s',
      (line, entry) => {
        const [first] = outcomes.get(keyOf(entry))?.sent ?? [];
        const [second] = outcomes.get(keyOf({ ...entry, line }))?.sent ?? [];
        expect(second && normalise(second)).toEqual(first && normalise(first));
      },
    );
  });

  describe('refused by both', () => {
    it.each(INVALID)('%s', async (line) => {
      const theirs = outcomes.get(keyOf({ line }));
      expect(theirs?.sent).toEqual([]);
      const refusal = await ours({ line }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(EngineError);
      expect((refusal as EngineError).kind).toBe('invalid');
    });
  });

  describe('refused by ours alone', () => {
    it.each(STRICTER)('$line: $why', async ({ line, says }) => {
      expect(outcomes.get(keyOf({ line }))?.sent).toHaveLength(1);
      await expect(ours({ line })).rejects.toThrow(says);
    });
  });

  describe('taken by ours alone', () => {
    it.each(WIDER)('$line: $why', async ({ line }) => {
      expect(outcomes.get(keyOf({ line }))?.sent).toEqual([]);
      expect((await ours({ line })).body).toBeDefined();
    });
  });
});

async function ours({ line, env, proxies }: Line): Promise<Recorded> {
  const host = hosts.get(keyOf({ line, env, proxies })) ?? '';
  const { query, body } = await createBody(parseRunLine(line).spec, {
    env: { ...OUTSIDE, ...env },
    proxies: proxiesFor(host, proxies),
    host,
    readFile: (name) => readFile(path.resolve(folder, name)),
  });
  return { query, body: JSON.parse(JSON.stringify(body)) as unknown };
}

async function runCli(entry: Line, recorder: Recorder, worker: number): Promise<void> {
  const key = keyOf(entry);
  const config = path.join(folder, `config-${worker}`);
  mkdirSync(config, { recursive: true });
  writeFileSync(
    path.join(config, 'config.json'),
    JSON.stringify({ proxies: proxiesFor(recorder.host, entry.proxies) }),
  );
  const env = { ...OUTSIDE, ...entry.env, HOME: folder, DOCKER_HOST: recorder.host, DOCKER_CONFIG: config };
  const ran = await runShell(verbFor(entry.line), { cli, cwd: folder, env });
  hosts.set(key, recorder.host);
  outcomes.set(key, { ...ran, sent: recorder.take() });
}

/** `run` wants a terminal for one; `create` sends the same without. */
function verbFor(line: string): string {
  let spec: RunSpec;
  try {
    ({ spec } = parseRunLine(line));
  } catch {
    return line;
  }
  return spec.tty && !spec.detach ? line.replace(/\brun\b/, 'create') : line;
}

function proxiesFor(host: string, proxies: Line['proxies'] = {}): NonNullable<Line['proxies']> {
  return Object.fromEntries(
    Object.entries(proxies).map(([key, settings]) => [key === 'HOST' ? host : key, settings]),
  );
}

function printed({ line }: Line): string {
  return runLine(parseRunLine(line).spec);
}

function keyOf({ line, env, proxies }: Line): string {
  const around = env || proxies ? ` ${JSON.stringify({ env, proxies })}` : '';
  return line + around;
}
