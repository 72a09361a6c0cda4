import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { startBrowser } from '../../../scripts/rig/browser.mjs';
import { companion, type Companion } from '../../../scripts/rig/companion.mjs';
import { startEditor, still, type RigEditor } from '../../../scripts/rig/editor.mjs';
import { engine } from '../../rig/engine';
import { screenshot } from './screen';

const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  contrast: 'Default High Contrast',
} as const;

export interface WorkbenchOptions {
  theme?: keyof typeof themes;
  /** User settings. */
  settings?: Record<string, unknown>;
  /** The folder to open; default a copy of the example. */
  workspace?: string;
  /** For the extension host, such as another DOCKER_HOST. */
  env?: NodeJS.ProcessEnv;
  /** Ask whether the workspace is trusted. */
  trust?: boolean;
  size?: { width: number; height: number };
}

export interface Workbench extends AsyncDisposable {
  readonly page: Page;
  readonly editor: RigEditor;
  /** Runs commands in the extension host and tells what its API knows. */
  readonly companion: Companion;
  /** The folder that is open. */
  readonly workspace: string;
  /** What the page's console said, the extension host's among it. */
  readonly console: readonly string[];
}

/** VS Code with Quayside and the example folder in it, in a browser; up when the extension host is. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-ui-'));
  const socket = path.join(folder, 'companion.sock');
  const home = path.join(folder, 'home');
  mkdirSync(home);
  const { quayside, companion: hand } = inject('extensions');
  const workspace = options.workspace ?? copyExample(folder);
  const editor = await startEditor({
    folder: path.join(folder, 'editor'),
    workspace,
    extensions: [quayside, hand],
    settings: { ...still, 'workbench.colorTheme': themes[options.theme ?? 'dark'], ...options.settings },
    trust: options.trust ?? false,
    env: {
      HOME: home,
      DOCKER_CONFIG: path.join(home, '.docker'),
      DOCKER_HOST: engine.host,
      DOCKER_CONTEXT: undefined,
      QUAYSIDE_COMPANION: socket,
      ...options.env,
    },
  });
  const browser = await startBrowser();
  const page = await browser.newPage({ viewport: options.size ?? { width: 1400, height: 900 } });
  // A step that waits longer is stuck, and its name should be in the failure.
  page.setDefaultTimeout(60_000);
  const console: string[] = [];
  page.on('console', (message) => console.push(message.text()));
  await page.goto(editor.url);
  await page.locator('.monaco-workbench .part.activitybar').waitFor({ timeout: 60_000 });
  const remote = companion(socket);
  await remote.ready();
  return {
    page,
    editor,
    companion: remote,
    workspace,
    console,
    [Symbol.asyncDispose]: async () => {
      await screenshot(page, `last/${expect.getState().currentTestName ?? 'unknown'}`);
      await browser.close();
      await editor.process.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function copyExample(folder: string): string {
  const to = path.join(folder, 'example');
  cpSync(path.join(import.meta.dirname, '../../fixtures/example'), to, { recursive: true });
  return to;
}
