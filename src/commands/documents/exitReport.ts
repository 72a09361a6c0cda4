import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { exitSentence } from '../../engine/exitCode';
import { humanSize } from '../../engine/run/units';
import { translated } from '../report';

interface Inspected {
  readonly Id?: string;
  readonly Name?: string;
  readonly RestartCount?: number;
  readonly Config?: { readonly Image?: string };
  readonly HostConfig?: { readonly Memory?: number; readonly RestartPolicy?: { readonly Name?: string } };
  readonly State?: {
    readonly Status?: string;
    readonly ExitCode?: number;
    readonly Error?: string;
    readonly OOMKilled?: boolean;
    readonly StartedAt?: string;
    readonly FinishedAt?: string;
    readonly Health?: {
      readonly Status?: string;
      readonly Log?: readonly {
        readonly End?: string;
        readonly ExitCode?: number;
        readonly Output?: string;
      }[];
    };
  };
}

/** Lines of log, and probes of health, from before the end. */
const LAST_LINES = 40;
const LAST_PROBES = 3;

/** s of events before the end. */
const BEFORE = 600;

/** Everything the engine still knows of how a container ended, in the order in which one looks for the cause. */
export async function exitReport(engine: Engine, id: string): Promise<string> {
  const found = (await engine.containers.inspect(id)) as Inspected;
  const [events, lines] = await Promise.all([eventsOf(engine, found), lastLines(engine, found.Id ?? id)]);
  return [
    section(vscode.l10n.t('What happened'), facts(found)),
    section(vscode.l10n.t('Last events'), events),
    section(vscode.l10n.t('Health checks'), probes(found)),
    section(vscode.l10n.t('Last lines of its log'), lines),
  ]
    .filter(Boolean)
    .join('\n');
}

function facts({ Name, Config, State, HostConfig, RestartCount }: Inspected): string[] {
  const {
    ExitCode = 0,
    Error: error = '',
    OOMKilled,
    Status = '',
    StartedAt = '',
    FinishedAt = '',
  } = State ?? {};
  const memory = HostConfig?.Memory ?? 0;
  const how =
    OOMKilled === true
      ? vscode.l10n.t('It ran out of memory and was killed (exit code {0}).', ExitCode)
      : Status === 'running'
        ? vscode.l10n.t('It runs at the moment.')
        : translated(exitSentence(ExitCode));
  return [
    how,
    ...(error === '' ? [] : [vscode.l10n.t('The engine says: {0}', error)]),
    '',
    vscode.l10n.t('Container: {0}', (Name ?? '').replace(/^\//, '')),
    vscode.l10n.t('Image: {0}', Config?.Image ?? ''),
    ...(StartedAt.startsWith('0001') ? [] : [vscode.l10n.t('Started: {0}', StartedAt)]),
    ...(FinishedAt.startsWith('0001') ? [] : [vscode.l10n.t('Ended: {0}', FinishedAt)]),
    vscode.l10n.t(
      'Restart policy: {0}, restarted {1} times',
      HostConfig?.RestartPolicy?.Name || 'no',
      RestartCount ?? 0,
    ),
    memory > 0
      ? vscode.l10n.t('Memory limit: {0}', humanSize(memory))
      : vscode.l10n.t('Memory limit: none, all of the machine'),
  ];
}

async function eventsOf(engine: Engine, { Id = '', State }: Inspected): Promise<string[]> {
  const ended = Date.parse(State?.FinishedAt ?? '');
  const until = Date.now() / 1000;
  const since = (ended > 0 ? ended / 1000 : until) - BEFORE;
  const lines: string[] = [];
  const filters = { type: ['container'], container: [Id] };
  const range = { since: Math.max(0, since).toFixed(3), until: until.toFixed(3), filters };
  for await (const { time, action, detail, attributes } of engine.system.events(range)) {
    // Probes have a section of their own.
    if (action.startsWith('exec_')) continue;
    const more = ['exitCode', 'signal'].flatMap((key) =>
      attributes[key] === undefined ? [] : [`${key}=${attributes[key]}`],
    );
    lines.push([new Date(time).toISOString(), action, detail, ...more].filter(Boolean).join('  '));
  }
  return lines;
}

function probes({ State }: Inspected): string[] {
  const { Status = '', Log = [] } = State?.Health ?? {};
  if (Log.length === 0) return [];
  const last = Log.slice(-LAST_PROBES).flatMap(({ End = '', ExitCode = 0, Output = '' }) => [
    vscode.l10n.t('{0}  exit code {1}', End, ExitCode),
    ...Output.trimEnd()
      .split('\n')
      .map((line) => `    ${line}`),
  ]);
  return [vscode.l10n.t('Health: {0}', Status), ...last];
}

async function lastLines(engine: Engine, id: string): Promise<string[]> {
  try {
    const lines: string[] = [];
    for await (const batch of engine.logs.lines(id, { tail: LAST_LINES }))
      lines.push(...batch.map(({ stream, text }) => `${stream === 'stderr' ? '! ' : '  '}${text}`));
    return lines.slice(-LAST_LINES);
  } catch {
    return [vscode.l10n.t('Its logging driver keeps nothing that could be read.')];
  }
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}\n${'─'.repeat(title.length)}\n${lines.join('\n')}\n`;
}
