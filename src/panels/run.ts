import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import { runLine } from '../engine/run/commandLine/print';
import { parseRunLine } from '../engine/run/commandLine/parse';
import { differences } from '../engine/run/difference';
import { withFolder } from '../engine/run/folder';
import { LineError } from '../engine/run/invalid';
import type { RunSpec } from '../engine/run/spec';
import type { RunChecked, RunContract, RunRead } from '../protocol/run';
import { Channel, record } from './channel';
import { page } from './page';
import { sections } from './run/fields';
import { imageFacts } from './run/image';
import { runStrings } from './run/strings';
import { fromValues, toValues, withSecrets } from './run/values';
import { say } from './say';

export interface RunFormOptions {
  readonly engine: Engine;
  readonly extensionUri: vscode.Uri;
  readonly title: string;
  readonly notes: readonly string[];
  readonly spec: Partial<RunSpec>;
  /** The container in whose place another is put; its spec tells what will change. */
  readonly replaces?: RunSpec;
  /** The container it was filled from, when it stays: its spec tells what is different. */
  readonly like?: RunSpec;
  readonly images: readonly string[];
  readonly networks: readonly string[];
  /** Does it; answers what to say, and whether the form has done its work. */
  readonly run: (spec: RunSpec) => Promise<{ readonly said: string; readonly close: boolean }>;
  /** Keeps it under a name; answers what to say. */
  readonly save: (spec: RunSpec) => Promise<string>;
}

/** Opens the form. Each opening is a form of its own: two containers may be filled in side by side. */
export function showRunForm(options: RunFormOptions): vscode.WebviewPanel {
  const { engine, extensionUri, title, replaces, like = replaces } = options;
  const panel = vscode.window.createWebviewPanel('quayside.run', title, vscode.ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [],
  });
  const read = (asks: unknown) => fromValues(record(record(asks)['values']), withoutFields(options.spec));
  const usable = (asks: unknown): RunSpec => {
    const { spec, problems } = read(asks);
    const [first] = problems.values();
    if (first) throw first;
    return spec;
  };
  const channel = new Channel<RunContract>(panel.webview, {
    ready: () =>
      channel.post({
        type: 'form',
        form: {
          mode: replaces ? 'recreate' : 'run',
          compared: like !== undefined,
          title,
          notes: options.notes,
          sections: sections(options.networks),
          values: toValues(options.spec),
          images: options.images,
          networks: options.networks,
        },
      }),
    message: (message) => {
      if (message.type !== 'copy') return;
      const { spec, problems } = read(message);
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
      if (problems.size === 0) void vscode.env.clipboard.writeText(runLine(withFolder(spec, folder)));
    },
    requests: {
      check: (asks) => Promise.resolve(checked(read(asks), like)),
      read: (asks) => Promise.resolve(readLine(asks, read(asks).spec)),
      image: (asks) => imageFacts(engine, String(record(asks)['image'])),
      run: async (asks) => {
        const { said, close } = await options.run(usable(asks));
        if (close) panel.dispose();
        return { said };
      },
      save: async (asks) => ({ said: await options.save(usable(asks)) }),
    },
    reason: say,
  });
  panel.onDidDispose(() => channel.dispose());
  panel.webview.html = page(extensionUri, 'run', { ...runStrings() });
  return panel;
}

function checked(
  { spec, problems, items }: ReturnType<typeof fromValues>,
  like: RunSpec | undefined,
): RunChecked {
  const changes = like
    ? differences(like, spec).map(({ name, before, after, live }) => ({ name, before, after, live }))
    : [];
  return {
    problems: Object.fromEntries(
      [...problems].map(([field, error]) => [field, { said: say(error), item: items.get(field) }]),
    ),
    line: spec.image === '' ? '' : runLine(spec, { maskSecrets: true }),
    changes,
  };
}

function readLine(asks: unknown, before: RunSpec): RunRead {
  const { line } = record(asks);
  try {
    const { spec } = parseRunLine(typeof line === 'string' ? line : '');
    return { values: toValues(withSecrets(spec, before)) };
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
    return { problem: say(error), position: error.start, end: error.end };
  }
}

/** What the form has no field for goes on as it was. */
function withoutFields(spec: Partial<RunSpec>): Partial<RunSpec> {
  const fields = new Set(Object.keys(toValues({})));
  return Object.fromEntries(
    Object.entries(spec).filter(([field]) => !fields.has(field) && field !== 'passEnv'),
  );
}
