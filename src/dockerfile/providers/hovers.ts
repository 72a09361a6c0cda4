import * as vscode from 'vscode';
import type { BaseImages } from '../baseImages';
import { commonFlags } from '../completion/flags';
import { hoverAt, type Hover } from '../language/hover';
import { instructionAt, type Model } from '../model/model';
import { isCommon } from '../model/scope';
import { say } from '../say';
import { agoText, imageFacts, sizeText, type ImageFacts } from './imageFacts';
import type { LiveEngine } from './liveEngine';
import { rangeOf } from './places';
import { selector, served } from './serve';

/** Text that is no markup; `appendText` would keep it from wrapping. */
const plain = (text: string): string =>
  text.replace(/[\\`*_{}[\]()<>#+\-!|~&:.]/g, (char) => `&#${char.charCodeAt(0)};`);

const longest = 1000;
const mostVariables = 20;

/** What stands under the pointer; of an image also what the engine knows. */
export function registerHovers(images: BaseImages, live: LiveEngine): vscode.Disposable {
  return vscode.languages.registerHoverProvider(selector, {
    async provideHover(document, position, token) {
      const model = served(document);
      const hover =
        model &&
        hoverAt(model, document.offsetAt(position), ({ resolved }) => images.configOf(resolved)?.env);
      if (!model || !hover) return undefined;
      // Another extension explains instructions and flags: what only the model or the engine knows is said all the same.
      if (isCommonHover(model, hover) && !served(document, true)) return undefined;
      const range = rangeOf(model, hover);
      const text = hover.kind === 'image' ? await imageText(hover, live, token) : textOf(model, hover);
      return text && new vscode.Hover(text, range);
    },
  });
}

function isCommonHover(model: Model, hover: Hover): boolean {
  if (hover.kind === 'variable')
    return hover.binding !== undefined && isCommon(hover.binding, instructionAt(model, hover.start)?.stage);
  return hover.kind === 'instruction' || (hover.kind === 'option' && commonFlags.has(hover.name.slice(2)));
}

type Of<Kind extends Hover['kind']> = Extract<Hover, { kind: Kind }>;

function textOf(model: Model, hover: Exclude<Hover, Of<'image'>>): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  switch (hover.kind) {
    case 'instruction': {
      text.appendCodeblock(hover.usage, 'dockerfile').appendMarkdown(plain(say(hover.text)));
      const page = `https://docs.docker.com/reference/dockerfile/#${hover.keyword.toLowerCase()}`;
      return text.appendMarkdown(`\n\n[${vscode.l10n.t('Reference')}](${page})`);
    }
    case 'option':
      return text.appendCodeblock(hover.name, 'dockerfile').appendMarkdown(plain(say(hover.text)));
    case 'variable':
      return variableText(text, hover);
    case 'stage':
      return stageText(text, model, hover);
    case 'port': {
      const { port, protocol, usual } = hover;
      const name = vscode.l10n.t('Port {0} ({1})', port, protocol.toUpperCase());
      text.appendMarkdown(usual ? `${name}: ${vscode.l10n.t('usually {0}', usual)}` : name);
      const published = `docker run -p ${port}:${port}${protocol === 'tcp' ? '' : `/${protocol}`}`;
      return text.appendCodeblock(published, 'shellscript');
    }
  }
}

function variableText(text: vscode.MarkdownString, { name, binding }: Of<'variable'>): vscode.MarkdownString {
  const kinds = {
    ARG: vscode.l10n.t('Build argument'),
    ENV: vscode.l10n.t('Environment variable'),
    image: vscode.l10n.t('Environment variable of the base image'),
    predefined: vscode.l10n.t('Set by the builder'),
  };
  const { value } = binding ?? {};
  text.appendCodeblock(value === undefined ? name : `${name}=${value.slice(0, longest)}`, 'dockerfile');
  if (!binding) return text.appendMarkdown(vscode.l10n.t('Not set in this file.'));
  text.appendMarkdown(kinds[binding.kind]);
  if (value === undefined && binding.kind === 'ARG')
    text.appendMarkdown(`. ${vscode.l10n.t('Without a default: its value is given with --build-arg.')}`);
  return text;
}

function stageText(
  text: vscode.MarkdownString,
  model: Model,
  { stage, image, description }: Of<'stage'>,
): vscode.MarkdownString {
  const { lines } = model;
  text.appendCodeblock(
    lines.text.slice(stage.from.start, stage.from.headEnd).slice(0, longest),
    'dockerfile',
  );
  if (description !== '') text.appendMarkdown(`${plain(description)}\n\n`);
  const number = vscode.l10n.t('Stage {0}, line {1}', stage.index, stage.line + 1);
  const made = stage.base
    ? vscode.l10n.t('made from the stage {0}', image)
    : vscode.l10n.t('made from the image {0}', stage.resolved || image);
  const count = vscode.l10n.t('{0} instructions.', stage.instructions.length);
  return text.appendMarkdown(plain(`${number}, ${made}. ${count}`));
}

async function imageText(
  { reference, platform }: Of<'image'>,
  live: LiveEngine,
  token: vscode.CancellationToken,
): Promise<vscode.MarkdownString | undefined> {
  const engine = live.connected;
  if (!engine) return undefined;
  const facts = await imageFacts(engine, reference, token);
  if (facts === undefined) return undefined;
  const text = new vscode.MarkdownString();
  text.appendCodeblock(reference.slice(0, longest), 'dockerfile');
  if (facts !== 'absent') return factsText(text, facts);
  text.isTrusted = { enabledCommands: ['quayside.images.pull'] };
  text.appendMarkdown(vscode.l10n.t('Not on this engine yet.')).appendMarkdown(' ');
  const args = [{ reference, ...(platform !== undefined && { platform }), engine: engine.name }];
  const command = `command:quayside.images.pull?${encodeURIComponent(JSON.stringify(args))}`;
  // What encodeURIComponent leaves could still end the link.
  return text.appendMarkdown(`[${vscode.l10n.t('Pull')}](${command.replace(/[()]/g, escape)})`);
}

const escape = (char: string): string => `%${char.charCodeAt(0).toString(16)}`;

function factsText(text: vscode.MarkdownString, facts: ImageFacts): vscode.MarkdownString {
  const bytes = sizeText(facts.bytes);
  const size =
    facts.layers === 1
      ? vscode.l10n.t('{0} in one layer', bytes)
      : vscode.l10n.t('{0} in {1} layers', bytes, facts.layers);
  const age = Number.isNaN(facts.created) ? '' : agoText(facts.created);
  text.appendMarkdown(plain([facts.platform, size, age].filter((part) => part !== '').join(' · ')));
  const rows: string[] = [];
  const row = (keyword: string, value: string): void => {
    if (value !== '') rows.push(`${keyword} ${value.slice(0, longest)}`);
  };
  const form = (words: readonly string[]): string => (words.length > 0 ? JSON.stringify(words) : '');
  row('USER', facts.user);
  row('WORKDIR', facts.workdir);
  row('ENTRYPOINT', form(facts.entrypoint));
  row('CMD', form(facts.command));
  row('EXPOSE', facts.ports.join(' '));
  row('VOLUME', facts.volumes.join(' '));
  for (const pair of facts.env.slice(0, mostVariables)) row('ENV', pair);
  return rows.length > 0 ? text.appendCodeblock(rows.join('\n'), 'dockerfile') : text;
}
